import type { Pair } from '../column.js';
import type { Baseline, Dataset, ResolvedOptions } from '../contract.js';
import { judge } from '../drift/judge.js';
import { withLimits } from '../drift/limits.js';
import type { ColumnPairing } from '../drift/pairColumns.js';
import { badOption, quoted } from '../errors.js';
import type { Scan } from '../scan/scan.js';
import { columnEvidence } from './columnEvidence.js';
import { type Memory, remembered } from './createMemories.js';
import type { MeasureContext } from './measurePairs.js';

const listedCount = 20;

/** The reference, read when something of it is not known. */
export interface Reference {
  scan: () => Promise<Scan>;
  dataset: Dataset;
  memory: Memory;
}

/**
 * The reference against itself, half by half: what differs there is no drift but a reference that is not
 * of one piece.
 */
export async function compareHalves(
  { scan, dataset, memory }: Reference,
  columns: ColumnPairing['columns'],
  options: ResolvedOptions,
  context: MeasureContext,
): Promise<Baseline> {
  const { timestamp, seed } = options;
  // it need not be among the columns that are compared
  const index = dataset.columns.findIndex(({ name }) => name === timestamp);
  const by = index < 0 ? { seed } : { index };
  let split: Promise<Pair<Scan>> | null = null;
  const halves = () => {
    split ??= scan().then((whole) => whole.halves(by));
    return split;
  };
  const rowCounts = await remembered(memory, ['halves', by], async () => {
    const { reference, current } = await halves();
    return [reference.dataset.rowCount, current.dataset.rowCount];
  });
  if (Math.min(...rowCounts) === 0) {
    const why =
      timestamp === null
        ? 'the reference has too few rows to be split for a baseline'
        : `the times in ${quoted(timestamp)} do not part the reference in two`;
    throw badOption(why);
  }
  // a column that splits the halves differs between them by that alone
  const compared = columns
    .filter(({ name }) => name !== timestamp)
    .map(({ name, index }) => ({
      name,
      index: { reference: index.reference, current: index.reference },
    }));
  const measured = [];
  const usual = { ...options, measures: [], profile: null };
  const source = { rows: `halves ${JSON.stringify(by)}`, scans: halves, memory };
  for await (const evidence of columnEvidence(source, compared, usual, context)) {
    measured.push(withLimits(evidence, options));
  }
  const { findings } = judge(measured, options);
  const countOf = (wanted: string) => findings.filter(({ verdict }) => verdict === wanted).length;
  return {
    split: timestamp === null ? 'random' : 'time',
    timestamp,
    driftedCount: countOf('drifted'),
    inconclusiveCount: countOf('inconclusive'),
    columns: findings
      .filter(({ verdict }) => verdict === 'drifted' || verdict === 'inconclusive')
      .slice(0, listedCount)
      .map(({ name, verdict, reason, effect }) => ({ name, verdict, reason, effect })),
  };
}
