import { readSync } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { setImmediate } from 'node:timers/promises';

/** A part of a file in memory that is used again. */
export interface FileWindow {
  /** The bytes from a place on that are in it; fewer than `length` only where the part of the file ends. */
  at(place: number, length: number): Promise<Uint8Array>;
}

/** Bytes that are read at once: what lies in the processor's caches is quicker to work on. */
const usualBytes = 1 << 22;
/** After which whatever else waits gets its turn. */
const turnBytes = 1 << 20;

/**
 * @param memory - no more than its length can be asked for
 * @param end - exclusive, within the file
 */
export function createFileWindow(file: FileHandle, memory: Uint8Array, end: number): FileWindow {
  let [heldStart, heldEnd] = [0, 0];
  return {
    at: async (place, length) => {
      const wanted = Math.min(length, end - place);
      if (place < heldStart || place + wanted > heldEnd) {
        if (wanted > memory.length) throw new RangeError(`${wanted} bytes are too many at once`);
        const size = Math.min(Math.max(wanted, usualBytes), end - place, memory.length);
        heldEnd = heldStart;
        let count = 0;
        while (count < size) {
          // another thread would leave the bytes in another processor's caches, which takes twice as long
          const length = Math.min(size - count, turnBytes);
          const readCount = readSync(file.fd, memory, count, length, place + count);
          if (readCount === 0) throw new RangeError(`the file ends at byte ${place + count}`);
          count += readCount;
          await setImmediate();
        }
        [heldStart, heldEnd] = [place, place + size];
      }
      return memory.subarray(place - heldStart, heldEnd - heldStart);
    },
  };
}
