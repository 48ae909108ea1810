import type { LevelColumn, NumberColumn, WordColumn } from '../column.js';
import type { Dataset } from '../contract.js';
import { DriftError, messages } from '../errors.js';
import type { Database } from './database.js';
import {
  type ColumnProfile,
  type HalvesBy,
  type NumberReading,
  type Scan,
  type StorageFamily,
  storageFamily,
  wordSampleCount,
} from './scan.js';
import { columnId, literal } from './sql.js';

/** Values that are looked at to tell whether strings read as numbers or dates. */
const sampleRowCount = 50_000;

/**
 * A table or view with columns c0, c1, ... as a scan.
 *
 * @param whole - turns what goes wrong while reading into a sentence
 */
export function createRelationScan(
  database: Database,
  relation: string,
  dataset: Dataset,
  whole: <T>(reading: Promise<T>) => Promise<T>,
): Scan {
  return {
    dataset,
    profiles: (indexes) => whole(readProfiles(database, relation, dataset, indexes)),
    numbers: (index, as) => whole(readNumbers(database, relation, dataset, index, as)),
    levels: (index) => whole(readLevels(database, relation, dataset, index)),
    words: (index, seed) => whole(readWordCounts(database, relation, dataset, index, seed)),
    rows: (rowStart, rowEnd) => whole(readRows(database, relation, dataset, rowStart, rowEnd)),
    without: (texts) => whole(readWithout(database, relation, dataset, texts, whole)),
    halves: async (by) => ({
      reference: await whole(readHalf(database, relation, dataset, by, 'first')),
      current: await whole(readHalf(database, relation, dataset, by, 'second')),
    }),
  };
}

/** The same relation behind a view in which some strings are null. */
async function readWithout(
  database: Database,
  relation: string,
  dataset: Dataset,
  texts: ReadonlyMap<number, readonly string[]>,
  whole: <T>(reading: Promise<T>) => Promise<T>,
): Promise<Scan> {
  const name = `${relation}_without`;
  const list = dataset.columns.map(({ storageType }, index) => {
    const id = columnId(index);
    const dropped = texts.get(index) ?? [];
    if (dropped.length === 0 || storageFamily(storageType) !== 'string') return id;
    const isDropped = `CAST(${id} AS VARCHAR) IN (${dropped.map(literal).join(', ')})`;
    return `CASE WHEN ${isDropped} THEN NULL ELSE ${id} END AS ${id}`;
  });
  await database.run(`CREATE VIEW ${name} AS SELECT ${list.join(', ')} FROM ${relation}`);
  return createRelationScan(database, name, dataset, whole);
}

/** A half as a table of its own, so that each column is split in the same way. */
async function readHalf(
  database: Database,
  relation: string,
  dataset: Dataset,
  by: HalvesBy,
  which: 'first' | 'second',
): Promise<Scan> {
  const name = `${relation}_${which}`;
  const columns = dataset.columns.map((_, index) => columnId(index)).join(', ');
  if ('seed' in by) {
    // hash(a, b) alone would do the same with every seed, and its lowest bit nearly alternates
    const bit = `(hash(xor(hash(row_number() OVER ()), hash(${by.seed}))) >> 20) % 2`;
    const numbered = `SELECT *, ${bit} AS half FROM ${relation}`;
    const half = which === 'first' ? 0 : 1;
    await database.run(
      `CREATE TABLE ${name} AS SELECT ${columns} FROM (${numbered}) WHERE half = ${half}`,
    );
  } else {
    const family = storageFamily(dataset.columns[by.index]?.storageType ?? '');
    const time = timeExpression(by.index, family);
    const median = `(SELECT quantile_disc(${time}, 0.5) FROM ${relation})`;
    const isIn = which === 'first' ? `${time} <= ${median}` : `${time} > ${median}`;
    await database.run(`CREATE TABLE ${name} AS SELECT ${columns} FROM ${relation} WHERE ${isIn}`);
  }
  const counted = await database.rows(`SELECT count(*) FROM ${name}`);
  const half = { ...dataset, rowCount: Number(counted[0]?.[0]) };
  return createRelationScan(database, name, half, (reading) => reading);
}

