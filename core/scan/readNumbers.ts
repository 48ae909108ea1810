import type { NumberColumn, NumberStream } from '../column.js';
import type { Dataset } from '../contract.js';
import { DriftError, messages } from '../errors.js';
import type { Database } from './database.js';
import { numberExpression } from './expressions.js';
import type { ParquetNumbers } from './parquetNumbers.js';
import { type NumberReading, storageFamily } from './scan.js';
import { columnId } from './sql.js';

/** Values that are read ahead at once: a column of so few takes less time to read than to ask for. */
const aheadValueCount = 160_000;
const mostAhead = 16;

/**
 * Reads columns of numbers; short ones together with those that stand behind them, which are likely to be asked for next.
 *
 * @param direct - for long ones, where the relation is Parquet files as they stand
 */
export function createNumberReader(
  database: Database,
  relation: string,
  dataset: Dataset,
  direct: ParquetNumbers | null,
): (index: number, reading: NumberReading, spare?: ArrayBuffer[]) => Promise<NumberColumn> {
  const ahead = new Map<number, NumberColumn>();
  const { columns, rowCount } = dataset;
  const atOnce = Math.min(mostAhead, Math.floor(aheadValueCount / Math.max(1, rowCount)));
  const isNumber = (index: number) =>
    storageFamily(columns[index]?.storageType ?? '') === 'number' && !ahead.has(index);
  return async (index, reading, spare = []) => {
    const known = reading === 'number' ? ahead.get(index) : undefined;
    if (known) {
      ahead.delete(index);
      return known;
    }
    if (direct && reading === 'number' && atOnce < 2) {
      const values = takeMemory(rowCount, spare);
      const column = await direct.read(index, values);
      if (column) return column;
      spare.push(values.buffer as ArrayBuffer);
    }
    const indexes = [index];
    const isShort = reading === 'number' && isNumber(index);
    for (let next = index + 1; isShort && indexes.length < atOnce && next < columns.length; next++)
      if (isNumber(next)) indexes.push(next);
    const read = await readNumbers(database, relation, dataset, indexes, reading, spare);
    const [first, ...others] = read;
    others.forEach((column, i) => void ahead.set(indexes[i + 1] as number, column));
    return first as NumberColumn;
  };
}

async function readNumbers(
  database: Database,
  relation: string,
  dataset: Dataset,
  indexes: readonly number[],
  reading: NumberReading,
  spare: ArrayBuffer[],
): Promise<NumberColumn[]> {
  const { rowCount } = dataset;
  const isString = (index: number) =>
    storageFamily(dataset.columns[index]?.storageType ?? '') === 'string';
  const collectors = indexes.map(() => createCollector(dataset, takeMemory(rowCount, spare)));
  const list = indexes.map((index) => numberExpression(index, reading, isString(index)));
  await database.numbers(
    `SELECT ${list.join(', ')} FROM ${relation}`,
    rowCount,
    (items, validity, position) => collectors[position]?.add(items, validity),
  );
  return Promise.all(
    collectors.map(async ({ collected }, position) => {
      const column = collected();
      const index = indexes[position] as number;
      const isParsed = isString(index) && reading !== 'length';
      const { missingCount } = column;
      return {
        ...column,
        unparsedCount: await unparsedCount(database, relation, index, isParsed, missingCount),
      };
    }),
  );
}

