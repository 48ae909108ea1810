import type { Pair } from '../column.js';
import type { DriftReport, Finding, SideQuality } from '../contract.js';
import { columnGroups, type RowSample } from '../drift/groups.js';
import { linkedSets } from '../drift/linkedSets.js';
import type { ColumnPairing } from '../drift/pairColumns.js';
import { twinCandidates } from '../drift/twinCandidates.js';
import type { SampledColumn } from '../scan/scan.js';
import type { RowScan } from './rememberedScans.js';

/** Rows and values beyond which equal rows are not counted: it would take as long as the rest. */
const mostRowCount = 2_000_000;
const mostValueCount = 5_000_000;
const mostValueCountInMemory = 1_000_000;
const sampleRowCount = 5_000;
/** Columns of that sample, the clearest drift first. */
const sampleColumnCount = 200;
/** Pairs of columns that are compared value by value. */
const mostTwinCount = 100;

type Columns = ColumnPairing['columns'];

/** What takes whole rows to tell, when all columns are judged. */
export async function readWholeRows(
  scans: Pair<RowScan>,
  columns: Columns,
  { columns: findings, options }: DriftReport,
): Promise<Required<Pick<DriftReport, 'groups' | 'quality'>>> {
  // each side has a database of its own
  const [sample, reference, current] = await Promise.all([
    readSample(scans.current, columns, findings, options.missingValues, options.seed),
    readQuality('reference', scans, columns, findings),
    readQuality('current', scans, columns, findings),
  ]);
  return { groups: columnGroups(findings, sample), quality: { reference, current } };
}

/** Of the drifted columns on the current side; null where fewer than two drifted. */
async function readSample(
  scan: RowScan,
  columns: Columns,
  findings: readonly Finding[],
  missingValues: Record<string, string[]>,
  seed: number,
): Promise<RowSample | null> {
  const indexes = new Map(columns.map(({ name, index }) => [name, index.current]));
  const drifted = findings
    .filter(({ name, verdict }) => verdict === 'drifted' && missingValues[name] === undefined)
    .slice(0, sampleColumnCount);
  if (drifted.length < 2) return null;
  const wanted = drifted.map(({ name, kind }): SampledColumn => {
    const as = kind === 'datetime' ? 'datetime' : kind === 'numeric' ? 'number' : 'presence';
    return { index: indexes.get(name) as number, as };
  });
  const values = await scan.sampledRows(wanted, sampleRowCount, seed);
  return {
    rowCount: values[0]?.length ?? 0,
    values: new Map(drifted.map(({ name }, i) => [name, values[i] as Float64Array])),
  };
}

async function readQuality(
  side: 'reference' | 'current',
  scans: Pair<RowScan>,
  columns: Columns,
  findings: readonly Finding[],
): Promise<SideQuality> {
  const scan = scans[side];
  const { rowCount, columnCount, format } = scan.dataset;
  const mostCount = format === 'memory' ? mostValueCountInMemory : mostValueCount;
  const isSmall = rowCount <= mostRowCount && rowCount * columnCount <= mostCount;
  const indexes = new Map(columns.map(({ name, index }) => [name, index[side]]));
  const pairs = isSmall ? twinCandidates(findings, side).slice(0, mostTwinCount) : [];
  const areSame = await scan.areSame(
    pairs.map(([left, right]) => [indexes.get(left) as number, indexes.get(right) as number]),
  );
  const same = pairs.filter((_, i) => areSame[i]);
  const names = [...new Set(same.flat())];
  return {
    duplicateRowCount: isSmall ? await scan.duplicateRowCount() : null,
    sameColumns: linkedSets(names, (left, right) =>
      same.some((pair) => pair.includes(left) && pair.includes(right)),
    ),
  };
}
