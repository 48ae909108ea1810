import type { Pair } from '../column.js';
import type { ResolvedOptions } from '../contract.js';
import { isoTime } from '../isoTime.js';
import { foldRareLevels } from '../stats/foldRareLevels.js';
import { homogeneityTest } from '../stats/homogeneityTest.js';
import { jensenShannonEffect } from '../stats/jensenShannonEffect.js';
import type { KsResult } from '../stats/ksTest.js';
import { ksTied } from '../stats/ksTied.js';
import { quantileSorted } from '../stats/quantile.js';
import { type Sorted, valueAt } from '../stats/runs.js';
import { wassersteinEffect } from '../stats/wassersteinEffect.js';
import type { DayProfiles } from './dayProfiles.js';
import type { Evidence } from './evidence.js';
import { type LevelTable, rowTotal } from './levelTable.js';
import { shapeLimit } from './limits.js';
import type { Sample } from './sample.js';
import { list, number, percent } from './words.js';

type Measured = Extract<Evidence, { status: 'measured' }>;

/** Whether the values are distributed alike. What lies beyond the reference's bulk is left to *support*. */
export function shapeEvidence(sample: Sample, options: ResolvedOptions): Evidence {
  const { pair, sorted, sortedLengths, ks, table, days, count } = sample;
  if (pair.kind === 'identifier')
    return { status: 'skipped', reason: 'Identifiers have no shape to compare.' };
  if (pair.isRetyped && pair.kind !== 'boolean') {
    return { status: 'skipped', reason: 'The two sides hold different types.' };
  }
  if (count.reference === 0 || count.current === 0) {
    return { status: 'skipped', reason: 'One side has no values to compare.' };
  }
  const limit = shapeLimit(pair.name, pair.kind, options);
  if (table) return levelEvidence(table, limit, options.seed, pair.kind === 'boolean');
  if (Math.min(count.reference, count.current) < 2)
    return { status: 'skipped', reason: 'One value on a side tells nothing of its shape.' };
  if (days && sorted) return datetimeEvidence(sorted, ks, days, limit, options.seed);
  if (sorted) return numericEvidence(sorted, ks, limit, options.seed, number, '');
  if (sortedLengths)
    return numericEvidence(sortedLengths, ks, limit, options.seed, number, 'length ');
  return { status: 'skipped', reason: 'Nothing to compare.' };
}

function numericEvidence(
  sorted: Pair<Sorted>,
  ks: KsResult | null,
  limit: number,
  seed: number,
  words: (value: number) => string,
  what: string,
): Measured {
  const { pValue, method } = ksTied(sorted.reference, sorted.current, seed, ks ?? undefined);
  const { value, observed, interval, noiseFloor } = wassersteinEffect(
    sorted.reference,
    sorted.current,
    seed,
  );
  const rescaled = rescaledWords(sorted, words);
  return {
    status: 'measured',
    effect: { measure: 'wasserstein-normalized', value, observed, interval, noiseFloor, limit },
    pValue,
    pValueMethod: `Kolmogorov-Smirnov, ${method}`,
    referenceCount: sorted.reference.length,
    currentCount: sorted.current.length,
    difference: rescaled ?? movedWords(sorted, words, what),
    isRescaled: rescaled !== null,
    unit: 'of the reference’s spread',
  };
}

/** Words for values that all changed by one factor, as from dollars to thousands; null for any other change. */
function rescaledWords(sorted: Pair<Sorted>, words: (value: number) => string): string | null {
  const at = (side: 'reference' | 'current', p: number) => quantileSorted(sorted[side], p);
  const factors = [0.1, 0.25, 0.5, 0.75, 0.9].map((p) => at('current', p) / at('reference', p));
  const factor = nearPowerOfTen(factors[2] as number);
  const isCommon = factors.every((other) => Math.abs(other / factor - 1) < 0.15);
  if (!isCommon || !(factor >= 5 || (factor > 0 && factor <= 0.2))) return null;
  const times =
    factor >= 1 ? `${number(factor)} times larger` : `${number(1 / factor)} times smaller`;
  const medians = `median ${words(at('reference', 0.5))} → ${words(at('current', 0.5))}`;
  return `All values are about ${times} (${medians}), as after a change of unit`;
}

/** Sampling blurs a factor; the unit behind it is most often a power of ten. */
export function nearPowerOfTen(factor: number): number {
  const power = 10 ** Math.round(Math.log10(factor));
  return Math.abs(factor / power - 1) < 0.05 ? power : factor;
}

/** The plainest words that hold: a moved median, or a wider or narrower spread. */
function movedWords(sorted: Pair<Sorted>, words: (value: number) => string, what: string): string {
  const at = (side: 'reference' | 'current', p: number) => quantileSorted(sorted[side], p);
  const medians = `median ${words(at('reference', 0.5))} → ${words(at('current', 0.5))}`;
  const spread = (side: 'reference' | 'current') => at(side, 0.95) - at(side, 0.05);
  const spreads = `5-95 % range ${words(at('reference', 0.05))} to ${words(at('reference', 0.95))} → ${words(at('current', 0.05))} to ${words(at('current', 0.95))}`;
  const move = Math.abs(at('current', 0.5) - at('reference', 0.5));
  if (
    move > 0.1 * spread('reference') ||
    move > 0.5 * Math.abs(spread('current') - spread('reference'))
  ) {
    const direction = at('current', 0.5) >= at('reference', 0.5) ? 'higher' : 'lower';
    return `The typical ${what || 'value '}is ${direction} (${medians})`;
  }
  const direction = spread('current') >= spread('reference') ? 'wider' : 'narrower';
  return `The ${what}distribution is ${direction} or differently shaped (${spreads})`;
}

