import {
  BIGINT,
  BOOLEAN,
  DATE,
  DECIMAL,
  DOUBLE,
  type DuckDBType,
  FLOAT,
  INTEGER,
  SMALLINT,
  TIME,
  TIMESTAMP,
  TIMESTAMP_MS,
  TIMESTAMP_NS,
  TIMESTAMP_S,
  TIMESTAMPTZ,
  TINYINT,
  UBIGINT,
  UINTEGER,
  USMALLINT,
  UTINYINT,
  VARCHAR,
} from '@duckdb/node-api';
import {
  type Data,
  DataType,
  DateUnit,
  Precision,
  TimeUnit,
  Type,
  util,
  type Vector,
} from 'apache-arrow';
import { arrowText, arrowValue } from './arrowText.js';
import { checkArrowData } from './checkArrowData.js';

/** A vector of DuckDB's as it is written: by its numbers, by its bytes, or one by one. */
export interface WritableVector {
  items: { set(values: unknown): void; [index: number]: unknown };
  dataView: DataView;
  validity: { setItemValid(index: number, isValid: boolean): void };
  setItem(index: number, value: unknown): void;
  flush(): void;
}

/** How a column of Arrow's becomes one of DuckDB's. */
export interface ArrowColumn {
  /** In DuckDB's words; another than `type` where values are only shown. */
  storageType: string;
  type: DuckDBType;
  /** Bytes of each value; null where they are bits, or of any length. */
  valueBytes: number | null;
  /** A value, which is not missing. */
  read(data: Data, row: number): unknown;
  write(vector: WritableVector, index: number, value: unknown): void;
  /** Many at once, whatever stands where they are missing. */
  copy?: (vector: WritableVector, data: Data, start: number, count: number) => void;
}

/** Writes `count` values from row `start` on. */
export function fillVector(
  vector: WritableVector,
  column: ArrowColumn,
  data: Data,
  start: number,
  count: number,
): void {
  if (column.copy) {
    column.copy(vector, data, start, count);
    for (let i = 0; i < count && data.nullCount > 0; i++)
      if (isMissing(data, start + i)) vector.validity.setItemValid(i, false);
    return;
  }
  for (let i = 0; i < count; i++) {
    const value = isMissing(data, start + i) ? null : column.read(data, start + i);
    if (value === null) vector.validity.setItemValid(i, false);
    else column.write(vector, i, value);
  }
}

/** @throws {RangeError} where a type says what cannot be */
export function toArrowColumn(type: DataType): ArrowColumn {
  if (DataType.isDictionary(type)) return dictionaryColumn(type.dictionary, type.indices.bitWidth);
  if (DataType.isNull(type)) return text('VARCHAR', () => null);
  if (DataType.isBool(type)) return boolColumn();
  if (DataType.isInt(type)) return intColumn(type.bitWidth, type.isSigned);
  if (DataType.isFloat(type)) return floatColumn(type.precision);
  if (DataType.isDecimal(type)) return decimalColumn(type.precision, type.scale, type.bitWidth);
  if (DataType.isDate(type)) {
    if (type.unit === DateUnit.DAY) return { ...item(DATE, 4), copy };
    const days = (value: bigint) => Math.floor(Number(value) / 86_400_000);
    return item(DATE, 8, (data, row) => days(data.values[row]));
  }
  if (DataType.isTimestamp(type)) return timestampColumn(type.unit, Boolean(type.timezone));
  if (DataType.isTime(type)) {
    const scaled = toMicroseconds(type.unit);
    return item(TIME, type.bitWidth / 8, (data, row) => scaled(BigInt(data.values[row])));
  }
  if (DataType.isUtf8(type) || DataType.isLargeUtf8(type)) {
    return { ...text('VARCHAR', readString), copy: copyStrings };
  }
  if (DataType.isUtf8View(type)) return text('VARCHAR', arrowValue, 16);
  return text(shownType(type), arrowText);
}

