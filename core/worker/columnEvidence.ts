import type { Pair } from '../column.js';
import type { ResolvedOptions } from '../contract.js';
import type { ColumnEvidence } from '../drift/measureColumn.js';
import type { ColumnPairing } from '../drift/pairColumns.js';
import type { Scan } from '../scan/scan.js';
import type { Memory } from './createMemories.js';
import { type MeasureContext, measurePairs } from './measurePairs.js';

export interface EvidenceSource {
  /** What tells these rows from others of the same pair. */
  rows: string;
  scans: () => Promise<Pair<Scan>>;
  memory: Memory;
}

/** Evidence of paired columns in their order; only columns of which it is not known are read and measured. */
export async function* columnEvidence(
  { rows, scans, memory }: EvidenceSource,
  columns: ColumnPairing['columns'],
  options: ResolvedOptions,
  context: MeasureContext,
): AsyncGenerator<ColumnEvidence> {
  const keys = columns.map((column) => [rows, ...measuringOptions(column, options)]);
  const known = keys.map((key) => memory.get<ColumnEvidence>(key));
  const unknown = columns.filter((_, i) => known[i] === undefined);
  const measuring =
    unknown.length > 0 ? measurePairs(await scans(), unknown, options, context) : null;
  try {
    for (const [i, key] of keys.entries()) {
      const evidence = known[i] ?? (await measuring?.next())?.value;
      if (!evidence) throw new RangeError(`no evidence of column ${i}`);
      memory.set(key, evidence);
      yield evidence;
    }
  } finally {
    await measuring?.return(undefined);
  }
}

/** All that a column's evidence depends on, beside its values. Limits, level and correction only judge it. */
function measuringOptions(
  { name, index }: ColumnPairing['columns'][number],
  { kinds, missingValues, binEdges, bins, measures, profile, seed }: ResolvedOptions,
): unknown[] {
  const own = [kinds, missingValues, binEdges].map((byColumn) => byColumn[name] ?? null);
  return [name, index.reference, index.current, ...own, bins, measures, profile, seed];
}
