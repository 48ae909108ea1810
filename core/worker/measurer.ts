import { parentPort } from 'node:worker_threads';
import type { ColumnPair } from '../column.js';
import type { ResolvedOptions } from '../contract.js';
import { type ColumnEvidence, measureColumn } from '../drift/measureColumn.js';
import { failure } from './failure.js';
import type { Answer } from './protocol.js';

/** A thread that measures columns. It has no database, so it may be terminated at any time. */
export interface MeasureTask {
  pair: ColumnPair;
  options: ResolvedOptions;
}

/** With the values' memory, to be used again. */
export interface MeasureAnswer {
  answer: Answer;
  buffers: ArrayBuffer[];
}

const port = parentPort;
if (!port) throw new Error('a measurer runs in a worker thread');

port.on('message', ({ pair, options }: MeasureTask) => {
  const buffers = buffersOf(pair);
  let answer: Answer;
  try {
    const value: ColumnEvidence = measureColumn(pair, options);
    answer = { ok: true, value };
  } catch (error) {
    answer = failure(error);
  }
  port.postMessage({ answer, buffers } satisfies MeasureAnswer, buffers);
});

/** Of the two sides' numbers. */
export function buffersOf({ numbers }: ColumnPair): ArrayBuffer[] {
  const sides = numbers ? [numbers.reference, numbers.current] : [];
  return sides.map(({ values }) => values.buffer as ArrayBuffer);
}
