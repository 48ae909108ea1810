import { crc32 } from 'node:zlib';
import {
  chunkFields,
  columnFields,
  fileFields,
  groupFields,
} from '../../../core/scan/parquetFooter.js';
import {
  integerAt,
  readStruct,
  type Struct,
  setInteger,
  setStruct,
  setStructs,
  structAt,
  structsAt,
  types,
  writeStruct,
} from '../../../core/scan/thrift.js';

export interface Packing {
  codec: number;
  pack: (bytes: Uint8Array) => Uint8Array;
  /** Columns by their place in a row group; all when left out. */
  columns?: readonly number[];
  /** Pages of version 2, of columns that are no lists. */
  isVersion2?: boolean;
  /** Pages of version 2 say that they are not compressed. */
  isMarkedPlain?: boolean;
  hasChecksums?: boolean;
  /** The dictionary has no place of its own in the footer. */
  isDictionaryUnnamed?: boolean;
  createdBy?: string;
  /** Of every data page and dictionary, to make it wrong. */
  changeHeader?: (header: Struct) => void;
  /** Of every column chunk, to make it wrong. */
  changeColumn?: (column: Struct) => void;
}

/** An uncompressed Parquet file of DuckDB's with other pages. */
export function repackParquet(file: Buffer, packing: Packing): Buffer {
  const footerStart = file.length - 8 - file.readUInt32LE(file.length - 8);
  const { struct: footer } = readStruct(file, footerStart);
  const parts: Uint8Array[] = [Buffer.from('PAR1')];
  let place = 4;
  const groups = structsAt(footer, fileFields.rowGroups);
  for (const group of groups) {
    const chunks = structsAt(group, groupFields.columns);
    for (const [index, chunk] of chunks.entries()) {
      const column = structAt(chunk, chunkFields.metadata);
      const isOther = packing.columns?.includes(index) === false;
      const plain: Packing = { codec: 0, pack: (bytes) => bytes };
      const bytes = repackChunk(file, column, isOther ? plain : packing, place);
      parts.push(bytes);
      place += bytes.length;
      setStruct(chunk, chunkFields.metadata, column);
    }
    setStructs(group, groupFields.columns, chunks);
  }
  setStructs(footer, fileFields.rowGroups, groups);
  if (packing.createdBy !== undefined) {
    const text = Buffer.from(packing.createdBy);
    const bytes = Buffer.concat([Buffer.of(text.length), text]);
    footer.set(fileFields.createdBy, { type: types.binary, bytes });
  }
  return Buffer.concat([...parts, withTail(footer)]);
}

function withTail(footer: Struct): Buffer {
  const bytes = writeStruct(footer);
  const tail = Buffer.from('....PAR1');
  tail.writeUInt32LE(bytes.length);
  return Buffer.concat([bytes, tail]);
}

function repackChunk(file: Buffer, column: Struct, packing: Packing, start: number): Buffer {
  const named = integerAt(column, columnFields.dictionaryStart);
  const from = named ?? integerAt(column, columnFields.dataStart) ?? 0;
  const to = from + (integerAt(column, columnFields.size) ?? 0);
  const parts: Uint8Array[] = [];
  let [place, dataStart, dictionaryStart] = [start, 0, 0];
  for (let next = from; next < to; ) {
    const { struct: header, end } = readStruct(file, next);
    next = end + (integerAt(header, 3) ?? 0);
    const kind = integerAt(header, 1);
    if (kind === 2) dictionaryStart = place;
    else dataStart ||= place;
    const body = repackPage(header, file.subarray(end, next), column, packing);
    packing.changeHeader?.(header);
    const bytes = writeStruct(header);
    parts.push(bytes, body);
    place += bytes.length + body.length;
  }
  setInteger(column, columnFields.codec, packing.codec);
  setInteger(column, columnFields.size, place - start);
  setInteger(column, columnFields.dataStart, dataStart);
  column.delete(columnFields.dictionaryStart);
  if (dictionaryStart > 0) {
    const number = packing.isDictionaryUnnamed
      ? columnFields.dataStart
      : columnFields.dictionaryStart;
    setInteger(column, number, dictionaryStart);
  }
  packing.changeColumn?.(column);
  return Buffer.concat(parts);
}

/** The header is changed to what is returned. */
function repackPage(
  header: Struct,
  body: Buffer,
  column: Struct,
  { pack, isVersion2, isMarkedPlain, hasChecksums }: Packing,
): Uint8Array {
  const isFlat = column.get(3)?.bytes[0] === 0x18;
  const isData = integerAt(header, 1) === 0;
  let packed = pack(body);
  if (isVersion2 && isFlat && isData) {
    const levelBytes = body.readUInt32LE(0);
    const values = body.subarray(4 + levelBytes);
    const own = structAt(header, 5);
    const rowCount = integerAt(own, 1) ?? 0;
    const encoding = integerAt(own, 2) ?? 0;
    const nullCount = integerAt(structAt(column, 12), 3) ?? 0;
    const data2: Struct = new Map();
    const numbers = [rowCount, nullCount, rowCount, encoding, levelBytes, 0];
    for (const [index, number] of numbers.entries()) {
      data2.set(index + 1, { type: types.i32, bytes: new Uint8Array(0) });
      setInteger(data2, index + 1, number);
    }
    const type = isMarkedPlain ? types.false : types.true;
    data2.set(7, { type, bytes: new Uint8Array(0) });
    header.delete(5);
    setStruct(header, 8, data2);
    setInteger(header, 1, 3);
    setInteger(header, 2, levelBytes + values.length);
    packed = Buffer.concat([body.subarray(4, 4 + levelBytes), pack(values)]);
  }
  setInteger(header, 3, packed.length);
  if (hasChecksums) {
    header.set(4, { type: types.i32, bytes: new Uint8Array(0) });
    setInteger(header, 4, crc32(packed) | 0);
  }
  return packed;
}

/** A block of nothing but literals. */
export function lz4Block(bytes: Uint8Array): Buffer {
  if (bytes.length < 15) return Buffer.concat([Buffer.of(bytes.length << 4), bytes]);
  const left = bytes.length - 15;
  const many = Buffer.alloc(Math.floor(left / 255), 255);
  return Buffer.concat([Buffer.of(0xf0), many, Buffer.of(left % 255), bytes]);
}

/** As Hadoop writes: a length, then blocks until there is as much; and so on. */
export function hadoopLz4(
  bytes: Uint8Array,
  writeBytes = bytes.length,
  blockBytes = writeBytes,
): Buffer {
  const parts: Uint8Array[] = [];
  for (let start = 0; start < bytes.length; start += writeBytes) {
    const write = bytes.subarray(start, start + writeBytes);
    parts.push(bigEndian(write.length));
    for (let from = 0; from < write.length; from += blockBytes) {
      const block = lz4Block(write.subarray(from, from + blockBytes));
      parts.push(bigEndian(block.length), block);
    }
  }
  return Buffer.concat(parts);
}

export function lz4Frame(bytes: Uint8Array): Buffer {
  const size = Buffer.alloc(4);
  const block = lz4Block(bytes);
  size.writeUInt32LE(block.length);
  const start = Buffer.from('04224d18604082', 'hex');
  return Buffer.concat([start, size, block, Buffer.alloc(4)]);
}

function bigEndian(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}
