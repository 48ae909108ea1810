import type { FileHandle } from 'node:fs/promises';

/** Bytes of a file in their order, a block ahead of who takes them. */
export interface ReadAhead {
  /** How many are not taken yet. */
  left(): number;
  /** The next ones, or as many as are left. */
  peek(length: number): Promise<Buffer>;
  /** Takes them; no more than were last peeked at. */
  skip(length: number): void;
}

const blockBytes = 1 << 20;

/** @param start - inclusive; `end` is exclusive, and both are within the file */
export function createReadAhead(file: FileHandle, start: number, end: number): ReadAhead {
  let [held, heldStart] = [Buffer.alloc(0), start];
  return {
    left: () => end - heldStart,
    skip: (length) => {
      held = held.subarray(length);
      heldStart += length;
    },
    peek: async (length) => {
      const wanted = Math.min(length, end - heldStart);
      if (held.length < wanted) {
        // never the same memory again: who peeked before may still look at it
        const block = Buffer.alloc(Math.min(Math.max(wanted, blockBytes), end - heldStart));
        let count = held.copy(block);
        while (count < block.length) {
          const place = heldStart + count;
          const { bytesRead } = await file.read(block, count, block.length - count, place);
          if (bytesRead === 0) throw new RangeError(`the file ends at byte ${place}`);
          count += bytesRead;
        }
        held = block;
      }
      return held.subarray(0, wanted);
    },
  };
}
