import type { LevelColumn, NumberColumn } from '../column.js';
import type { Dataset, Reading, Side } from '../contract.js';
import { DriftError, messages } from '../errors.js';
import { checkCompression } from './compression.js';
import { loadCsv } from './csv.js';
import type { Database } from './database.js';
import type { DataFiles } from './dataFiles.js';
import { type ColumnProfile, type NumberReading, type Scan, storageFamily } from './scan.js';
import { columnId, literalList } from './sql.js';

/** Values that are looked at to tell whether strings read as numbers or dates. */
const sampleRowCount = 50_000;

/** Opens data files as the table or view named after the side, with columns c0, c1, ... */
export async function createFileScan(
  database: Database,
  files: DataFiles,
  side: Side,
  reading: Reading,
  signal?: AbortSignal,
): Promise<Scan> {
  const dataset =
    files.format === 'csv'
      ? await openCsv(database, files, side, reading, signal)
      : await openParquet(database, files, side);
  if (dataset.rowCount === 0) {
    const message =
      dataset.rejectedRowCount > 0
        ? messages.fileDamaged(
            files.name,
            `none of its ${dataset.rejectedRowCount} rows could be read`,
          )
        : messages.fileWithoutRows(files.name);
    throw new DriftError('file-without-rows', message);
  }
  return {
    dataset,
    profiles: (indexes) => whole(files, readProfiles(database, side, dataset, indexes)),
    numbers: (index, as) => whole(files, readNumbers(database, side, dataset, index, as)),
    levels: (index) => whole(files, readLevels(database, side, dataset, index)),
    rows: (rowStart, rowEnd) => whole(files, readRows(database, side, dataset, rowStart, rowEnd)),
  };
}

/** Parquet is read when it is asked for, so damage in the middle shows only then. */
async function whole<T>(files: DataFiles, reading: Promise<T>): Promise<T> {
  try {
    return await reading;
  } catch (error) {
    if (files.format === 'parquet' && isReadFault(error)) throw damaged(files, error);
    throw error;
  }
}

/** Not ours, not a wrong statement of ours. */
function isReadFault(error: unknown): boolean {
  return (
    error instanceof Error &&
    !(error instanceof DriftError) &&
    !(error instanceof RangeError) &&
    !(error instanceof TypeError) &&
    !/^(Binder|Parser|Catalog) Error/.test(error.message)
  );
}

function damaged(files: DataFiles, cause: unknown): DriftError {
  if (cause instanceof Error && /schema mismatch/i.test(cause.message)) {
    const message = messages.fileDamaged(files.name, 'its files do not have the same columns');
    return new DriftError('file-damaged', message, { cause });
  }
  return new DriftError('file-damaged', messages.parquetDamaged(files.name), { cause });
}

async function openCsv(
  database: Database,
  files: DataFiles,
  side: Side,
  reading: Reading,
  signal: AbortSignal | undefined,
): Promise<Dataset> {
  const stopping = new AbortController();
  const signals = signal ? [signal, stopping.signal] : [stopping.signal];
  const checking = checkCompression(files, AbortSignal.any(signals)).then(
    () => null,
    (error: unknown) => error,
  );
  try {
    const { columns, ...loaded } = await loadCsv(database, files, side, reading);
    const fault = await checking;
    if (fault !== null) throw fault;
    return { ...(await describe(database, files, side, columns)), ...loaded };
  } catch (error) {
    if (signal?.aborted) throw new DriftError('cancelled', messages.cancelled(), { cause: error });
    // damage explains whatever else went wrong
    throw (await checking) ?? error;
  } finally {
    stopping.abort();
    await checking;
  }
}

async function openParquet(database: Database, files: DataFiles, side: Side): Promise<Dataset> {
  const source = `read_parquet(${literalList(files.paths)}, hive_partitioning = false)`;
  try {
    const described = await database.rows(`DESCRIBE SELECT * FROM ${source}`);
    const columns = described.map(([name, type]) => ({
      name: String(name),
      storageType: String(type),
    }));
    const ids = columns.map((_, index) => columnId(index)).join(', ');
    await database.run(`CREATE VIEW ${side}(${ids}) AS SELECT * FROM ${source}`);
    return await describe(database, files, side, columns);
  } catch (error) {
    if (isReadFault(error)) throw damaged(files, error);
    throw error;
  }
}

