import { isAscii, isUtf8 } from 'node:buffer';
import type { Encoding } from '../contract.js';

/** The bytes of a text as characters, piece by piece. */
export interface Decoder {
  decode(bytes: Uint8Array): string;
  end(): string;
}

export interface CharacterCounts {
  /** Beyond ASCII. */
  otherCount: number;
  /** Bytes that are no characters. */
  invalidCount: number;
}

/** `utf-16` has two orders of bytes; everything else is as in the contract. */
export type TextEncoding = Exclude<Encoding, 'utf-16'> | 'utf-16le' | 'utf-16be';

export function contractEncoding(encoding: TextEncoding): Encoding {
  return encoding === 'utf-16le' || encoding === 'utf-16be' ? 'utf-16' : encoding;
}

/** From a byte order mark, else from the bytes themselves; `asked` goes before what they say. */
export function detectEncoding(head: Uint8Array, asked?: Encoding): TextEncoding {
  const order = byteOrder(head);
  if (asked === 'utf-16') return order ?? 'utf-16le';
  if (asked !== undefined) return asked;
  if (order) return order;
  const { otherCount, invalidCount } = countCharacters(wholeCharacters(head));
  return invalidCount > otherCount ? 'latin-1' : 'utf-8';
}

/** The order of bytes of UTF-16: by its mark, or because every other byte is 0. */
function byteOrder(head: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le';
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be';
  const zeros = [0, 0];
  const length = Math.min(head.length, 4_096) & ~1;
  for (let i = 0; i < length; i++) if (head[i] === 0) zeros[i & 1] = (zeros[i & 1] as number) + 1;
  const [even = 0, odd = 0] = zeros.map((count) => count / (length / 2));
  if (odd > 0.4 && even < 0.05) return 'utf-16le';
  return even > 0.4 && odd < 0.05 ? 'utf-16be' : null;
}

/** Without the beginning of a character that goes on in the next piece. */
function wholeCharacters(bytes: Uint8Array): Uint8Array {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back] as number;
    if (byte < 0x80) return bytes;
    if (byte >= 0xc0) {
      const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
      return back < length ? bytes.subarray(0, bytes.length - back) : bytes;
    }
  }
  return bytes;
}

function countCharacters(bytes: Uint8Array): CharacterCounts {
  if (isAscii(bytes)) return { otherCount: 0, invalidCount: 0 };
  const text = new TextDecoder().decode(bytes);
  if (isUtf8(bytes)) return { otherCount: 1, invalidCount: 0 };
  return {
    otherCount: text.match(/[^\0-\x7f\ufffd]/gu)?.length ?? 0,
    invalidCount: text.match(/\ufffd/g)?.length ?? 0,
  };
}

/**
 * Takes a byte order mark off. Bytes that are no character become U+FFFD.
 *
 * @param counts - of UTF-8 as far as it has been decoded; added to
 */
export function createDecoder(
  encoding: TextEncoding,
  counts: CharacterCounts = { otherCount: 0, invalidCount: 0 },
): Decoder {
  // browsers, and all who follow them, read the one as the other
  const decoder = new TextDecoder(encoding === 'latin-1' ? 'windows-1252' : encoding);
  let carried: Uint8Array = new Uint8Array(0);

  function count(bytes: Uint8Array): void {
    if (encoding !== 'utf-8') return;
    const all = carried.length > 0 ? Buffer.concat([carried, bytes]) : bytes;
    const whole = wholeCharacters(all);
    carried = all.slice(whole.length);
    const found = countCharacters(whole);
    counts.otherCount += found.otherCount;
    counts.invalidCount += found.invalidCount;
  }
  return {
    decode(bytes) {
      count(bytes);
      return decoder.decode(bytes, { stream: true });
    },
    end() {
      if (carried.length > 0) counts.invalidCount++;
      return decoder.decode();
    },
  };
}
