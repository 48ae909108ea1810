import { detectEncoding } from './encoding.js';

/** Text has hardly any control characters, in whatever encoding. */
export function isText(bytes: Uint8Array): boolean {
  const encoding = detectEncoding(bytes);
  if (encoding === 'utf-16le' || encoding === 'utf-16be')
    return isText(Buffer.from(new TextDecoder(encoding).decode(bytes)));
  let controlCount = 0;
  for (const byte of bytes) {
    if (byte < 32 && byte !== 9 && byte !== 10 && byte !== 13 && byte !== 12 && byte !== 27)
      controlCount++;
  }
  return controlCount <= bytes.length * 0.02;
}

/** White space only, after a byte order mark or without one. */
export function isBlank(bytes: Uint8Array): boolean {
  const hasMark = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  return bytes.subarray(hasMark ? 3 : 0).every((byte) => byte === 32 || (byte >= 9 && byte <= 13));
}

/** JSON, XML or HTML: text that a CSV reader would take for a column of odd words. */
export function isMarkup(bytes: Uint8Array): boolean {
  const start = new TextDecoder().decode(bytes.subarray(0, 512)).trimStart();
  return /^(<\?xml|<!doctype|<html|\{\s*"|\[\s*\{\s*")/i.test(start);
}