async function describe(
  database: Database,
  files: DataFiles,
  side: Side,
  columns: Dataset['columns'],
): Promise<Dataset> {
  const counted = await database.rows(`SELECT count(*) FROM ${side}`);
  return {
    name: files.name,
    format: files.format,
    sizeBytes: files.sizeBytes,
    rowCount: Number(counted[0]?.[0]),
    columnCount: columns.length,
    rejectedRowCount: 0,
    rejectedRows: [],
    columns,
    dialect: null,
  };
}

/** Distinct counts over all rows of string columns; how they read, over the first rows. */
async function readProfiles(
  database: Database,
  side: Side,
  dataset: Dataset,
  indexes: readonly number[],
): Promise<ColumnProfile[]> {
  const families = indexes.map((index) => storageFamily(dataset.columns[index]?.storageType ?? ''));
  const counted: string[] = [];
  const sampled: string[] = [];
  for (const [position, index] of indexes.entries()) {
    const id = columnId(index);
    if (families[position] === 'unsupported') continue;
    const isFloat = /^(FLOAT|DOUBLE)$/.test(dataset.columns[index]?.storageType ?? '');
    counted.push(isFloat ? `count(CASE WHEN NOT isnan(${id}) THEN 1 END)` : `count(${id})`);
    if (families[position] !== 'string') continue;
    counted.push(`approx_count_distinct(${id})`);
    const text = `CAST(${id} AS VARCHAR)`;
    sampled.push(
      `avg(length(${text}))`,
      `avg(1 + length(trim(${text})) - length(replace(trim(${text}), ' ', '')))`,
      // a code with leading zeros is no number
      `CASE WHEN bool_or(regexp_matches(${text}, '^\\s*[+-]?0[0-9]')) THEN 0
        ELSE count(TRY_CAST(trim(${text}) AS DOUBLE)) / greatest(count(${id}), 1) END`,
      `count(TRY_CAST(${text} AS TIMESTAMP)) / greatest(count(${id}), 1)`,
    );
  }
  const counts =
    counted.length > 0
      ? ((await database.rows(`SELECT ${counted.join(', ')} FROM ${side}`))[0] ?? [])
      : [];
  const shapes =
    sampled.length > 0
      ? ((
          await database.rows(
            `SELECT ${sampled.join(', ')} FROM (SELECT * FROM ${side} LIMIT ${sampleRowCount})`,
          )
        )[0] ?? [])
      : [];
  let nextCount = 0;
  let nextShape = 0;
  const profiles = families.map((family) => {
    const isString = family === 'string';
    const count = family === 'unsupported' ? 0 : Number(counts[nextCount++]);
    const distinctCount = isString ? Math.min(count, Number(counts[nextCount++])) : 0;
    const shape = isString ? shapes.slice(nextShape, nextShape + 4).map(Number) : [];
    nextShape += shape.length;
    const [meanLength = 0, meanWordCount = 0, numericShare = 0, datetimeShare = 0] = shape;
    const shares = { meanLength, meanWordCount, numericShare, datetimeShare };
    return { family, count, distinctCount, ...shares, words: [] as readonly string[] };
  });
  // spellings of one flag may differ in case, and the distinct count is approximate
  const few = profiles.flatMap(({ family, distinctCount }, position) =>
    family === 'string' && distinctCount > 0 && distinctCount <= 4 ? [position] : [],
  );
  for (const [i, words] of (
    await readWords(
      database,
      side,
      few.map((position) => indexes[position] as number),
    )
  ).entries()) {
    const profile = profiles[few[i] as number];
    if (profile && words.length <= 2) profile.words = words;
  }
  return profiles;
}

/** The distinct values of columns that have few, in lower case, sorted. */
async function readWords(
  database: Database,
  side: Side,
  indexes: readonly number[],
): Promise<string[][]> {
  if (indexes.length === 0) return [];
  const lists = indexes.map(
    (index) => `list_sort(list(DISTINCT lower(CAST(${columnId(index)} AS VARCHAR))))`,
  );
  const rows = await database.rows(`SELECT ${lists.join(', ')} FROM ${side}`);
  return (rows[0] ?? []) as string[][];
}

