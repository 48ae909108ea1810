import type { ColumnSchema, Dataset, Reading, Side } from '../contract.js';
import { DriftError, messages } from '../errors.js';
import type { Database } from './database.js';
import type { DataFiles } from './dataFiles.js';
import { findJsonColumns, type JsonColumn, textId, textsOf } from './jsonColumns.js';
import { readJsonRejects } from './jsonRejects.js';
import { jsonSource } from './jsonSource.js';
import { partitionColumns } from './partitions.js';
import { columnId, knownColumn } from './sql.js';

export type LoadedJson = Pick<
  Dataset,
  'columns' | 'rejectedRowCount' | 'rejectedReasons' | 'rejectedRows'
>;

/**
 * Reads JSON objects into a table, one row each. Keys come from all rows, types from a sample; where
 * a value further down does not fit, its column is read again as text, so that none is lost.
 */
export async function loadJson(
  database: Database,
  files: DataFiles,
  side: Side,
  reading: Reading,
): Promise<LoadedJson> {
  try {
    const objects = `(SELECT * FROM ${jsonSource(files)} WHERE starts_with(json, '{'))`;
    const rejected = await readJsonRejects(database, files);
    const [first] = rejected.rejectedRows;
    if (reading.strict && first) {
      const message = messages.rowRejected(files.name, first.file, first.lineNumber, first.reason);
      throw new DriftError('file-damaged', message);
    }
    const columns = await findJsonColumns(database, objects, files.name);
    if (columns.length === 0) {
      throw new DriftError('file-without-rows', messages.withoutColumns(files.name));
    }
    await load(database, files, side, objects, columns);
    const list = [...columns.map(toSchema), ...files.partitions].map(({ storageType }, index) =>
      knownColumn(index, index < columns.length ? storageType : '', reading.nullValues),
    );
    await database.run(`CREATE VIEW ${side} AS SELECT ${list.join(', ')} FROM ${side}_read`);
    return { columns: columns.map(toSchema), ...rejected };
  } catch (error) {
    if (error instanceof DriftError || !(error instanceof Error)) throw error;
    if (/^(Binder|Parser|Catalog|INTERNAL) Error/.test(error.message)) throw error;
    throw new DriftError('file-damaged', messages.fileDamaged(files.name, faultOf(error)), {
      cause: error,
    });
  }
}

async function load(
  database: Database,
  files: DataFiles,
  side: Side,
  objects: string,
  columns: JsonColumn[],
): Promise<void> {
  await createTable(database, files, side, objects, columns);
  const unfit = await database.rows(`SELECT bool_or(is_unfit) FROM ${side}_read`);
  const wide = await wideColumns(database, side, columns);
  if (unfit[0]?.[0] !== true && wide.length === 0) return;
  const list = columns.map((column, index) => betterType(column, index, wide.includes(index)));
  const texts = textsOf(objects, columns);
  const [answers = []] = await database.rows(`SELECT ${list.join(', ')} FROM ${texts}`);
  for (const [index, column] of columns.entries()) {
    const better = answers[index];
    if (better === 'VARCHAR' || better === 'BIGINT') column.loadedType = better;
  }
  await database.run(`DROP TABLE ${side}_read`);
  await createTable(database, files, side, objects, columns);
}

async function createTable(
  database: Database,
  files: DataFiles,
  side: Side,
  objects: string,
  columns: readonly JsonColumn[],
): Promise<void> {
  const values = columns.map(({ loadedType }, index) =>
    loadedType === 'VARCHAR'
      ? `${textId(index)} AS ${columnId(index)}`
      : `TRY_CAST(${textId(index)} AS ${loadedType}) AS ${columnId(index)}`,
  );
  const unfit = columns.map(isUnfit).filter((condition) => condition !== 'false');
  const partitions = partitionColumns(files.partitions, columns.length);
  await database.run(
    `CREATE TABLE ${side}_read AS SELECT ${values.join(', ')}${partitions},
      ${unfit.join(' OR ') || 'false'} AS is_unfit
     FROM ${textsOf(objects, columns)}`,
  );
}

/** Columns of numbers beyond what a double tells apart, by index. */
async function wideColumns(
  database: Database,
  side: Side,
  columns: readonly JsonColumn[],
): Promise<number[]> {
  const numbers = columns.flatMap(({ loadedType }, index) =>
    loadedType === 'DOUBLE' ? [index] : [],
  );
  if (numbers.length === 0) return [];
  const list = numbers.map((index) => `max(abs(${columnId(index)}))`).join(', ');
  const [extremes = []] = await database.rows(`SELECT ${list} FROM ${side}_read`);
  return numbers.filter((_, position) => Number(extremes[position]) > Number.MAX_SAFE_INTEGER);
}

/** SQL for the type that keeps all of a column's values with all of their digits; null for the one it has. */
function betterType(column: JsonColumn, index: number, isWide: boolean): string {
  const value = textId(index);
  const unfit = `WHEN bool_or(${isUnfit(column, index)}) THEN 'VARCHAR'`;
  if (!isWide) return `CASE ${unfit} END`;
  const isWhole = `bool_and(regexp_full_match(${value}, '-?[0-9]+'))`;
  const fits = `bool_and(${value} IS NULL OR TRY_CAST(${value} AS BIGINT) IS NOT NULL)`;
  return `CASE ${unfit} WHEN NOT ${isWhole} THEN NULL WHEN ${fits} THEN 'BIGINT' ELSE 'VARCHAR' END`;
}

function isUnfit({ loadedType }: JsonColumn, index: number): string {
  if (loadedType === 'VARCHAR') return 'false';
  const value = textId(index);
  return `(${value} IS NOT NULL AND TRY_CAST(${value} AS ${loadedType}) IS NULL)`;
}

function toSchema({ name, storageType, loadedType }: JsonColumn): ColumnSchema {
  return { name, storageType: storageType ?? loadedType };
}

/** DuckDB's own words name the path, and a row that is not the one. */
function faultOf({ message }: Error): string {
  if (message.includes('maximum_object_size')) return 'a row has more than 16 MB';
  return 'its JSON is not valid, or ends too early';
}