function createCollector(dataset: Dataset, values: Float64Array) {
  const missingMask = new Uint8Array((dataset.rowCount + 7) >> 3);
  let row = 0;
  let infiniteCount = 0;
  let absentCount = 0;
  return {
    add(items: Float64Array, validity: Uint8Array | null): void {
      if (row + items.length > values.length) throw changed(dataset);
      values.set(items, row);
      if (validity === null && areFinite(items)) {
        row += items.length;
        return;
      }
      for (let i = 0; i < items.length; i++, row++) {
        const isNull = validity !== null && (((validity[i >> 3] as number) >> (i & 7)) & 1) === 0;
        const value = isNull ? Number.NaN : (items[i] as number);
        if (value - value === 0) continue;
        values[row] = Number.NaN;
        missingMask[row >> 3] = (missingMask[row >> 3] as number) | (1 << (row & 7));
        absentCount++;
        if (!Number.isNaN(value)) infiniteCount++;
      }
    },
    collected(): Omit<NumberColumn, 'unparsedCount'> {
      if (row !== dataset.rowCount) throw changed(dataset);
      return {
        values,
        missingMask: absentCount > 0 ? missingMask : null,
        missingCount: absentCount - infiniteCount,
        infiniteCount,
      };
    },
  };
}

function changed({ name }: Dataset): DriftError {
  return new DriftError('file-damaged', messages.fileChanged(name));
}

/** A column that is read anew for every pass. */
export function numberStream(
  database: Database,
  relation: string,
  dataset: Dataset,
  index: number,
  reading: NumberReading,
  direct: ParquetNumbers | null,
  whole: <T>(reading: Promise<T>) => Promise<T>,
): NumberStream {
  const isString = storageFamily(dataset.columns[index]?.storageType ?? '') === 'string';
  const expression = numberExpression(index, reading, isString);
  const read = (from: string, onChunk: (values: Float64Array) => void) => {
    let held = new Float64Array(0);
    return database.numbers(`SELECT ${expression} FROM ${from}`, Infinity, (items, validity) => {
      if (held.length < items.length) held = new Float64Array(items.length);
      held.set(items);
      for (let i = 0; validity !== null && i < items.length; i++) {
        if ((((validity[i >> 3] as number) >> (i & 7)) & 1) === 0) held[i] = Number.NaN;
      }
      onChunk(held.subarray(0, items.length));
    });
  };
  const pass = async (onChunk: (values: Float64Array) => void) => {
    const passed = direct && reading === 'number' ? await direct.pass(index, onChunk) : 0;
    if (passed === dataset.rowCount) return;
    let row = 0;
    await read(relation, (values) => {
      const known = Math.min(values.length, Math.max(0, passed - row));
      row += values.length;
      if (known < values.length) onChunk(values.subarray(known));
    });
  };
  return {
    name: dataset.name,
    rowCount: dataset.rowCount,
    unparsedCount: (missingCount) =>
      whole(
        unparsedCount(database, relation, index, isString && reading !== 'length', missingCount),
      ),
    pass: (onChunk) => whole(pass(onChunk)),
    sample: async (share, seed) => {
      const parts: Float64Array[] = [];
      const percent = Math.min(100, 100 * share);
      const from = `(SELECT * FROM ${relation} USING SAMPLE ${percent}% (bernoulli, ${seed}))`;
      await whole(read(from, (values) => parts.push(values.slice())));
      return Float64Array.from(parts.flatMap((part) => Array.from(part)));
    },
  };
}

/** Of values without a number: those that are not null. */
async function unparsedCount(
  database: Database,
  relation: string,
  index: number,
  isParsed: boolean,
  missingCount: number,
): Promise<number> {
  if (!isParsed || missingCount === 0) return 0;
  const counted = await database.rows(
    `SELECT count(*) - count(${columnId(index)}) FROM ${relation}`,
  );
  return missingCount - Number(counted[0]?.[0]);
}

/** Memory that was in use before is quicker to fill than new one. */
function takeMemory(length: number, spare: ArrayBuffer[]): Float64Array {
  const at = spare.findIndex(({ byteLength }) => byteLength === 8 * length);
  const [memory] = at < 0 ? [] : spare.splice(at, 1);
  return memory ? new Float64Array(memory) : new Float64Array(length);
}

function areFinite(items: Float64Array): boolean {
  let sum = 0;
  for (let i = 0; i < items.length; i++) sum += (items[i] as number) - (items[i] as number);
  return sum === 0;
}
