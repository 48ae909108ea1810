import type { CompareOptions, RunOptions } from './contract.js';
import { createEngine } from './engine.js';
import { type Input, toSource } from './inputs.js';
import { Report } from './report.js';

/**
 * Compares two datasets and says what has drifted.
 *
 * @param reference - what the model was trained on: a path, arrays by column name, row objects, or a frame
 * @param current - what it sees now
 * @param options - see CompareOptions; `signal` cancels, `onProgress` follows
 * @throws {DriftError} one sentence, with a `code`, when an input cannot be compared
 *
 * @example
 * const report = await compare('train.parquet', 'serving.csv');
 * console.log(report.data.summary.headline);
 */
export async function compare(
  reference: Input,
  current: Input,
  options: CompareOptions & RunOptions = {},
): Promise<Report> {
  const { signal, onProgress, ...compareOptions } = options;
  const engine = createEngine({ threads: 1 });
  try {
    const request = {
      reference: toSource(reference, 'reference'),
      current: toSource(current, 'current'),
      options: compareOptions,
    };
    const run = { ...(signal && { signal }), ...(onProgress && { onProgress }) };
    return new Report(await engine.compare(request, run));
  } finally {
    const closing = engine.close();
    // who has cancelled need not wait until all has ended
    if (!signal?.aborted) await closing;
  }
}
