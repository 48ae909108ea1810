import { setImmediate } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import type { ColumnPair } from '../column.js';
import type { ResolvedOptions } from '../contract.js';
import type { ColumnEvidence } from '../drift/measureColumn.js';
import { measureColumn } from '../drift/measureColumn.js';
import { DriftError, fromWire, messages } from '../errors.js';
import type { MeasureAnswer } from './measurer.js';
import { threadLimits } from './threadPort.js';

/** Who measures columns while the next ones are read. */
export interface Measurers {
  /** How many columns can be measured at a time. */
  readonly count: number;
  /** Takes the pair's values with it: they are empty afterwards. */
  measure(
    pair: ColumnPair,
    options: ResolvedOptions,
    signal: AbortSignal,
  ): Promise<{ evidence: ColumnEvidence; buffers: ArrayBuffer[] }>;
  close(): Promise<void>;
}

/** In the thread that asks; a cancelled comparison ends before its next column. */
export const ownThread: Measurers = {
  count: 1,
  measure: async (pair, options, signal) => {
    await setImmediate();
    if (signal.aborted) throw new DriftError('cancelled', messages.cancelled());
    return { evidence: measureColumn(pair, options), buffers: [] };
  },
  close: async () => {},
};

/** Threads that are started when there is work for them. A signal ends the thread, whatever it is doing. */
export function createMeasurers(file: string, count: number): Measurers {
  const idle: Worker[] = [];
  const all = new Set<Worker>();

  function start(): Worker {
    const worker = new Worker(file, { stdout: false, stderr: false, resourceLimits: threadLimits });
    // an idle thread must not keep the others alive
    worker.unref();
    worker.on('exit', () => {
      all.delete(worker);
      if (idle.includes(worker)) idle.splice(idle.indexOf(worker), 1);
    });
    all.add(worker);
    return worker;
  }

  return {
    count,
    measure: (pair, options, signal) => {
      const worker = idle.pop() ?? start();
      return new Promise((resolve, reject) => {
        const settle = (work: () => void) => {
          signal.removeEventListener('abort', cancel);
          worker.off('message', receive);
          worker.off('error', fail);
          worker.off('exit', end);
          worker.unref();
          work();
        };
        const cancel = () => {
          settle(() => reject(new DriftError('cancelled', messages.cancelled())));
          void worker.terminate();
        };
        const receive = ({ answer, buffers }: MeasureAnswer) =>
          settle(() => {
            idle.push(worker);
            if (answer.ok) resolve({ evidence: answer.value as ColumnEvidence, buffers });
            else reject(withStack(fromWire(answer.error), answer.stack));
          });
        const fail = (error: unknown) => settle(() => reject(lost(error)));
        const end = () => settle(() => reject(lost(undefined)));
        signal.addEventListener('abort', cancel, { once: true });
        worker.on('message', receive);
        worker.on('error', fail);
        worker.on('exit', end);
        worker.ref();
        const { numbers } = pair;
        const buffers = numbers
          ? [numbers.reference.values.buffer, numbers.current.values.buffer]
          : [];
        worker.postMessage({ pair, options }, buffers as ArrayBuffer[]);
        if (signal.aborted) cancel();
      });
    },
    close: async () => {
      await Promise.all([...all].map((worker) => worker.terminate()));
    },
  };
}

function lost(error: unknown): DriftError {
  const code = error instanceof Error && 'code' in error ? error.code : '';
  return code === 'ERR_WORKER_OUT_OF_MEMORY'
    ? new DriftError('out-of-memory', messages.outOfMemory(), { cause: error })
    : new DriftError('worker-lost', messages.workerLost(), { cause: error });
}

function withStack(error: DriftError, stack: string | null): DriftError {
  if (stack !== null) error.cause = stack;
  return error;
}
