import { badOption } from '../core/index.js';
import { writeWhole } from './writeWhole.js';

/** Where each output goes; `-` is standard output. */
export interface Output<F> {
  format: F;
  path: string;
}

/** Those of the formats for which a place is given, in the formats' order. */
export function toOutputs<F extends string>(
  formats: readonly F[],
  places: Partial<Record<F, unknown>>,
): Output<F>[] {
  const outputs = formats.flatMap((format) => {
    const path = places[format];
    return typeof path === 'string' ? [{ format, path }] : [];
  });
  if (outputs.filter(({ path }) => path === '-').length > 1)
    throw badOption('only one output can go to standard output (-)');
  return outputs;
}

export async function writeOutput(
  path: string,
  content: string | Uint8Array,
  { isQuiet, signal }: { isQuiet: boolean; signal: AbortSignal },
): Promise<void> {
  signal.throwIfAborted();
  if (path === '-') process.stdout.write(content);
  else {
    await writeWhole(path, content, signal);
    if (!isQuiet) process.stderr.write(`Wrote ${path}\n`);
  }
}
