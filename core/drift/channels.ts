import type { ResolvedOptions } from '../contract.js';
import { newLevelShare, outOfRangeShare } from '../stats/newShare.js';
import { countBelow, countUpTo, valueAt } from '../stats/runs.js';
import { shareDifference } from '../stats/shareDifference.js';
import type { ChannelEvidence, Evidence } from './evidence.js';
import type { LevelTable } from './levelTable.js';
import type { Sample } from './sample.js';
import { shapeEvidence } from './shape.js';
import { counted, list, number, percent } from './words.js';

/** What each channel of a column shows. */
export function channelEvidence(sample: Sample, options: ResolvedOptions): ChannelEvidence {
  return {
    schema: schemaEvidence(sample),
    missing: missingEvidence(sample, options),
    support: supportEvidence(sample, options),
    shape: shapeEvidence(sample, options),
  };
}

/** Any change counts, and needs no test. */
function schemaEvidence({ pair, count, absentCount }: Sample): Evidence {
  if (!pair.isRetyped) return { status: 'clear', reason: 'The same type on both sides.' };
  const { reference, current } = pair.storageType;
  return {
    status: 'measured',
    effect: {
      measure: 'type-change',
      value: 1,
      observed: 1,
      interval: [1, 1],
      noiseFloor: 0,
      limit: 0.25,
    },
    pValue: null,
    pValueMethod: null,
    referenceCount: count.reference + absentCount.reference,
    currentCount: count.current + absentCount.current,
    difference: `The type changed from ${reference} to ${current}`,
    isRescaled: false,
    unit: '',
  };
}

function missingEvidence({ count, absentCount }: Sample, options: ResolvedOptions): Evidence {
  const rows = {
    reference: count.reference + absentCount.reference,
    current: count.current + absentCount.current,
  };
  if (absentCount.reference === 0 && absentCount.current === 0) {
    return { status: 'clear', reason: 'No missing values on either side.' };
  }
  const { value, observed, interval, noiseFloor, pValue, method } = shareDifference(
    absentCount.reference,
    rows.reference,
    absentCount.current,
    rows.current,
  );
  const from = absentCount.reference / rows.reference;
  const to = absentCount.current / rows.current;
  const moved =
    from === to ? 'stayed at' : `${to > from ? 'rose' : 'fell'} from ${percent(from)} to`;
  return {
    status: 'measured',
    effect: {
      measure: 'missing-share-difference',
      value,
      observed,
      interval,
      noiseFloor,
      limit: options.missingLimit,
    },
    pValue,
    pValueMethod: `two shares, ${method}`,
    referenceCount: rows.reference,
    currentCount: rows.current,
    difference: `Missing values ${moved} ${percent(to)}`,
    isRescaled: false,
    unit: 'of rows',
  };
}

/** Current rows outside of what the reference has seen: new categories, or beyond its range. */
function supportEvidence(sample: Sample, options: ResolvedOptions): Evidence {
  const { pair, sorted, table, count } = sample;
  if (count.reference === 0 || count.current === 0) {
    return { status: 'skipped', reason: 'One side has no values to compare.' };
  }
  if (pair.isRetyped && pair.kind !== 'boolean') {
    return { status: 'skipped', reason: 'The two sides hold different types.' };
  }
  if (pair.kind === 'datetime')
    return { status: 'skipped', reason: 'Later dates are expected, so the range is not judged.' };
  if (pair.kind === 'identifier' || pair.kind === 'text') {
    return { status: 'skipped', reason: 'New values are expected in a column of this kind.' };
  }
  const base = {
    referenceCount: count.reference,
    currentCount: count.current,
    unit: 'of current rows',
    isRescaled: false,
  };
  const measure = 'new-or-out-of-range-share' as const;
  if (table) {
    const {
      pValue,
      method,
      expected: _,
      ...effect
    } = newLevelShare(table.referenceCounts, table.currentCounts);
    if (effect.observed === 0)
      return { status: 'clear', reason: `No new values${vanishedWords(table)}.` };
    return {
      status: 'measured',
      effect: { measure, ...effect, limit: options.supportLimit },
      pValue,
      pValueMethod: `new values, ${method}`,
      difference: newLevelWords(table, effect.observed),
      ...base,
    };
  }
  if (!sorted) return { status: 'skipped', reason: 'Nothing to compare.' };
  const min = valueAt(sorted.reference, 0) as number;
  const max = valueAt(sorted.reference, sorted.reference.length - 1) as number;
  const below = countBelow(sorted.current, min);
  const above = count.current - countUpTo(sorted.current, max);
  if (below + above === 0) {
    return {
      status: 'clear',
      reason: `All within the reference’s range, ${number(min)} to ${number(max)}.`,
    };
  }
  const {
    pValue,
    method,
    expected: _,
    ...effect
  } = outOfRangeShare({
    referenceCount: count.reference,
    currentCount: count.current,
    below,
    above,
  });
  return {
    status: 'measured',
    effect: { measure, ...effect, limit: options.supportLimit },
    pValue,
    pValueMethod: `out of range, ${method}`,
    difference: `${counted(below + above, 'row')} (${percent(effect.observed)}) outside the reference’s range, ${number(min)} to ${number(max)}`,
    ...base,
  };
}

function newLevelWords(
  { levels, referenceCounts, currentCounts }: LevelTable,
  share: number,
): string {
  const fresh = levels
    .map((level, i) => ({ level, count: referenceCounts[i] === 0 ? (currentCounts[i] ?? 0) : 0 }))
    .filter(({ count }) => count > 0)
    .sort((a, b) => b.count - a.count);
  const names = list(
    fresh.map(({ level }) => level),
    2,
  );
  return fresh.length === 1
    ? `A new value, ${names}, is in ${percent(share)} of rows`
    : `${counted(fresh.length, 'new value')}, ${names}, are in ${percent(share)} of rows`;
}

function vanishedWords({ levels, referenceCounts, currentCounts }: LevelTable): string {
  const vanished = levels.filter((_, i) => (referenceCounts[i] ?? 0) > 0 && currentCounts[i] === 0);
  return vanished.length === 0 ? '' : `; no longer seen: ${list(vanished, 2)}`;
}
