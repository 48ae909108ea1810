import { totalmem } from 'node:os';
import type { ColumnPair, Pair } from '../column.js';
import type { ResolvedOptions } from '../contract.js';
import type { ColumnEvidence } from '../drift/measureColumn.js';
import type { ColumnPairing } from '../drift/pairColumns.js';
import { readColumnPair } from '../scan/readColumnPair.js';
import type { ColumnProfile, Scan } from '../scan/scan.js';
import { type Measurers, ownThread } from './measurers.js';
import { orderStreams } from './orderStreams.js';

export interface MeasureContext {
  signal: AbortSignal;
  measurers?: Measurers | undefined;
  /** For the whole comparison. */
  memoryBytes?: number | undefined;
}

/**
 * Measures paired columns, as many at a time as there are measurers; the next ones are read meanwhile. Answers come
 * in the order of the columns.
 */
export async function* measurePairs(
  opened: Pair<Scan>,
  columns: ColumnPairing['columns'],
  options: ResolvedOptions,
  { signal, measurers: asked = ownThread, memoryBytes = totalmem() / 4 }: MeasureContext,
): AsyncGenerator<ColumnEvidence> {
  const scans = await withoutMissing(opened, columns, options);
  const [reference, current] = await Promise.all([
    scans.reference.profiles(columns.map(({ index }) => index.reference)),
    scans.current.profiles(columns.map(({ index }) => index.current)),
  ]);
  const rowCount = scans.reference.dataset.rowCount + scans.current.dataset.rowCount;
  const measurers = rowCount * columns.length < fewValueCount ? ownThread : asked;
  // then a second measurer takes the time of who reads, and a tenth more memory
  const isLong = rowCount > longCount && rowCount < veryLongCount;
  const atOnce = Math.max(1, measurers.count - (isLong ? 1 : 0));
  // half of the memory is the data engine's; of the rest each measurer holds a pair, another is read, and that twice
  const largestHeldCount = Math.floor(memoryBytes / 2 / 8 / (atOnce + 2));
  const input = { scans, columns, profiles: { reference, current }, options, largestHeldCount };
  const spare: ArrayBuffer[] = [];
  const measuring: Measuring[] = [];
  let reading = readPair(input, 0, spare);
  try {
    for (let position = 0; position < columns.length; position++) {
      const pair = await reading;
      if (!pair) throw new RangeError(`no pair of columns at ${position}`);
      if (measuring.length >= atOnce) yield await (measuring.shift() as Measuring);
      const measured = measurers.measure(pair, options, signal).then(({ evidence, buffers }) => {
        spare.push(...buffers);
        return evidence;
      });
      measuring.push(measured);
      reading = readPair(input, position + 1, spare);
      // whoever awaits them later gets their errors
      for (const work of [measured, reading]) work.catch(() => {});
    }
    while (measuring.length > 0) yield await (measuring.shift() as Measuring);
  } finally {
    await Promise.allSettled([reading, ...measuring]);
  }
}

/** Values with which starting threads takes longer than measuring. */
const fewValueCount = 1_000_000;
/** Rows of both sides between which reading takes half as long as measuring. */
const longCount = 1_000_000;
const veryLongCount = 5_000_000;
/** Values of a streamed column that are always held: 24 MB while they are sorted. */
const leastChosenCount = 1_000_000;

type Measuring = Promise<ColumnEvidence>;

interface Input {
  scans: Pair<Scan>;
  columns: ColumnPairing['columns'];
  profiles: Pair<ColumnProfile[]>;
  options: ResolvedOptions;
  largestHeldCount: number;
}

/** Null beyond the last column. */
async function readPair(
  { scans, columns, profiles, options, largestHeldCount }: Input,
  position: number,
  spare: ArrayBuffer[],
): Promise<ColumnPair | null> {
  const column = columns[position];
  if (!column) return null;
  const [reference, current] = [profiles.reference[position], profiles.current[position]];
  if (!reference || !current) throw new RangeError(`no profile of column ${position}`);
  const { kinds, missingValues, seed } = options;
  const pair = await readColumnPair(
    scans,
    { ...column, profile: { reference, current } },
    {
      kind: kinds[column.name],
      missingValues: missingValues[column.name],
      ...{ seed, spare, largestHeldCount },
    },
  );
  return orderStreams(pair, options, Math.max(leastChosenCount, largestHeldCount / 4));
}

/** Before anything is profiled: a spelling of *missing* must not tell a column's kind. */
async function withoutMissing(
  scans: Pair<Scan>,
  columns: ColumnPairing['columns'],
  { missingValues }: ResolvedOptions,
): Promise<Pair<Scan>> {
  const named = columns.filter(({ name }) => missingValues[name] !== undefined);
  if (named.length === 0) return scans;
  const texts = (side: 'reference' | 'current') =>
    new Map(named.map(({ name, index }) => [index[side], missingValues[name] ?? []]));
  return {
    reference: await scans.reference.without(texts('reference')),
    current: await scans.current.without(texts('current')),
  };
}
