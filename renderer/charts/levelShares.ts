import type { CategoryChart } from '../../core/contract.js';
import { formatCounted, formatName } from '../format.js';

export interface LevelShare {
  /** One line, unique among the levels. */
  label: string;
  referenceCount: number;
  currentCount: number;
  reference: number;
  current: number;
  mark: 'new' | 'vanished' | null;
  /** Stands for all the levels that are not listed. */
  isRest: boolean;
}

/** The levels as shares of each side, most frequent first; what goes beyond `most` joins *other levels*. */
export function levelShares(chart: CategoryChart, most: number): LevelShare[] {
  const { levels, other } = chart;
  const referenceTotal = levels.reduce(
    (sum, level) => sum + level.referenceCount,
    other.referenceCount,
  );
  const currentTotal = levels.reduce((sum, level) => sum + level.currentCount, other.currentCount);
  const share = (count: number, total: number) => (total === 0 ? 0 : count / total);
  const toShare = (label: string, referenceCount: number, currentCount: number): LevelShare => ({
    label,
    referenceCount,
    currentCount,
    reference: share(referenceCount, referenceTotal),
    current: share(currentCount, currentTotal),
    mark: sideMark(referenceCount, currentCount),
    isRest: false,
  });
  const labels = uniqueLabels(levels.map((level) => level.value));
  const shown = levels
    .slice(0, most)
    .map((level, i) => toShare(labels[i] ?? '', level.referenceCount, level.currentCount));
  const rest = levels.slice(most);
  const restCount = rest.length + other.levelCount;
  if (restCount === 0) return shown;
  const referenceRest = rest.reduce(
    (sum, level) => sum + level.referenceCount,
    other.referenceCount,
  );
  const currentRest = rest.reduce((sum, level) => sum + level.currentCount, other.currentCount);
  const label = `${formatCounted(restCount, 'other level')}`;
  return [...shown, { ...toShare(label, referenceRest, currentRest), mark: null, isRest: true }];
}

function sideMark(referenceCount: number, currentCount: number): LevelShare['mark'] {
  if (referenceCount === 0 && currentCount > 0) return 'new';
  return currentCount === 0 && referenceCount > 0 ? 'vanished' : null;
}

/** Cleaning and cutting may make two names alike; a number tells them apart. */
function uniqueLabels(values: string[]): string[] {
  const seen = new Map<string, number>();
  return values.map((value) => {
    const clean = formatName(value);
    const label = clean.length > 48 ? `${[...clean].slice(0, 47).join('')}…` : clean;
    const times = (seen.get(label) ?? 0) + 1;
    seen.set(label, times);
    return times === 1 ? label : `${label} (${times})`;
  });
}
