import type { Baseline, ResolvedOptions } from '../contract.js';
import { judge } from '../drift/judge.js';
import type { ColumnPairing } from '../drift/pairColumns.js';
import { DriftError, messages, quoted } from '../errors.js';
import type { Scan } from '../scan/scan.js';
import { type MeasureContext, measurePairs } from './measurePairs.js';

const listedCount = 20;

/**
 * The reference against itself, half by half: what differs there is no drift but a reference that is not
 * of one piece.
 */
export async function compareHalves(
  scan: Scan,
  columns: ColumnPairing['columns'],
  options: ResolvedOptions,
  context: MeasureContext,
): Promise<Baseline> {
  const { timestamp, seed } = options;
  // it need not be among the columns that are compared
  const index = scan.dataset.columns.findIndex(({ name }) => name === timestamp);
  const halves = await scan.halves(index < 0 ? { seed } : { index });
  if (Math.min(halves.reference.dataset.rowCount, halves.current.dataset.rowCount) === 0) {
    const why =
      timestamp === null
        ? 'the reference has too few rows to be split for a baseline'
        : `the times in ${quoted(timestamp)} do not part the reference in two`;
    throw new DriftError('bad-option', messages.badOption(why));
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
  for await (const evidence of measurePairs(halves, compared, usual, context)) {
    measured.push(evidence);
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