/** Of values that are only shown. */
function shownType(type: DataType): string {
  const parts = (type.children ?? []).map((field) => ({
    name: field.name,
    type: toArrowColumn(field.type).storageType,
  }));
  const list = parts.map((part) => `${part.name} ${part.type}`).join(', ');
  if (DataType.isList(type) || DataType.isLargeList(type)) return `${parts[0]?.type}[]`;
  if (DataType.isFixedSizeList(type)) return `${parts[0]?.type}[${type.listSize}]`;
  if (DataType.isStruct(type)) return `STRUCT(${list})`;
  if (DataType.isUnion(type)) return `UNION(${list})`;
  if (DataType.isMap(type)) return 'MAP';
  return DataType.isInterval(type) || DataType.isDuration(type) ? 'INTERVAL' : 'BLOB';
}

/** Values that are elements of the vector's typed array. */
function item(
  type: DuckDBType,
  valueBytes: number,
  read: ArrowColumn['read'] = (data, row) => data.values[row],
): ArrowColumn {
  const write: ArrowColumn['write'] = ({ items }, index, value) => {
    items[index] = value;
  };
  return { storageType: type.toString(), type, valueBytes, read, write };
}

function text(
  storageType: string,
  read: ArrowColumn['read'],
  valueBytes: number | null = null,
): ArrowColumn {
  const write: ArrowColumn['write'] = (vector, index, value) => vector.setItem(index, value);
  return { storageType, type: VARCHAR, valueBytes, read, write };
}

/** Numbers that DuckDB stores as Arrow does. */
function copy({ items }: WritableVector, data: Data, start: number, count: number): void {
  items.set(data.values.subarray(start, start + count));
}

function boolColumn(): ArrowColumn {
  return {
    storageType: 'BOOLEAN',
    type: BOOLEAN,
    valueBytes: null,
    read: ({ values }, row) => (values[row >> 3] >> (row & 7)) & 1,
    write: ({ dataView }, index, value) => dataView.setUint8(index, Number(value)),
  };
}

function intColumn(bitWidth: number, isSigned: boolean): ArrowColumn {
  const types: Record<number, [signed: DuckDBType, unsigned: DuckDBType]> = {
    8: [TINYINT, UTINYINT],
    16: [SMALLINT, USMALLINT],
    32: [INTEGER, UINTEGER],
    64: [BIGINT, UBIGINT],
  };
  const type = types[bitWidth]?.[isSigned ? 0 : 1];
  if (!type) throw new RangeError(`no whole numbers have ${bitWidth} bits`);
  return { ...item(type, bitWidth / 8), copy };
}

function floatColumn(precision: Precision): ArrowColumn {
  if (precision === Precision.DOUBLE) return { ...item(DOUBLE, 8), copy };
  if (precision === Precision.SINGLE) return { ...item(FLOAT, 4), copy };
  return item(FLOAT, 2, (data, row) => util.uint16ToFloat64(data.values[row]));
}

/** Two's complement, which DuckDB has of the widest too; old files hold more digits than their precision. */
function decimalColumn(precision: number, scale: number, bitWidth: number): ArrowColumn {
  const valueBytes = bitWidth / 8;
  const read: ArrowColumn['read'] = (data, row) => wholeAt(data, row, valueBytes);
  if (precision > 38 || precision < 1 || scale < 0 || scale > precision) {
    return item(DOUBLE, valueBytes, (data, row) => Number(`${read(data, row)}e${-scale}`));
  }
  const column: ArrowColumn = {
    storageType: DECIMAL(precision, scale).toString(),
    type: DECIMAL(38, scale),
    valueBytes,
    read,
    write: ({ dataView }, index, value) => {
      dataView.setBigUint64(index * 16, BigInt.asUintN(64, value as bigint), true);
      dataView.setBigInt64(index * 16 + 8, BigInt.asIntN(64, (value as bigint) >> 64n), true);
    },
  };
  return bitWidth === 128 ? { ...column, copy: copyDecimals } : column;
}

