import type { NumberChunk } from './numberPages.js';
import { type ValueType, valueTypes } from './pageKernel.js';
import {
  chunkFields,
  chunkRange,
  columnFields,
  fileFields,
  groupFields,
  type ParquetFooter,
} from './parquetFooter.js';
import { type ParquetColumn, type ParquetSchema, parquetSchema } from './parquetSchema.js';
import { integerAt, type Struct, structAt, structsAt } from './thrift.js';

/** What a footer tells of where columns are. */
export interface ParquetLayout {
  footer: ParquetFooter;
  schema: ParquetSchema;
  groups: { rowCount: number; chunks: Struct[] }[];
}

/** With more column chunks it would take more memory than the columns. */
const largestFooter = 1 << 23;
const physicalTypes = { i32: 1, i64: 2, f32: 4, f64: 5 } as const;

/** By DuckDB's name of a type: how its values stand in pages. */
const readable: Readonly<Record<string, [physicalType: number, type: ValueType]>> = {
  DOUBLE: [physicalTypes.f64, valueTypes.f64],
  FLOAT: [physicalTypes.f32, valueTypes.f32],
  BIGINT: [physicalTypes.i64, valueTypes.i64],
  UBIGINT: [physicalTypes.i64, valueTypes.u64],
  INTEGER: [physicalTypes.i32, valueTypes.i32],
  UINTEGER: [physicalTypes.i32, valueTypes.u32],
  SMALLINT: [physicalTypes.i32, valueTypes.i16],
  USMALLINT: [physicalTypes.i32, valueTypes.u16],
  TINYINT: [physicalTypes.i32, valueTypes.i8],
  UTINYINT: [physicalTypes.i32, valueTypes.u8],
};

/** @throws {RangeError} where it is damaged, or too long */
export function parquetLayout(footer: ParquetFooter): ParquetLayout {
  if (footer.length > largestFooter) throw new RangeError('the footer is too long');
  return {
    footer,
    schema: parquetSchema(footer),
    groups: structsAt(footer.struct, fileFields.rowGroups).map((group) => ({
      rowCount: integerAt(group, groupFields.rowCount) ?? -1,
      chunks: structsAt(group, groupFields.columns),
    })),
  };
}

/**
 * A column's chunks, file by file.
 *
 * @param names - DuckDB's for the files' columns; it finds those of several files by them
 * @throws {RangeError} where there is any doubt which ones those are, or how to read them
 */
export function numberChunks(
  layouts: readonly ParquetLayout[],
  names: readonly string[],
  index: number,
  storageType: string,
  rowCount: number,
): NumberChunk[][] {
  const [physicalType, type] = readable[storageType] ?? [];
  if (physicalType === undefined || type === undefined || index >= names.length)
    throw new RangeError(`no ${storageType} is read here`);
  const columns = layouts.map(({ schema }) => columnOf(schema, names, index, layouts.length > 1));
  const isAlike = columns.every(
    (column) => column.physicalType === physicalType && column.meaning === columns[0]?.meaning,
  );
  if (!isAlike) throw new RangeError('the types of a column differ');
  const chunks = layouts.map((layout, file) =>
    chunksOf(layout, columns[file] as ParquetColumn, physicalType, type),
  );
  const count = chunks.flat().reduce((sum, { valueCount }) => sum + valueCount, 0);
  if (count !== rowCount) throw new RangeError(`${count} values are not one for each row`);
  return chunks;
}

function columnOf(
  { columns }: ParquetSchema,
  names: readonly string[],
  index: number,
  areMany: boolean,
): ParquetColumn {
  const name = names[index] as string;
  if (columns.length !== names.length) throw new RangeError('there are other columns than said');
  if (areMany) {
    const alike = columns.filter((column) => column.name.toLowerCase() === name.toLowerCase());
    const [column] = alike;
    if (alike.length === 1 && column?.name === name) return column;
    throw new RangeError('a name is not found, or found twice');
  }
  const column = columns[index];
  // a number follows where DuckDB has found it before
  if (column && (column.name === name || name.startsWith(`${column.name}_`))) return column;
  throw new RangeError('a column is called otherwise');
}

function chunksOf(
  { footer, schema, groups }: ParquetLayout,
  { leaf, isOptional }: ParquetColumn,
  physicalType: number,
  type: ValueType,
): NumberChunk[] {
  if (leaf === null) throw new RangeError('a column holds others, or lists');
  return groups.map(({ rowCount, chunks }) => {
    const chunk = chunks[leaf];
    if (!chunk || chunks.length !== schema.leafCount)
      throw new RangeError('a row group has another number of columns');
    if (chunk.has(chunkFields.path) || chunk.has(chunkFields.encryption))
      throw new RangeError('a column chunk stands in another file, or is encrypted');
    const column = structAt(chunk, chunkFields.metadata);
    const valueCount = integerAt(column, columnFields.valueCount) ?? -1;
    const isSame = integerAt(column, columnFields.type) === physicalType && valueCount === rowCount;
    const dataStart = integerAt(column, columnFields.dataStart) ?? 0;
    const dictionaryStart = integerAt(column, columnFields.dictionaryStart) ?? 0;
    if (!isSame || valueCount < 0 || dictionaryStart > dataStart)
      throw new RangeError('a column chunk is not what the footer says of it');
    const codec = integerAt(column, columnFields.codec);
    return { ...chunkRange(column, footer), codec, valueCount, isOptional, type };
  });
}