function levelEvidence(
  table: LevelTable,
  limit: number,
  seed: number,
  isBoolean: boolean,
): Measured {
  // folding keeps the test's chi-squared honest; it would hide a change inside of what is folded from the effect
  const folded = foldRareLevels(table.referenceCounts, table.currentCounts);
  const { pValue, method } = homogeneityTest(folded.referenceCounts, folded.currentCounts, seed);
  const { value, observed, interval, noiseFloor } = jensenShannonEffect(
    table.referenceCounts,
    table.currentCounts,
  );
  return {
    status: 'measured',
    effect: { measure: 'jensen-shannon', value, observed, interval, noiseFloor, limit },
    pValue,
    pValueMethod: `chi-squared, ${method}`,
    referenceCount: rowTotal(table.referenceCounts),
    currentCount: rowTotal(table.currentCounts),
    difference: levelDifference(table, isBoolean),
    isRescaled: false,
    unit: 'of Jensen-Shannon distance',
  };
}

function levelDifference(
  { levels, referenceCounts, currentCounts }: LevelTable,
  isBoolean: boolean,
): string {
  const [n, m] = [rowTotal(referenceCounts), rowTotal(currentCounts)];
  const changes = levels
    .map((level, i) => ({
      level,
      from: (referenceCounts[i] ?? 0) / n,
      to: (currentCounts[i] ?? 0) / m,
    }))
    .sort((a, b) => Math.abs(b.to - b.from) - Math.abs(a.to - a.from));
  const shown = isBoolean
    ? changes
        .filter(({ level }) => level === 'true')
        .concat(changes)
        .slice(0, 1)
    : changes.slice(0, 2);
  const parts = shown
    .filter(({ from, to }) => from !== to)
    .map(
      ({ level, from, to }) =>
        `${list([level])} ${from <= to ? 'rose' : 'fell'} from ${percent(from)} to ${percent(to)}`,
    );
  return parts.length > 0 ? parts.join(', ') : 'The shares are the same on both sides';
}

/** On the time axis only where the periods overlap; hours and weekdays as categories. The clearest of them speaks. */
function datetimeEvidence(
  sorted: Pair<Sorted>,
  ks: KsResult | null,
  { hours, weekdays }: DayProfiles,
  limit: number,
  seed: number,
): Evidence {
  const candidates: Measured[] = [];
  const isShared = periodsOverlap(sorted);
  if (isShared) {
    candidates.push(
      numericEvidence(sorted, ks, limit, seed, (time) => isoTime(time, 'minute'), 'time '),
    );
  }
  for (const [profile, name] of [
    [hours, 'Hour of day'],
    [weekdays, 'Weekday'],
  ] as const) {
    if (!profile) continue;
    const evidence = levelEvidence(profile, limit, seed, false);
    candidates.push({
      ...evidence,
      difference: `${name}: ${evidence.difference}`,
      pValueMethod: `${evidence.pValueMethod}, ${name.toLowerCase()}`,
      ...(!isShared && { scope: apartWords(sorted, [hours, weekdays]) }),
    });
  }
  if (candidates.length === 0) {
    return {
      status: 'skipped',
      reason:
        'The periods do not overlap and hold no times of day, so there is no shape to compare.',
    };
  }
  // several looks at one column: each p-value pays for the others (Bonferroni)
  const paid = candidates.map((candidate) => ({
    ...candidate,
    pValue: Math.min(1, (candidate.pValue ?? 1) * candidates.length),
  }));
  paid.sort(
    (a, b) =>
      b.effect.value / b.effect.limit - a.effect.value / a.effect.limit || a.pValue - b.pValue,
  );
  return (paid.find(({ pValue }) => pValue <= 0.05) ?? paid[0]) as Measured;
}

/** Times that move on are no drift; a reader must know that they were not compared. */
function apartWords(
  { reference, current }: Pair<Sorted>,
  [hours, weekdays]: [LevelTable | null, LevelTable | null],
): string {
  const day = (sorted: Sorted, rank: number) => isoTime(valueAt(sorted, rank) ?? 0, 'day');
  const period = (sorted: Sorted) => `${day(sorted, 0)} to ${day(sorted, sorted.length - 1)}`;
  const compared = [hours && 'hours of the day', weekdays && 'weekdays'].filter(Boolean);
  return `The two periods (${period(reference)}, then ${period(current)}) are not compared, only ${compared.join(' and ')}.`;
}

/** Whether the shorter period lies at least half inside the other; files of different months are no drift by that alone. */
export function periodsOverlap({ reference, current }: Pair<Sorted>): boolean {
  const [start, otherStart] = [valueAt(reference, 0) ?? 0, valueAt(current, 0) ?? 0];
  const end = valueAt(reference, reference.length - 1) ?? 0;
  const otherEnd = valueAt(current, current.length - 1) ?? 0;
  const [from, to] = [Math.max(start, otherStart), Math.min(end, otherEnd)];
  const shorter = Math.min(end - start, otherEnd - otherStart);
  return to - from >= 0.5 * shorter && to >= from;
}
