import type { ColumnGroup, Finding } from '../contract.js';
import { averageRanks, rankCorrelation } from '../stats/spearman.js';
import { commonFactor, commonShift } from './commonChange.js';
import { linkedSets } from './linkedSets.js';
import { counted, grouped, number, percent } from './words.js';

/** A sample of the current rows: one array per column, NaN where there is no value. */
export interface RowSample {
  rowCount: number;
  /** By column name. For what is no number: 1 where there is a value. */
  values: ReadonlyMap<string, Float64Array>;
}

const linkingCorrelation = 0.7;
const linkingOverlap = 0.8;
/** Columns that are looked at for correlations: all pairs of them. */
const mostRankedCount = 60;

/** Drifted columns that have something in common; none where fewer than two drifted. */
export function columnGroups(
  findings: readonly Finding[],
  sample: RowSample | null,
): ColumnGroup[] {
  const drifted = findings.filter(({ verdict }) => verdict === 'drifted');
  const byFactor = factorGroups(drifted);
  const rescaled = new Set(byFactor.flatMap(({ columns }) => columns));
  const groups = [
    ...missingGroups(drifted, sample),
    ...byFactor,
    ...shiftGroups(drifted.filter(({ name }) => !rescaled.has(name))),
    ...nameGroups(findings),
    ...(sample === null ? [] : correlationGroups(drifted, sample)),
  ];
  return withoutTwins(groups).sort((a, b) => b.columns.length - a.columns.length);
}

/** The same columns by two kinds of evidence are one group. */
function withoutTwins(groups: ColumnGroup[]): ColumnGroup[] {
  const byColumns = new Map<string, ColumnGroup>();
  for (const group of groups) {
    const key = JSON.stringify([...group.columns].sort());
    const twin = byColumns.get(key);
    const statement = twin ? `${twin.statement} ${group.statement}` : group.statement;
    byColumns.set(key, { ...(twin ?? group), statement });
  }
  return [...byColumns.values()];
}

function missingGroups(drifted: readonly Finding[], sample: RowSample | null): ColumnGroup[] {
  const found = drifted.filter(({ channels }) => channels.missing.verdict === 'drifted');
  const overlapOf = (left: Finding, right: Finding) => {
    const [one, other] = [sample?.values.get(left.name), sample?.values.get(right.name)];
    return one && other ? missingOverlap([one, other]) : null;
  };
  const sets = linkedSets(found, (left, right) => {
    const overlap = overlapOf(left, right);
    return overlap === null ? missingAlike(left, right) : overlap >= linkingOverlap;
  });
  return sets.map((set) => {
    const sampled = set.flatMap(({ name }) => sample?.values.get(name) ?? []);
    const overlap = sampled.length === set.length ? missingOverlap(sampled) : null;
    const shares = `missing ${range(set.map(referenceMissing), percent)} → ${range(set.map(currentMissing), percent)}`;
    const statement =
      overlap === null
        ? `Their share of missing values changed alike (${shares}).`
        : `They are missing in the same rows: of the current rows that lack one of them, ${percent(overlap)} lack all (${shares}).`;
    return { by: 'missing', columns: set.map(({ name }) => name), statement };
  });
}

/** Rows that lack all of the columns, as a share of those that lack one; null where none does. */
function missingOverlap(columns: readonly Float64Array[]): number | null {
  let [all, any] = [0, 0];
  for (let row = 0; row < (columns[0]?.length ?? 0); row++) {
    const lacking = columns.filter((values) => Number.isNaN(values[row])).length;
    if (lacking > 0) any++;
    if (lacking === columns.length) all++;
  }
  return any === 0 ? null : all / any;
}

function missingAlike(left: Finding, right: Finding): boolean {
  const isNear = (one: number, other: number) => Math.abs(one - other) <= 0.005;
  return (
    isNear(referenceMissing(left), referenceMissing(right)) &&
    isNear(currentMissing(left), currentMissing(right))
  );
}

const referenceMissing = ({ reference }: Finding) => missingShare(reference);
const currentMissing = ({ current }: Finding) => missingShare(current);

function missingShare({ count, missingCount }: Finding['current']): number {
  return missingCount / Math.max(1, count + missingCount);
}

