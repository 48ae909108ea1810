import { availableParallelism } from 'node:os';
import { type Engine, engineCalls } from './contract.js';
import { builtFile } from './packageFiles.js';
import { createPool } from './worker/pool.js';
import type { WorkerPort } from './worker/protocol.js';
import { createThreadPort } from './worker/threadPort.js';

export interface EngineOptions {
  /** Workers at most. Default: one less than the machine's processors, at least one. */
  threads?: number;
  /** Starts a worker elsewhere than in a thread (Electron's utility process). */
  startWorker?: () => WorkerPort;
}

/** The engine: requests go to a pool of workers, answers and progress come back. Close it when done. */
export function createEngine(options: EngineOptions = {}): Engine {
  const size = options.threads ?? Math.max(1, availableParallelism() - 1);
  const pool = createPool(
    options.startWorker ?? (() => createThreadPort(builtFile('worker.js'))),
    size,
  );
  const calls = Object.fromEntries(
    engineCalls.map((call) => [
      call,
      (argument: never, run: never) => pool.call(call, argument, run),
    ]),
  ) as unknown as Pick<Engine, (typeof engineCalls)[number]>;
  return { ...calls, close: () => pool.close() };
}
