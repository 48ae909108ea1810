import type { Pair } from '../column.js';
import type { MemorySource, Source } from '../contract.js';
import { type OpenOptions, withPair } from '../scan/openPair.js';
import type { Scan } from '../scan/scan.js';

export interface LaterPair {
  /** Opens both sides when it is first called. */
  scans(): Promise<Pair<Scan>>;
  /** Whether they were opened. */
  isOpen(): boolean;
  /** Closes what was opened. */
  close(): Promise<void>;
}

/** A pair that is opened when something of it must be read. */
export function openLater(sources: Pair<Source | MemorySource>, options: OpenOptions): LaterPair {
  let opening: Promise<Pair<Scan>> | null = null;
  let closed: Promise<void> = Promise.resolve();
  let release: () => void = () => undefined;
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  return {
    scans: () => {
      opening ??= new Promise((resolve, reject) => {
        closed = withPair(sources, options, (scans) => {
          resolve(scans);
          return released;
        });
        closed.catch(reject);
      });
      return opening;
    },
    isOpen: () => opening !== null,
    close: () => {
      release();
      return closed;
    },
  };
}
