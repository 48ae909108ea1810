import type { LevelColumn, NumberColumn } from '../column.js';
import type { Dataset, Reading, Side } from '../contract.js';
import { DriftError, messages } from '../errors.js';
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
): Promise<Scan> {
  const dataset =
    files.format === 'csv'
      ? await openCsv(database, files, side, reading)
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
    profiles: (indexes) => readProfiles(database, side, dataset, indexes),
    numbers: (index, as) => readNumbers(database, side, dataset, index, as),
    levels: (index) => readLevels(database, side, index),
    rows: async (rowStart, rowEnd) => {
      const list = dataset.columns
        .map((_, index) => `CAST(${columnId(index)} AS VARCHAR)`)
        .join(', ');
      const sql = `SELECT ${list} FROM ${side} LIMIT ${rowEnd - rowStart} OFFSET ${rowStart}`;
      return (await database.rows(sql)) as (string | null)[][];
    },
  };
}

async function openCsv(
  database: Database,
  files: DataFiles,
  side: Side,
  reading: Reading,
): Promise<Dataset> {
  const { columns, ...loaded } = await loadCsv(database, files, side, reading);
  return { ...(await describe(database, files, side, columns)), ...loaded };
}

async function openParquet(database: Database, files: DataFiles, side: Side): Promise<Dataset> {
  const source = `read_parquet(${literalList(files.paths)})`;
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
    if (error instanceof DriftError) throw error;
    throw new DriftError('file-damaged', messages.parquetDamaged(files.name), { cause: error });
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
  const whole: string[] = [];
  const sampled: string[] = [];
  for (const [position, index] of indexes.entries()) {
    const id = columnId(index);
    if (families[position] === 'unsupported') continue;
    whole.push(`count(${id})`);
    if (families[position] !== 'string') continue;
    whole.push(`approx_count_distinct(${id})`);
    const text = `CAST(${id} AS VARCHAR)`;
    sampled.push(
      `avg(length(${text}))`,
      `avg(1 + length(trim(${text})) - length(replace(trim(${text}), ' ', '')))`,
      `count(TRY_CAST(trim(${text}) AS DOUBLE)) / greatest(count(${id}), 1)`,
      `count(TRY_CAST(${text} AS TIMESTAMP)) / greatest(count(${id}), 1)`,
    );
  }
  const counts =
    whole.length > 0
      ? ((await database.rows(`SELECT ${whole.join(', ')} FROM ${side}`))[0] ?? [])
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
  return families.map((family) => {
    const isString = family === 'string';
    const count = family === 'unsupported' ? 0 : Number(counts[nextCount++]);
    const distinctCount = isString ? Math.min(count, Number(counts[nextCount++])) : 0;
    const shape = isString ? shapes.slice(nextShape, nextShape + 4).map(Number) : [];
    nextShape += shape.length;
    const [meanLength = 0, meanWordCount = 0, numericShare = 0, datetimeShare = 0] = shape;
    return { family, count, distinctCount, meanLength, meanWordCount, numericShare, datetimeShare };
  });
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
        const isNull =
          validity !== null && (((validity[i >> 6] as bigint) >> BigInt(i & 63)) & 1n) === 0n;
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
    return `CAST(epoch_ms(${isString ? `TRY_CAST(${id} AS TIMESTAMP)` : `CAST(${id} AS TIMESTAMP)`}) AS DOUBLE)`;
  }
  return isString ? `TRY_CAST(trim(CAST(${id} AS VARCHAR)) AS DOUBLE)` : `CAST(${id} AS DOUBLE)`;
}

async function readLevels(database: Database, side: Side, index: number): Promise<LevelColumn> {
  const rows = await database.rows(
    `SELECT CAST(${columnId(index)} AS VARCHAR) AS level, count(*) FROM ${side} GROUP BY level ORDER BY level`,
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
