import type { DriftReport, Finding, Kind, Side } from '../core/contract.js';
import { ownValue } from './askedOptions.js';
import { phraseOf } from './channelChanges.js';
import type { Trait } from './route.js';
import { collator, missingShare } from './useFindings.js';

/** One column of either dataset, with what is known of its values on each side. */
export interface QualityRow {
  name: string;
  /** Its place: the reference's columns in their order, then those that only the current side has. */
  position: number;
  /** Null for a column that is compared with nothing. */
  finding: Finding | null;
  kind: Kind | null;
  /** Null where the side has no such column. */
  types: Record<Side, string | null>;
  traits: Trait[];
  /** What stands out, in words. */
  remarks: Remark[];
}

export interface Remark {
  text: string;
  /** Names from the file that it speaks of. */
  names: string[];
}

/** All columns of both sides. */
export function qualityRows(report: DriftReport): QualityRow[] {
  const { reference, current, options, columns, schema } = report;
  const findings = new Map(columns.map((finding) => [finding.name, finding]));
  const typesOf = (side: Side) =>
    new Map(report[side].columns.map(({ name, storageType }) => [name, storageType]));
  const [referenceTypes, currentTypes] = [typesOf('reference'), typesOf('current')];
  const renamed = new Set(Object.values(options.renames));
  const onlyCurrent = current.columns.filter(
    ({ name }) => !referenceTypes.has(name) && !renamed.has(name),
  );
  const names = [...reference.columns, ...onlyCurrent].map(({ name }) => name);
  // a report may name no columns of its datasets
  const known = new Set(names);
  const all = [...names, ...columns.map(({ name }) => name).filter((name) => !known.has(name))];
  const retyped = new Set(schema.retyped.map(({ name }) => name));
  const sameAs = sameColumns(report);
  return all.map((name, position) => {
    const finding = findings.get(name) ?? null;
    const now = ownValue(options.renames, name) ?? name;
    const types = {
      reference: referenceTypes.get(name) ?? null,
      current: currentTypes.get(now) ?? null,
    };
    const row = { name, position, finding, kind: finding?.kind ?? null, types };
    return {
      ...row,
      traits: traitsOf(row, retyped.has(name)),
      remarks: [
        ...sideRemarks(row),
        ...(now === name ? [] : [{ text: 'is called in the current side', names: [now] }]),
        ...(finding === null ? [] : valueRemarks(finding)),
        ...(sameAs.get(name) ?? []),
      ],
    };
  });
}

type PlainRow = Omit<QualityRow, 'traits' | 'remarks'>;

function traitsOf({ finding, types }: PlainRow, isRetyped: boolean): Trait[] {
  const isOneSided = (types.reference === null) !== (types.current === null);
  const isMissing =
    finding !== null && finding.reference.missingCount + finding.current.missingCount > 0;
  const isChanged =
    finding !== null &&
    (['schema', 'missing', 'support'] as const).some(
      (channel) => finding.channels[channel].verdict === 'drifted',
    );
  return [
    ...(isChanged || isOneSided || isRetyped ? (['changed'] as const) : []),
    ...(isMissing ? (['missing'] as const) : []),
    ...(constantSides(finding).length > 0 ? (['constant'] as const) : []),
    ...(isRetyped ? (['retyped'] as const) : []),
    ...(isOneSided ? (['one-sided'] as const) : []),
  ];
}

function constantSides(finding: Finding | null): Side[] {
  if (finding === null) return [];
  const sides: Side[] = ['reference', 'current'];
  return sides.filter((side) => finding[side].count > 1 && finding[side].distinctCount === 1);
}

function sideRemarks({ finding, types: { reference, current } }: PlainRow): Remark[] {
  if (reference === null && current !== null)
    return [{ text: 'only in the current side', names: [] }];
  if (current === null && reference !== null) return [{ text: 'only in the reference', names: [] }];
  return finding === null ? [{ text: 'not compared', names: [] }] : [];
}

