import type { Pair } from '../column.js';
import type { Dataset, Side } from '../contract.js';
import type { CodedColumn, SampledColumn, Scan } from '../scan/scan.js';
import { type Memory, remembered } from './createMemories.js';

/** What is asked of whole rows when all columns are judged. */
export type RowScan = Pick<
  Scan,
  'dataset' | 'duplicateRowCount' | 'areSame' | 'sampledRows' | 'codedRows'
>;

/** Scans that read only what is not known. */
export function rememberedScans(
  datasets: Pair<Dataset>,
  scans: () => Promise<Pair<Scan>>,
  memory: Memory,
): Pair<RowScan> {
  const scanOf = (side: Side): RowScan => ({
    dataset: datasets[side],
    duplicateRowCount: () =>
      remembered(memory, ['duplicates', side], async () =>
        (await scans())[side].duplicateRowCount(),
      ),
    areSame: (pairs) =>
      each(
        memory,
        pairs,
        (pair) => ['same', side, pair],
        async (unknown) => (await scans())[side].areSame(unknown),
      ),
    sampledRows: (columns, rowCount, seed) =>
      each(
        memory,
        columns,
        ({ index, as }: SampledColumn) => ['sampled', side, index, as, rowCount, seed],
        async (unknown) => (await scans())[side].sampledRows(unknown, rowCount, seed),
      ),
    codedRows: (columns, rowCount, seed) =>
      each(
        memory,
        columns,
        (column: CodedColumn) => ['coded', side, column, rowCount, seed],
        async (unknown) => (await scans())[side].codedRows(unknown, rowCount, seed),
      ),
  });
  return { reference: scanOf('reference'), current: scanOf('current') };
}

/** One answer for each item; those that are not known are read at once. */
async function each<T, V>(
  memory: Memory,
  items: readonly T[],
  keyOf: (item: T) => unknown,
  read: (unknown: T[]) => Promise<V[]>,
): Promise<V[]> {
  const known = items.map((item) => memory.get<V>(keyOf(item)));
  const unknown = items.filter((_, i) => known[i] === undefined);
  const values = unknown.length > 0 ? await read(unknown) : [];
  for (const [i, item] of unknown.entries()) memory.set(keyOf(item), values[i]);
  return known.map((value) => value ?? (values.shift() as V));
}
