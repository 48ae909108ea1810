import { crc32 } from 'node:zlib';
import { decodeHadoopLz4 } from './decodeHadoopLz4.js';
import { integerAt, type Struct, setInteger, setStruct, structAt, types } from './thrift.js';

/** A page: its header, and its body as it stands in the file. */
export interface Page {
  header: Struct;
  body: Uint8Array;
}

/** Numbers of PageHeader's fields, and of those of the headers within it. */
const fields = { kind: 1, unfoldedSize: 2, size: 3, checksum: 4 } as const;
const headers = { data: 5, dictionary: 7, data2: 8 } as const;
const valueCountField = 1;
const data1Fields = { encoding: 2, levelEncoding: 3, repetitionEncoding: 4 } as const;
const data2Fields = {
  encoding: 4,
  definitionBytes: 5,
  repetitionBytes: 6,
  isCompressed: 7,
} as const;
const dictionaryEncodingField = 2;
const requiredFields = {
  page: [fields.kind, fields.unfoldedSize, fields.size],
  data: [valueCountField, 2, 3, 4],
  dictionary: [valueCountField, dictionaryEncodingField],
  data2: [valueCountField, 2, 3, 4, 5, 6],
} as const;

export const encodings = {
  plain: 0,
  plainDictionary: 2,
  runs: 3,
  bits: 4,
  dictionary: 8,
} as const;

const pageKinds = { 0: 'data', 2: 'dictionary', 3: 'data2' } as const;

const largestPage = 1e9;

/** `data2` is a data page of version 2; null for any other kind of page, which readers pass over. */
export function pageKind(header: Struct): 'data' | 'dictionary' | 'data2' | null {
  const kind = integerAt(header, fields.kind);
  return pageKinds[kind as keyof typeof pageKinds] ?? null;
}

/** How many bytes follow the header. @throws {RangeError} where it does not say */
export function bodySize(header: Struct): number {
  return sizeAt(header, fields.size, largestPage);
}

/** How many bytes they stand for. @throws {RangeError} where it does not say */
export function unfoldedSize(header: Struct): number {
  return sizeAt(header, fields.unfoldedSize, largestPage);
}

/** Of a data page, nulls included. */
export function valueCount(header: Struct, kind: 'data' | 'dictionary' | 'data2'): number {
  return sizeAt(structAt(header, headers[kind]), valueCountField, 2 ** 31);
}

/**
 * Of the values, and of the levels before them.
 *
 * @throws {RangeError} where the header lacks anything that it must have: DuckDB reads no such page
 */
export function pageEncodings(header: Struct, kind: 'data' | 'dictionary' | 'data2') {
  const own = structAt(header, headers[kind]);
  checkIntegers(header, requiredFields.page);
  checkIntegers(own, requiredFields[kind]);
  if (kind === 'dictionary')
    return { values: integerAt(own, dictionaryEncodingField), levels: null };
  if (kind === 'data2')
    return { values: integerAt(own, data2Fields.encoding), levels: encodings.runs };
  const { encoding, levelEncoding, repetitionEncoding } = data1Fields;
  const repetition = integerAt(own, repetitionEncoding);
  if (repetition !== encodings.runs && repetition !== encodings.bits)
    throw new RangeError('levels are encoded in no way that there is');
  return { values: integerAt(own, encoding), levels: integerAt(own, levelEncoding) };
}

function checkIntegers(struct: Struct, numbers: readonly number[]): void {
  const lacking = numbers.find((number) => struct.get(number)?.type !== types.i32);
  if (lacking !== undefined)
    throw new RangeError(`field ${lacking} is missing, or of another type`);
}

/** @throws {RangeError} where it has a checksum, and another one than it should */
export function checkPage({ header, body }: Page): void {
  const checksum = integerAt(header, fields.checksum);
  if (checksum !== null && crc32(body) !== checksum >>> 0)
    throw new RangeError('a page is not what its checksum was made of');
}

/**
 * The same page without its LZ4. In a page of version 2 the levels before the values are never compressed.
 *
 * @param isAlwaysCompressed - whatever a header of version 2 says
 * @throws {RangeError} where it is damaged
 */
export function unpackedPage({ header, body }: Page, isAlwaysCompressed: boolean): Page {
  checkPage({ header, body });
  const fullSize = unfoldedSize(header);
  const levelBytes = levelSize(header, Math.min(body.length, fullSize));
  const [levels, values] = [body.subarray(0, levelBytes), body.subarray(levelBytes)];
  const isPlain = isMarkedPlain(header) && !isAlwaysCompressed;
  const plain = isPlain ? values : decodeHadoopLz4(values, fullSize - levelBytes);
  if (levelBytes + plain.length !== fullSize)
    throw new RangeError(`${fullSize} bytes were promised, ${body.length} came`);
  const own = new Map(header);
  own.delete(fields.checksum);
  setInteger(own, fields.size, fullSize);
  return { header: own, body: levelBytes === 0 ? plain : Buffer.concat([levels, plain]) };
}

/** The same page with a header that says that its values are compressed. */
export function markedCompressed({ header, body }: Page): Page {
  const hasValues = body.length > levelSize(header, body.length);
  if (!isMarkedPlain(header) || !hasValues) return { header, body };
  const own = new Map(header);
  const data2 = structAt(header, headers.data2);
  data2.set(data2Fields.isCompressed, { type: types.true, bytes: new Uint8Array(0) });
  setStruct(own, headers.data2, data2);
  return { header: own, body };
}

/** Of a page of version 2 that says that it is not compressed. */
export function isMarkedPlain(header: Struct): boolean {
  if (pageKind(header) !== 'data2') return false;
  const isCompressed = structAt(header, headers.data2).get(data2Fields.isCompressed);
  return isCompressed?.type === types.false;
}

function levelSize(header: Struct, mostBytes: number): number {
  const { definitionBytes, repetitionBytes } = levelSizes(header, mostBytes);
  return definitionBytes + repetitionBytes;
}

/** In a page of version 1 they are compressed with the values. */
export function levelSizes(header: Struct, mostBytes: number) {
  if (pageKind(header) !== 'data2') return { definitionBytes: 0, repetitionBytes: 0 };
  const data2 = structAt(header, headers.data2);
  const definitionBytes = sizeAt(data2, data2Fields.definitionBytes, mostBytes);
  const repetitionBytes = sizeAt(data2, data2Fields.repetitionBytes, mostBytes);
  if (definitionBytes + repetitionBytes > mostBytes)
    throw new RangeError('the levels are longer than their page');
  return { definitionBytes, repetitionBytes };
}

function sizeAt(struct: Struct, number: number, most: number): number {
  const size = integerAt(struct, number);
  if (size === null || size < 0 || size > most)
    throw new RangeError(`field ${number} is no size of at most ${most}`);
  return size;
}
