import { type Data, Type } from 'apache-arrow';

/**
 * @param valueBytes - of each value; null where they are bits, or of any length
 * @throws {RangeError} where buffers are shorter than their rows, or offsets lead out of them
 */
export function checkArrowData(data: Data, valueBytes: number | null): void {
  const { length, nullBitmap, nullCount, typeId, values, valueOffsets } = data;
  if (length === 0 || typeId === Type.Null) return;
  if (typeId !== Type.Union && nullCount > 0 && nullBitmap.length * 8 < length)
    throw new RangeError('missing values are cut short');
  if (typeId === Type.Bool && values.length * 8 < length)
    throw new RangeError('values are cut short');
  if (valueBytes !== null && values.byteLength < length * valueBytes)
    throw new RangeError('values are cut short');
  if (typeId !== Type.Utf8 && typeId !== Type.LargeUtf8) return;
  if (valueOffsets.length <= length) throw new RangeError('offsets are cut short');
  let last = 0;
  for (let row = 0; row <= length; row++) {
    const offset = Number(valueOffsets[row]);
    if (offset < last) throw new RangeError('offsets go back');
    last = offset;
  }
  if (last > values.length) throw new RangeError('offsets lead out of the values');
}
