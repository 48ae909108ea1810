import type { LevelColumn, WordColumn } from '../column.js';
import type { Dataset } from '../contract.js';
import { readCodedRows } from './codedRows.js';
import type { Database } from './database.js';
import { drawRows } from './drawRows.js';
import { numberExpression, textExpression } from './expressions.js';
import { createKeptRows } from './keptRows.js';
import type { ParquetNumbers } from './parquetNumbers.js';
import { createNumberReader, numberStream } from './readNumbers.js';
import {
  type ColumnProfile,
  type HalvesBy,
  levelLimit,
  type Scan,
  type StorageFamily,
  storageFamily,
  wordSampleCount,
} from './scan.js';
import { columnId, literal } from './sql.js';
import { areSameColumns, countDuplicateRows, readSampledRows } from './wholeRows.js';

/** Rows that are looked at to tell whether there are values, and whether strings read as numbers or dates. */
const sampleRowCount = 20_000;
const listsAtOnce = 50;
/** Distinct values among those rows with which a column's levels are counted at once. */
const fewLevelCount = 2_000;

/**
 * A table or view with columns c0, c1, ... as a scan.
 *
 * @param whole - turns what goes wrong while reading into a sentence
 * @param direct - reads numbers of the very same rows, where it can
 */
export function createRelationScan(
  database: Database,
  relation: string,
  dataset: Dataset,
  whole: <T>(reading: Promise<T>) => Promise<T>,
  direct: ParquetNumbers | null = null,
): Scan {
  /** Levels that profiles were told by; they are asked for again. */
  const counted = new Map<number, LevelColumn>();
  const readNumbers = createNumberReader(database, relation, dataset, direct);
  const kept = createKeptRows(database, dataset);
  return {
    dataset,
    profiles: (indexes) => whole(readProfiles(database, relation, dataset, indexes, counted)),
    numbers: async (index, as, spare) => {
      const column = await whole(readNumbers(index, as, spare));
      await whole(kept.keep(index, as, column));
      return column;
    },
    stream: (index, as) => numberStream(database, relation, dataset, index, as, direct, whole),
    levels: async (index) =>
      copied(counted.get(index)) ?? whole(readLevels(database, relation, dataset, index)),
    words: (index, seed) => whole(readWordCounts(database, relation, dataset, index, seed)),
    rows: (rowStart, rowEnd) => whole(readRows(database, relation, dataset, rowStart, rowEnd)),
    drawRows: (rowCount, seed) => whole(drawRows(database, relation, dataset, rowCount, seed)),
    duplicateRowCount: () => whole(countDuplicateRows(database, relation, dataset)),
    areSame: (pairs) => whole(areSameColumns(database, relation, dataset, pairs)),
    sampledRows: (columns, rowCount, seed) =>
      whole(readSampledRows(database, relation, dataset, columns, rowCount, seed)),
    codedRows: (columns, rowCount, seed) =>
      whole(readCodedRows(database, relation, dataset, columns, rowCount, seed, kept)),
    expectCodedRows: kept.expect,
    without: (texts) => whole(readWithout(database, relation, dataset, texts, whole, direct)),
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
  direct: ParquetNumbers | null,
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
  // numbers are what they were
  return createRelationScan(database, name, dataset, whole, direct);
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

/**
 * Whether there are values, and how strings read, over the first rows; distinct counts of strings over all. A column
 * without values at its beginning is counted as a whole, one with few distinct values by value.
 */
async function readProfiles(
  database: Database,
  relation: string,
  dataset: Dataset,
  indexes: readonly number[],
  counted: Map<number, LevelColumn>,
): Promise<ColumnProfile[]> {
  const families = indexes.map((index) => storageFamily(dataset.columns[index]?.storageType ?? ''));
  const isSmall = dataset.rowCount <= sampleRowCount;
  const first = await readLists(
    database,
    indexes.map((index, position) =>
      sampleExpressions(index, families[position] as StorageFamily, dataset),
    ),
    (start, end) => {
      // a limit takes twice as long, and `*` as well where columns are many
      const ids = indexes.slice(start, end).map(columnId).join(', ');
      return isSmall ? relation : `(SELECT ${ids} FROM ${relation} LIMIT ${sampleRowCount})`;
    },
  );
  for (const [position, index] of indexes.entries()) {
    const isFew = Number(first[position]?.[1] ?? Infinity) <= fewLevelCount;
    if (families[position] !== 'string' || !isFew || counted.has(index)) continue;
    const levels = await readLevels(database, relation, dataset, index, levelLimit + 1);
    if (levels.levels.size <= levelLimit) counted.set(index, levels);
  }
  const whole = await readLists(
    database,
    indexes.map((index, position) => {
      const family = families[position];
      const isSeen = Number(first[position]?.[0] ?? 0) > 0 || isSmall;
      if (family === 'unsupported' || counted.has(index) || (family !== 'string' && isSeen))
        return [];
      const count = countExpression(index, dataset);
      return family === 'string' ? [count, `approx_count_distinct(${columnId(index)})`] : [count];
    }),
    () => relation,
  );
  return families.map((family, position) => {
    const [seen = 0, , ...shape] = first[position]?.map(Number) ?? [];
    const [meanLength = 0, meanWordCount = 0, numericShare = 0, datetimeShare = 0] = shape;
    const shares = { meanLength, meanWordCount, numericShare, datetimeShare };
    const known = counted.get(indexes[position] as number);
    const [count = known?.count ?? seen, approximate = known?.levels.size ?? 0] =
      whole[position]?.map(Number) ?? [];
    // spellings of one flag may differ in case
    const words = known && new Set(Array.from(known.levels.keys(), (word) => word.toLowerCase()));
    return {
      ...{ family, count, distinctCount: Math.min(count, approximate), ...shares },
      words: words && words.size <= 2 ? [...words].sort() : [],
    };
  });
}

/** Whoever gets levels may take values out of them. */
function copied(column: LevelColumn | undefined): LevelColumn | undefined {
  return column && { ...column, levels: new Map(column.levels) };
}

function countExpression(index: number, dataset: Dataset): string {
  const id = columnId(index);
  const isFloat = /^(FLOAT|DOUBLE)$/.test(dataset.columns[index]?.storageType ?? '');
  return isFloat ? `count(CASE WHEN NOT isnan(${id}) THEN 1 END)` : `count(${id})`;
}

function sampleExpressions(index: number, family: StorageFamily, dataset: Dataset): string[] {
  if (family === 'unsupported') return [];
  const id = columnId(index);
  const count = countExpression(index, dataset);
  if (family !== 'string') return [count];
  const text = `CAST(${id} AS VARCHAR)`;
  return [
    count,
    `approx_count_distinct(${id})`,
    `avg(length(${text}))`,
    `avg(1 + length(trim(${text})) - length(replace(trim(${text}), ' ', '')))`,
    // a code with leading zeros is no number
    `CASE WHEN bool_or(regexp_matches(${text}, '^\\s*[+-]?0[0-9]')) THEN 0
      ELSE count(TRY_CAST(trim(${text}) AS DOUBLE)) / greatest(count(${id}), 1) END`,
    // a time begins with a digit or a sign; to try words takes long
    `count(TRY_CAST(CASE WHEN ${text} < ':' THEN ${text} END AS TIMESTAMP)) / greatest(count(${id}), 1)`,
  ];
}

/**
 * One row of aggregates, in lists as they were asked for; some lists at a time, for DuckDB's plans grow with their square.
 *
 * @param from - what the lists from `start` to before `end` are taken from
 */
async function readLists(
  database: Database,
  lists: readonly (readonly string[])[],
  from: (start: number, end: number) => string,
): Promise<unknown[][]> {
  const answers: unknown[][] = [];
  for (let start = 0; start < lists.length; start += listsAtOnce) {
    const some = lists.slice(start, start + listsAtOnce);
    const all = some.flat();
    const values =
      all.length > 0
        ? ((
            await database.rows(`SELECT ${all.join(', ')} FROM ${from(start, start + listsAtOnce)}`)
          )[0] ?? [])
        : [];
    let next = 0;
    for (const list of some) {
      next += list.length;
      answers.push(values.slice(next - list.length, next));
    }
  }
  return answers;
}

/** What a dataset can be split by: times, or numbers that stand for them; null for anything else. */
function timeExpression(index: number, family: StorageFamily): string {
  if (family === 'datetime' || family === 'string')
    return numberExpression(index, 'datetime', family === 'string');
  return family === 'number'
    ? `nullif(CAST(${columnId(index)} AS DOUBLE), 'nan')`
    : 'CAST(NULL AS DOUBLE)';
}

async function readLevels(
  database: Database,
  relation: string,
  dataset: Dataset,
  index: number,
  limit?: number,
): Promise<LevelColumn> {
  const rows = await database.rows(
    `SELECT ${textExpression(dataset, index)} AS level, count(*) FROM ${relation} GROUP BY level
     ORDER BY level${limit === undefined ? '' : ` LIMIT ${limit}`}`,
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
