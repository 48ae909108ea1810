import { DriftError, isDriftError, messages, toWire } from '../errors.js';
import type { Answer } from './protocol.js';

/** What V8 says of memory that it cannot give, and of maps and strings that are as large as they can be. */
const tooLarge =
  /allocation failed|Invalid (typed array|array buffer|string) length|(Map|Set) maximum size exceeded/i;

/** What went wrong, for the thread that waits for an answer. */
export function failure(error: unknown): Answer {
  if (error instanceof RangeError && tooLarge.test(error.message)) {
    return failure(new DriftError('out-of-memory', messages.outOfMemory(), { cause: error }));
  }
  const stack = !isDriftError(error) && error instanceof Error ? (error.stack ?? null) : null;
  return { ok: false, error: toWire(error), stack };
}
