import type { Engine, EngineCall, Progress, WireError } from '../contract.js';

/** The whole boundary between the engine and its workers; the same over threads and processes. */

/** What a call takes, and what it gives. */
export type Argument<C extends EngineCall> = Parameters<Engine[C]>[0];
export type Value<C extends EngineCall> = Awaited<ReturnType<Engine[C]>>;

export type ToWorker =
  | { type: 'call'; id: number; call: EngineCall; argument: unknown }
  | { type: 'cancel'; id: number }
  /** End what runs, close everything, let the thread end. */
  | { type: 'stop' };

export type FromWorker =
  | { type: 'progress'; id: number; progress: Progress }
  | { type: 'answer'; id: number; answer: Answer }
  /** The worker cannot go on; it ends as soon as nothing runs. */
  | { type: 'fault'; message: string };

export type Answer =
  | { ok: true; value: unknown }
  | { ok: false; error: WireError /** Of faults of ours, for --verbose. */; stack: string | null };

/** One worker, whatever it runs in. */
export interface WorkerPort {
  post(message: ToWorker): void;
  onMessage(listener: (message: FromWorker) => void): void;
  /** Called once when the worker is gone, for whatever reason. */
  onEnd(listener: (reason: { outOfMemory: boolean; cause: unknown }) => void): void;
}
