import type { NumberColumn } from '../column.js';
import type { Dataset } from '../contract.js';
import type { Database } from './database.js';
import type { CodedColumn, NumberReading } from './scan.js';

/** Values at the rows that joint counts look at, kept while columns go by. */
export interface KeptRows {
  /** From now on values are kept. */
  expect(rowCount: number, seed: number): void;
  keep(index: number, reading: NumberReading, column: NumberColumn): Promise<void>;
  /** In the order of their rows; null where the column has to be read. */
  valuesOf(column: CodedColumn, rowCount: number, seed: number): Float64Array | null;
}

/** Where rows are no more times as many, they are read again in no time. */
const leastTimes = 5;
/** Of more, most would be kept in vain. */
const mostColumns = 100;

export function createKeptRows(database: Database, dataset: Dataset): KeptRows {
  const kept = new Map<string, Float64Array>();
  let expected: { rowCount: number; seed: number } | null = null;
  let rows: Promise<Float64Array> | null = null;
  return {
    expect: (rowCount, seed) => {
      const isWorthIt =
        dataset.rowCount >= leastTimes * rowCount && dataset.columns.length <= mostColumns;
      expected = isWorthIt ? { rowCount, seed } : null;
    },
    keep: async (index, reading, { values, infiniteCount }) => {
      // what is infinite has become missing
      if (!expected || reading === 'length' || infiniteCount > 0) return;
      rows ??= readRowNumbers(database, dataset, expected.rowCount, expected.seed);
      const numbers = await rows;
      kept.set(
        keyOf(index, reading),
        numbers.map((row) => values[row] as number),
      );
    },
    valuesOf: ({ index, cut }, rowCount, seed) => {
      if (expected?.rowCount !== rowCount || expected.seed !== seed) return null;
      const reading = cut.by === 'edges' ? cut.reading : 'number';
      if (cut.by === 'levels' && cut.reading !== 'number') return null;
      return kept.get(keyOf(index, reading)) ?? null;
    },
  };
}

function keyOf(index: number, reading: NumberReading): string {
  return `${reading} ${index}`;
}

/** One of each stretch of equal length, 0-based, as a statement. */
export function chosenNumbers(
  { rowCount }: Pick<Dataset, 'rowCount'>,
  count: number,
  seed: number,
): string {
  const start = (stretch: string) =>
    `((${stretch} * ${rowCount}::BIGINT + ${count - 1}) // ${count})`;
  const length = `(${start('(k + 1)')} - ${start('k')})::UBIGINT`;
  const place = `(hash(xor(hash(k), hash(${seed}::BIGINT))) % ${length})::BIGINT`;
  return `SELECT ${start('k')} + ${place} FROM range(0, ${count}) AS stretches(k)`;
}

async function readRowNumbers(
  database: Database,
  dataset: Dataset,
  count: number,
  seed: number,
): Promise<Float64Array> {
  const numbers = new Float64Array(count);
  let read = 0;
  await database.numbers(
    `SELECT n::DOUBLE FROM (${chosenNumbers(dataset, count, seed)}) AS chosen(n) ORDER BY n`,
    count,
    (items) => {
      numbers.set(items, read);
      read += items.length;
    },
  );
  return numbers;
}