function valueRemarks(finding: Finding): Remark[] {
  const { reference, current, disguisedMissing } = finding;
  const constant = constantSides(finding);
  const empty = (['reference', 'current'] as const).filter(
    (side) => finding[side].count === 0 && finding[side].missingCount > 0,
  );
  const where = (sides: Side[]) => (sides.length === 2 ? 'on both sides' : `in the ${sides[0]}`);
  const infinite = reference.infiniteCount + current.infiniteCount;
  const unparsed = reference.unparsedCount + current.unparsedCount;
  return [
    ...(finding.channels.support.verdict === 'drifted'
      ? [{ text: phraseOf(finding, 'support'), names: [] }]
      : []),
    ...(constant.length > 0 ? [{ text: `one value ${where(constant)}`, names: [] }] : []),
    ...(empty.length > 0 ? [{ text: `no values ${where(empty)}`, names: [] }] : []),
    ...(disguisedMissing.length > 0
      ? [{ text: 'may stand for missing:', names: disguisedMissing.map(({ value }) => value) }]
      : []),
    ...(infinite > 0 ? [{ text: 'infinite values', names: [] }] : []),
    ...(unparsed > 0 ? [{ text: 'values that are no numbers', names: [] }] : []),
  ];
}

/** By column: the others with the same values, and on which sides. */
function sameColumns({ quality }: DriftReport): Map<string, Remark[]> {
  const remarks = new Map<string, Remark[]>();
  const setsOf = (side: Side) => quality?.[side].sameColumns ?? [];
  const keys = (side: Side) => new Set(setsOf(side).map((set) => JSON.stringify(set)));
  const [inReference, inCurrent] = [keys('reference'), keys('current')];
  for (const key of new Set([...inReference, ...inCurrent])) {
    const set = JSON.parse(key) as string[];
    const where = !inCurrent.has(key)
      ? ' in the reference'
      : !inReference.has(key)
        ? ' in the current'
        : '';
    for (const name of set) {
      const others = set.filter((other) => other !== name);
      const remark = { text: `same values${where} as`, names: others };
      remarks.set(name, [...(remarks.get(name) ?? []), remark]);
    }
  }
  return remarks;
}

export const qualitySortKeys = ['position', 'name', 'missing', 'distinct', 'zeros'] as const;
export type QualitySortKey = (typeof qualitySortKeys)[number];

/** The rows that fit one of the traits and the search, in order. */
export function chosenRows(
  rows: readonly QualityRow[],
  { traits, search }: { traits: readonly Trait[]; search: string },
  sort: QualitySortKey,
): QualityRow[] {
  const wanted = search.trim().toLowerCase();
  return rows
    .filter(
      (row) =>
        (traits.length === 0 || traits.some((trait) => row.traits.includes(trait))) &&
        row.name.toLowerCase().includes(wanted),
    )
    .sort((a, b) => compareBy[sort](a, b) || a.position - b.position);
}

/** Sizes of changes from the largest. */
const compareBy: Record<QualitySortKey, (a: QualityRow, b: QualityRow) => number> = {
  position: (a, b) => a.position - b.position,
  name: (a, b) => collator.compare(a.name, b.name),
  missing: (a, b) => change(b, missingShare) - change(a, missingShare),
  distinct: (a, b) => distinctChange(b) - distinctChange(a),
  zeros: (a, b) =>
    change(b, (side) => zeroShare(side) ?? 0) - change(a, (side) => zeroShare(side) ?? 0),
};

function change({ finding }: QualityRow, of: (side: Finding['reference']) => number): number {
  return finding === null ? -1 : Math.abs(of(finding.current) - of(finding.reference));
}

function distinctChange({ finding }: QualityRow): number {
  if (finding === null) return -1;
  const { reference, current } = finding;
  return Math.abs(Math.log((1 + current.distinctCount) / (1 + reference.distinctCount)));
}

/** Null for what is no number, or has no values. */
export function zeroShare({ count, zeroCount }: Finding['reference']): number | null {
  return zeroCount === undefined || count === 0 ? null : zeroCount / count;
}