async function readNumbers(
  database: Database,
  side: Side,
  dataset: Dataset,
  index: number,
  reading: NumberReading,
): Promise<NumberColumn> {
  const isString = storageFamily(dataset.columns[index]?.storageType ?? '') === 'string';
  const values = new Float64Array(dataset.rowCount);
  const missingMask = new Uint8Array((dataset.rowCount + 7) >> 3);
  let row = 0;
  let infiniteCount = 0;
  let absentCount = 0;
  await database.numbers(
    `SELECT ${numberExpression(index, reading, isString)} FROM ${side}`,
    (items, validity) => {
      for (let i = 0; i < items.length; i++, row++) {
        const isNull = validity !== null && (((validity[i >> 3] as number) >> (i & 7)) & 1) === 0;
        const value = isNull ? Number.NaN : (items[i] as number);
        if (value - value === 0) {
          values[row] = value;
          continue;
        }
        values[row] = Number.NaN;
        missingMask[row >> 3] = (missingMask[row >> 3] as number) | (1 << (row & 7));
        absentCount++;
        if (!Number.isNaN(value)) infiniteCount++;
      }
    },
  );
  if (row !== dataset.rowCount)
    throw new DriftError('file-damaged', messages.fileChanged(dataset.name));
  const missingCount = absentCount - infiniteCount;
  let unparsedCount = 0;
  if (isString && reading !== 'length' && missingCount > 0) {
    const counted = await database.rows(`SELECT count(*) - count(${columnId(index)}) FROM ${side}`);
    unparsedCount = missingCount - Number(counted[0]?.[0]);
  }
  return {
    values,
    missingMask: absentCount > 0 ? missingMask : null,
    missingCount,
    infiniteCount,
    unparsedCount,
  };
}

function numberExpression(index: number, reading: NumberReading, isString: boolean): string {
  const id = columnId(index);
  if (reading === 'length') return `CAST(length(CAST(${id} AS VARCHAR)) AS DOUBLE)`;
  if (reading === 'datetime') {
    // with a zone in the text or without: as a plain TIMESTAMP the zone would be ignored
    return `CAST(epoch_ms(${isString ? `TRY_CAST(CAST(${id} AS VARCHAR) AS TIMESTAMPTZ)` : `CAST(${id} AS TIMESTAMP)`}) AS DOUBLE)`;
  }
  return isString ? `TRY_CAST(trim(CAST(${id} AS VARCHAR)) AS DOUBLE)` : `CAST(${id} AS DOUBLE)`;
}

/** A value as people write it: whole numbers without a fraction; null where missing. */
function textExpression(dataset: Dataset, index: number): string {
  const id = columnId(index);
  const text = `CAST(${id} AS VARCHAR)`;
  if (!/^(FLOAT|DOUBLE)$/.test(dataset.columns[index]?.storageType ?? '')) return text;
  const isWhole = `abs(${id}) <= ${Number.MAX_SAFE_INTEGER} AND ${id} = trunc(${id})`;
  return `CASE WHEN isnan(${id}) THEN NULL WHEN ${isWhole} THEN CAST(CAST(${id} AS BIGINT) AS VARCHAR) ELSE ${text} END`;
}

async function readLevels(
  database: Database,
  side: Side,
  dataset: Dataset,
  index: number,
): Promise<LevelColumn> {
  const rows = await database.rows(
    `SELECT ${textExpression(dataset, index)} AS level, count(*) FROM ${side} GROUP BY level ORDER BY level`,
  );
  const levels = new Map<string, number>();
  let count = 0;
  let missingCount = 0;
  for (const [level, rowCount] of rows) {
    if (level === null) {
      missingCount = Number(rowCount);
      continue;
    }
    levels.set(String(level), Number(rowCount));
    count += Number(rowCount);
  }
  return { levels, count, missingCount };
}

async function readRows(
  database: Database,
  side: Side,
  dataset: Dataset,
  rowStart: number,
  rowEnd: number,
): Promise<(string | null)[][]> {
  if (![rowStart, rowEnd].every(Number.isSafeInteger) || rowStart < 0 || rowEnd < rowStart)
    throw new RangeError(`rows requires 0 <= rowStart <= rowEnd (got ${rowStart} and ${rowEnd})`);
  const list = dataset.columns.map((_, index) => textExpression(dataset, index)).join(', ');
  const sql = `SELECT ${list} FROM ${side} LIMIT ${rowEnd - rowStart} OFFSET ${rowStart}`;
  return (await database.rows(sql)) as (string | null)[][];
}