/** In how many values each word stands. Of many rows a seeded sample is read. */
async function readWordCounts(
  database: Database,
  relation: string,
  dataset: Dataset,
  index: number,
  seed: number,
): Promise<WordColumn> {
  const text = `CAST(${columnId(index)} AS VARCHAR)`;
  const isMany = dataset.rowCount > wordSampleCount;
  const sample = isMany
    ? ` USING SAMPLE reservoir(${wordSampleCount} ROWS) REPEATABLE (${seed})`
    : '';
  const values = `SELECT ${text} AS text FROM ${relation}${sample}`;
  // letters, their marks and digits of any script; an apostrophe inside of a word belongs to it
  const list = `list_distinct(regexp_extract_all(lower(text), '[\\p{L}\\p{N}\\p{M}]+(?:[''’][\\p{L}\\p{M}]+)?'))`;
  const words = `SELECT unnest(${list}) AS word FROM (${values}) WHERE text IS NOT NULL`;
  const rows = await database.rows(
    `SELECT word, count(*) FROM (${words}) GROUP BY word ORDER BY word`,
  );
  const counted = await database.rows(`SELECT count(text) FROM (${values})`);
  return {
    words: new Map(rows.map(([word, count]) => [String(word), Number(count)])),
    valueCount: Number(counted[0]?.[0]),
  };
}

/** Distinct counts over all rows of string columns; how they read, over the first rows. */
async function readProfiles(
  database: Database,
  relation: string,
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
      ? ((await database.rows(`SELECT ${counted.join(', ')} FROM ${relation}`))[0] ?? [])
      : [];
  const shapes =
    sampled.length > 0
      ? ((
          await database.rows(
            `SELECT ${sampled.join(', ')} FROM (SELECT * FROM ${relation} LIMIT ${sampleRowCount})`,
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
      relation,
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
  relation: string,
  indexes: readonly number[],
): Promise<string[][]> {
  if (indexes.length === 0) return [];
  const lists = indexes.map(
    (index) =>
      `list_sort(list(DISTINCT lower(CAST(${columnId(index)} AS VARCHAR))) FILTER (${columnId(index)} IS NOT NULL))`,
  );
  const rows = await database.rows(`SELECT ${lists.join(', ')} FROM ${relation}`);
  return (rows[0] ?? []) as string[][];
}

async function readNumbers(
  database: Database,
  relation: string,
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
    `SELECT ${numberExpression(index, reading, isString)} FROM ${relation}`,
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
    const counted = await database.rows(
      `SELECT count(*) - count(${columnId(index)}) FROM ${relation}`,
    );
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

/** What a dataset can be split by: times, or numbers that stand for them; null for anything else. */
function timeExpression(index: number, family: StorageFamily): string {
  if (family === 'datetime' || family === 'string')
    return numberExpression(index, 'datetime', family === 'string');
  return family === 'number'
    ? `nullif(CAST(${columnId(index)} AS DOUBLE), 'nan')`
    : 'CAST(NULL AS DOUBLE)';
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
  relation: string,
  dataset: Dataset,
  index: number,
): Promise<LevelColumn> {
  const rows = await database.rows(
    `SELECT ${textExpression(dataset, index)} AS level, count(*) FROM ${relation} GROUP BY level ORDER BY level`,
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
  relation: string,
  dataset: Dataset,
  rowStart: number,
  rowEnd: number,
): Promise<(string | null)[][]> {
  if (![rowStart, rowEnd].every(Number.isSafeInteger) || rowStart < 0 || rowEnd < rowStart)
    throw new RangeError(`rows requires 0 <= rowStart <= rowEnd (got ${rowStart} and ${rowEnd})`);
  const list = dataset.columns.map((_, index) => textExpression(dataset, index)).join(', ');
  const sql = `SELECT ${list} FROM ${relation} LIMIT ${rowEnd - rowStart} OFFSET ${rowStart}`;
  return (await database.rows(sql)) as (string | null)[][];
}