function copyDecimals(
  { dataView }: WritableVector,
  { values }: Data,
  start: number,
  count: number,
): void {
  const bytes = new Uint8Array(values.buffer, values.byteOffset + start * 16, count * 16);
  new Uint8Array(dataView.buffer, dataView.byteOffset, count * 16).set(bytes);
}

function wholeAt({ values }: Data, row: number, valueBytes: number): bigint {
  const view = new DataView(values.buffer, values.byteOffset + row * valueBytes, valueBytes);
  if (valueBytes === 4) return BigInt(view.getInt32(0, true));
  let whole = view.getBigInt64(valueBytes - 8, true);
  for (let word = valueBytes - 16; word >= 0; word -= 8)
    whole = (whole << 64n) | view.getBigUint64(word, true);
  return whole;
}

/** DuckDB has a zone with microseconds only. */
function timestampColumn(unit: TimeUnit, hasZone: boolean): ArrowColumn {
  if (hasZone) {
    const scaled = toMicroseconds(unit);
    return item(TIMESTAMPTZ, 8, (data, row) => scaled(data.values[row]));
  }
  const types = {
    [TimeUnit.SECOND]: TIMESTAMP_S,
    [TimeUnit.MILLISECOND]: TIMESTAMP_MS,
    [TimeUnit.MICROSECOND]: TIMESTAMP,
    [TimeUnit.NANOSECOND]: TIMESTAMP_NS,
  };
  return { ...item(types[unit], 8), copy };
}

function toMicroseconds(unit: TimeUnit): (value: bigint) => bigint {
  if (unit === TimeUnit.SECOND) return (value) => value * 1_000_000n;
  if (unit === TimeUnit.MILLISECOND) return (value) => value * 1_000n;
  // towards the past, not towards 1970
  if (unit === TimeUnit.NANOSECOND)
    return (value) => value / 1_000n - (value % 1_000n < 0n ? 1n : 0n);
  return (value) => value;
}

function readString({ values, valueOffsets }: Data, row: number): string {
  const bytes = Buffer.from(values.buffer, values.byteOffset, values.byteLength);
  return bytes.toString('utf8', Number(valueOffsets[row]), Number(valueOffsets[row + 1]));
}

function copyStrings(vector: WritableVector, data: Data, start: number, count: number): void {
  const { values, valueOffsets } = data;
  const bytes = Buffer.from(values.buffer, values.byteOffset, values.byteLength);
  let from = Number(valueOffsets[start]);
  for (let i = 0; i < count; i++) {
    const to = Number(valueOffsets[start + i + 1]);
    vector.setItem(i, bytes.toString('utf8', from, to));
    from = to;
  }
}

/** Rows are indexes into values that came before them; those are read once. */
function dictionaryColumn(type: DataType, indexBits: number): ArrowColumn {
  const inner = toArrowColumn(type);
  const known = new WeakMap<Vector, unknown[]>();
  return {
    storageType: inner.storageType,
    type: inner.type,
    valueBytes: indexBits / 8,
    read: ({ values, dictionary }, row) => {
      if (!dictionary) throw new RangeError('a dictionary is missing');
      let words = known.get(dictionary);
      if (!words) {
        words = dictionary.data.flatMap((part) => readAll(inner, part));
        known.set(dictionary, words);
      }
      const index = Number(values[row]);
      if (!(index >= 0 && index < words.length))
        throw new RangeError('an index leads out of its dictionary');
      return words[index];
    },
    write: inner.write,
  };
}

function readAll(column: ArrowColumn, data: Data): unknown[] {
  checkArrowData(data, column.valueBytes);
  return Array.from({ length: data.length }, (_, row) =>
    isMissing(data, row) ? null : column.read(data, row),
  );
}

export function isMissing({ nullBitmap, nullCount, typeId }: Data, row: number): boolean {
  if (typeId === Type.Null) return true;
  if (typeId === Type.Union || nullCount === 0 || !nullBitmap || nullBitmap.length === 0)
    return false;
  return (((nullBitmap[row >> 3] as number) >> (row & 7)) & 1) === 0;
}
