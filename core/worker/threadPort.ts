import { type ResourceLimits, Worker } from 'node:worker_threads';
import type { FromWorker, WorkerPort } from './protocol.js';

/**
 * Of a thread that measures or reads: what it makes there is short-lived, and the engine would let it grow to
 * tens of megabytes a thread before it looks.
 */
export const threadLimits: ResourceLimits = { maxYoungGenerationSizeMb: 3 };

/**
 * A worker thread. It is never terminated from outside: tearing a thread down while DuckDB runs in it
 * aborts the whole process. `stop` asks it to end by itself.
 */
export function createThreadPort(
  workerFile: string,
  resourceLimits: ResourceLimits = threadLimits,
): WorkerPort {
  const worker = new Worker(workerFile, { stdout: false, stderr: false, resourceLimits });
  let cause: unknown;
  worker.on('error', (error) => {
    cause = error;
  });
  return {
    post: (message) => worker.postMessage(message),
    onMessage: (listener) => void worker.on('message', (message: FromWorker) => listener(message)),
    onEnd: (listener) =>
      void worker.on('exit', () => {
        const code = cause instanceof Error && 'code' in cause ? cause.code : '';
        listener({ outOfMemory: code === 'ERR_WORKER_OUT_OF_MEMORY', cause });
      }),
  };
}
