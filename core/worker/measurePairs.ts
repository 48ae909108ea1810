import type { Pair } from '../column.js';
import type { ResolvedOptions } from '../contract.js';
import { type ColumnEvidence, measureColumn } from '../drift/measureColumn.js';
import type { ColumnPairing } from '../drift/pairColumns.js';
import { readColumnPair } from '../scan/readColumnPair.js';
import type { Scan } from '../scan/scan.js';

/** Reads and measures paired columns, one after the other. */
export async function* measurePairs(
  opened: Pair<Scan>,
  columns: ColumnPairing['columns'],
  options: ResolvedOptions,
): AsyncGenerator<ColumnEvidence> {
  const scans = await withoutMissing(opened, columns, options);
  const profiles = {
    reference: await scans.reference.profiles(columns.map(({ index }) => index.reference)),
    current: await scans.current.profiles(columns.map(({ index }) => index.current)),
  };
  for (const [position, column] of columns.entries()) {
    const reference = profiles.reference[position];
    const current = profiles.current[position];
    if (!reference || !current) throw new RangeError(`no profile of column ${position}`);
    const pair = await readColumnPair(
      scans,
      { ...column, profile: { reference, current } },
      {
        kind: options.kinds[column.name],
        missingValues: options.missingValues[column.name],
        seed: options.seed,
      },
    );
    yield measureColumn(pair, options);
  }
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
