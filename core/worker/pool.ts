import type { EngineCall, RunOptions } from '../contract.js';
import { DriftError, fromWire, messages } from '../errors.js';
import type { Argument, FromWorker, Value, WorkerPort } from './protocol.js';

export interface Pool {
  call<C extends EngineCall>(
    call: C,
    argument: Argument<C>,
    options?: RunOptions,
  ): Promise<Value<C>>;
  /** Cancels what runs, waits until every worker has ended. */
  close(): Promise<void>;
}

interface Pending {
  settle(answer: { value: unknown } | { error: unknown }): void;
  onProgress: RunOptions['onProgress'];
}

interface Slot {
  port: WorkerPort;
  pending: Map<number, Pending>;
  ended: Promise<void>;
  /** It said that it cannot go on, and gets no more work. */
  isLost: boolean;
}

/**
 * Workers, started when there is work for them, at most `size`. A call goes to the one with the
 * least to do; calls of one worker take turns. When a worker ends unexpectedly its calls fail with
 * one clear error and the next call starts a new one.
 */
export function createPool(startWorker: () => WorkerPort, size: number): Pool {
  const slots = new Set<Slot>();
  let nextId = 1;
  let isClosed = false;

  function start(): Slot {
    const port = startWorker();
    const pending = new Map<number, Pending>();
    let end: () => void = () => undefined;
    const ended = new Promise<void>((resolve) => {
      end = resolve;
    });
    const slot: Slot = { port, pending, ended, isLost: false };
    port.onMessage((message) => receive(slot, message));
    port.onEnd(({ outOfMemory, cause }) => {
      slots.delete(slot);
      failAll(slot, outOfMemory ? 'out-of-memory' : 'worker-lost', cause);
      end();
    });
    slots.add(slot);
    return slot;
  }

  function leastBusy(): Slot {
    const usable = [...slots].filter(({ isLost }) => !isLost);
    const idle = usable.find(({ pending }) => pending.size === 0);
    if (idle) return idle;
    if (usable.length < size) return start();
    return usable.reduce((least, slot) => (slot.pending.size < least.pending.size ? slot : least));
  }

  return {
    call: (call, argument, options = {}) => {
      if (isClosed) return Promise.reject(new DriftError('cancelled', messages.cancelled()));
      const { signal, onProgress } = options;
      if (signal?.aborted) return Promise.reject(new DriftError('cancelled', messages.cancelled()));
      const slot = leastBusy();
      const id = nextId++;
      return new Promise((resolve, reject) => {
        const cancel = () => {
          slot.port.post({ type: 'cancel', id });
          // the caller need not wait for the worker to notice
          settle({ error: new DriftError('cancelled', messages.cancelled()) });
        };
        const settle: Pending['settle'] = (answer) => {
          signal?.removeEventListener('abort', cancel);
          if ('error' in answer) reject(answer.error);
          else resolve(answer.value as never);
        };
        signal?.addEventListener('abort', cancel, { once: true });
        slot.pending.set(id, {
          settle,
          onProgress: (progress) => !signal?.aborted && onProgress?.(progress),
        });
        try {
          slot.port.post({ type: 'call', id, call, argument });
        } catch (error) {
          // what cannot be cloned never reaches the worker, so no answer will come
          slot.pending.delete(id);
          settle({ error });
        }
      });
    },
    close: async () => {
      isClosed = true;
      const ending = [...slots];
      for (const { port } of ending) port.post({ type: 'stop' });
      await Promise.all(ending.map(({ ended }) => ended));
    },
  };
}

function receive(slot: Slot, message: FromWorker): void {
  if (message.type === 'fault') {
    slot.isLost = true;
    failAll(slot, 'worker-lost', new Error(message.message));
    return;
  }
  const pending = slot.pending.get(message.id);
  if (!pending) return;
  if (message.type === 'progress') {
    pending.onProgress?.(message.progress);
    return;
  }
  slot.pending.delete(message.id);
  const { answer } = message;
  if (answer.ok) pending.settle({ value: answer.value });
  else pending.settle({ error: withStack(fromWire(answer.error), answer.stack) });
}

function failAll(slot: Slot, code: 'out-of-memory' | 'worker-lost', cause: unknown): void {
  const message = code === 'out-of-memory' ? messages.outOfMemory() : messages.workerLost();
  for (const { settle } of slot.pending.values())
    settle({ error: new DriftError(code, message, { cause }) });
  slot.pending.clear();
}

/** The stack that counts is the worker's. */
function withStack(error: DriftError, stack: string | null): DriftError {
  if (stack !== null) error.cause = stack;
  return error;
}