function factorGroups(drifted: readonly Finding[]): ColumnGroup[] {
  const changed = drifted.flatMap((finding) => {
    const factor = commonFactor(finding);
    return factor === null ? [] : [{ name: finding.name, factor }];
  });
  const sets = linkedSets(changed, (left, right) => {
    const [one, other] = [Math.log(left.factor), Math.log(right.factor)];
    return Math.abs(one - other) <= Math.min(0.1, 0.25 * Math.abs(one), 0.25 * Math.abs(other));
  });
  return sets.map((set) => ({
    by: 'factor',
    columns: set.map(({ name }) => name),
    statement: `All their values are about ${factorWords(set.map(({ factor }) => factor))}.`,
  }));
}

function factorWords(factors: number[]): string {
  const factor = factors.sort((a, b) => a - b)[factors.length >> 1] as number;
  if (factor >= 2) return `${number(factor)} times larger`;
  if (factor <= 0.5) return `${number(1 / factor)} times smaller`;
  return `${percent(Math.abs(factor - 1))} ${factor > 1 ? 'higher' : 'lower'}`;
}

/** Three at least: two columns move alike by chance too easily. */
function shiftGroups(drifted: readonly Finding[]): ColumnGroup[] {
  const changed = drifted.flatMap((finding) => {
    const shift = commonShift(finding);
    return shift === null ? [] : [{ name: finding.name, shift }];
  });
  const sets = linkedSets(
    changed,
    (left, right) =>
      left.shift * right.shift > 0 && Math.abs(Math.log(left.shift / right.shift)) <= 0.2,
  );
  return sets
    .filter(({ length }) => length >= 3)
    .map((set) => {
      const sizes = set.map(({ shift }) => Math.abs(shift));
      const direction = (set[0]?.shift ?? 0) > 0 ? 'higher' : 'lower';
      const statement = `The typical value of each is ${direction} by about the same: ${range(sizes, number)} of its spread.`;
      return { by: 'shift', columns: set.map(({ name }) => name), statement };
    });
}

/** Names that begin alike, where most of them drifted and of the others at most half as many. */
function nameGroups(findings: readonly Finding[]): ColumnGroup[] {
  const byPrefix = new Map<string, Finding[]>();
  for (const finding of findings) {
    const prefix = /^([^\s_.:/-]{2,}?[\s_.:/-]|\p{L}\p{Ll}+(?=\p{Lu}))/u.exec(finding.name)?.[0];
    if (prefix) byPrefix.set(prefix, [...(byPrefix.get(prefix) ?? []), finding]);
  }
  return [...byPrefix.values()].flatMap((named) => {
    const drifted = named.filter(({ verdict }) => verdict === 'drifted');
    const others = findings.filter((finding) => !named.includes(finding));
    const otherDrifted = others.filter(({ verdict }) => verdict === 'drifted').length;
    const share = drifted.length / named.length;
    const isTelling = others.length >= 3 && otherDrifted / others.length <= share / 2;
    if (drifted.length < 3 || share < 2 / 3 || !isTelling) return [];
    const statement = `Their names begin alike, and ${grouped(drifted.length)} of ${counted(named.length, 'such column')} drifted; of the ${grouped(others.length)} others, ${grouped(otherDrifted)} did.`;
    return [{ by: 'name' as const, columns: drifted.map(({ name }) => name), statement }];
  });
}

function correlationGroups(drifted: readonly Finding[], sample: RowSample): ColumnGroup[] {
  const ranked = drifted
    .filter(({ kind }) => kind === 'numeric' || kind === 'datetime')
    .flatMap(({ name }) => {
      const values = sample.values.get(name);
      return values ? [{ name, values }] : [];
    })
    .slice(0, mostRankedCount)
    .map(({ name, values }) => ({ name, ranks: averageRanks(values) }));
  const sizeOf = (left: (typeof ranked)[number], right: (typeof ranked)[number]) =>
    Math.abs(rankCorrelation(left.ranks, right.ranks) ?? 0);
  return linkedSets(ranked, (left, right) => sizeOf(left, right) >= linkingCorrelation).map(
    (set) => {
      const sizes = set
        .flatMap((left, i) => set.slice(i + 1).map((right) => sizeOf(left, right)))
        .filter((size) => size >= linkingCorrelation);
      const statement = `Their values rise and fall together in the current rows (rank correlation ${range(sizes, number)} in size, ${counted(sample.rowCount, 'row')} looked at).`;
      return { by: 'correlation', columns: set.map(({ name }) => name), statement };
    },
  );
}

/** `0.4 %`, or `0.4 % to 0.6 %` where they differ as written. */
function range(values: readonly number[], write: (value: number) => string): string {
  const [low, high] = [write(Math.min(...values)), write(Math.max(...values))];
  return low === high ? low : `${low} to ${high}`;
}
