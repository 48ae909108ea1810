import { useMemo } from 'react';
import type { DriftReport, Finding } from '../core/contract.js';
import { type SelectedDifference, selectedDifference } from './linkedCube.js';
import type { Route, SortKey } from './route.js';
import { useLinked } from './useLinked.js';

export const collator = new Intl.Collator('en', { numeric: true });

/** Which way a key sorts when it is first chosen: names upward, sizes from the largest. */
export function startsDescending(key: SortKey): boolean {
  return key === 'effect' || key === 'missing' || key === 'selected';
}

/** The findings that the route asks for, in its order. */
export function useFindings(
  { columns: findings, groups }: Pick<DriftReport, 'columns' | 'groups'>,
  route: Route,
): Finding[] {
  const { verdicts, kinds, sort, descending, search, channel } = route;
  const group = route.group === null ? undefined : groups?.[route.group]?.columns;
  const chosen = useLinked();
  const ordered = useMemo(() => {
    const keyOf = sort === 'selected' ? differenceKey(chosen) : keys[sort];
    if (keyOf !== null) return inOrder(findings, keyOf, descending);
    return sort === 'rank' && descending ? findings.toReversed() : findings;
  }, [findings, sort, descending, chosen]);
  return useMemo(() => {
    const among = group && new Set(group);
    const wanted = search.trim().toLowerCase();
    return ordered.filter(
      ({ name, kind, verdict, channels }) =>
        (among === undefined || among.has(name)) &&
        (channel === null || channels[channel].verdict === 'drifted') &&
        (verdicts.length === 0 || verdicts.includes(verdict)) &&
        (kinds.length === 0 || kinds.includes(kind)) &&
        name.toLowerCase().includes(wanted),
    );
  }, [ordered, group, channel, verdicts, kinds, search]);
}

type Key = (finding: Finding) => string | number | null;

/** Null is the order of the report itself. */
const keys: Record<Exclude<SortKey, 'selected'>, Key | null> = {
  rank: null,
  name: ({ name }) => name,
  kind: ({ kind }) => kind,
  effect: effectRatio,
  missing: missingChange,
};

/** What has no key comes last either way; equal ones stay as they are. */
function inOrder(findings: readonly Finding[], keyOf: Key, isDescending: boolean): Finding[] {
  const keyed = findings.map((finding) => ({ finding, key: keyOf(finding) }));
  keyed.sort((left, right) => {
    if (left.key === null || right.key === null)
      return Number(left.key === null) - Number(right.key === null);
    const order =
      typeof left.key === 'number' && typeof right.key === 'number'
        ? left.key - right.key
        : collator.compare(String(left.key), String(right.key));
    return isDescending ? -order : order;
  });
  return keyed.map(({ finding }) => finding);
}

function differenceKey(chosen: ReturnType<typeof useLinked>): Key | null {
  if (chosen === null) return null;
  const { linked, selection } = chosen;
  return ({ name }) => beyondChance(selectedDifference(linked, selection, name));
}

/** How far it is from what chance gives; null where nothing is known. */
function beyondChance(difference: SelectedDifference | null): number | null {
  if (difference === null || difference.selected === null) return null;
  return Math.max(0, difference.selected - difference.chance);
}

function effectRatio(finding: Finding): number | null {
  return finding.effect === null ? null : finding.effect.value / finding.effect.limit;
}

/** The size of the change of the share that is missing. */
function missingChange(finding: Finding): number {
  return Math.abs(missingShare(finding.current) - missingShare(finding.reference));
}

/** 0 of no rows at all. */
export function missingShare(summary: { count: number; missingCount: number }): number {
  const rowCount = summary.count + summary.missingCount;
  return rowCount === 0 ? 0 : summary.missingCount / rowCount;
}
