/** What we hold ourselves to, in points of percent. */

import { type Counts, coverageOf, isFarFromNoise } from './cells.js';
import type { Tally } from './tasks.js';

export interface Bar {
  words: string;
  covers: (name: string, cell: Counts) => boolean;
  /** By how much a cell clears the bar; negative where it misses. */
  margin: (cell: Counts) => number;
  /** The share in question where the margin is 0, on which the noise of the simulation depends. */
  at: number;
}

export const bars: readonly Bar[] = [
  {
    words: 'no drift: at most 5 % drifted',
    covers: (name) => name.startsWith('same'),
    margin: (cell) => 5 - rate(cell, 'drifted'),
    at: 5,
  },
  {
    words: 'no drift, 40 000 rows and more: at least 90 % stable',
    covers: (name) => name.startsWith('same') && /\| (\d{5,}) v (\d{5,}) \|/.test(name),
    margin: (cell) => rate(cell, 'stable') - 90,
    at: 90,
  },
  {
    words: 'coverage: at least 93 %',
    covers: (name) => name.startsWith('coverage'),
    margin: (cell) => coverageOf(cell) - 93,
    at: 93,
  },
  {
    words: 'coverage with a star: at most 97 %',
    covers: (name, cell) => name.startsWith('coverage') && isFarFromNoise(name, cell),
    margin: (cell) => 97 - coverageOf(cell),
    at: 97,
  },
  {
    words:
      'effect of 2 limits and more: drifted at least as often as by corrected p, less 5 points',
    covers: (name) => /^mixed.*\| [24]$/.test(name),
    margin: (cell) => rate(cell, 'drifted') - rate(cell, 'corrected') + 5,
    at: 5,
  },
];

/** One standard error of the simulation for a cell that lies at the bar, in points. */
export function errorAt({ at }: Bar, { count = 0 }: Counts): number {
  return 100 * Math.sqrt(((at / 100) * (1 - at / 100)) / count);
}

/**
 * The cells of which more repetitions would tell on which side of a bar they lie. After the first ones these are
 * all that clear it by less than a standard error, then those that miss it by less than two.
 */
export function undecidedCells(tally: Tally, stage: number): Set<string> {
  const isUndecided = (bar: Bar, cell: Counts) => {
    const [margin, error] = [bar.margin(cell), errorAt(bar, cell)];
    return stage === 1 ? margin < error : margin < 0 && margin > -2 * error;
  };
  const names = Object.entries(tally)
    .filter(([name, cell]) => bars.some((bar) => bar.covers(name, cell) && isUndecided(bar, cell)))
    .map(([name]) => name);
  return new Set(names);
}

function rate(cell: Counts, rule: string): number {
  return (100 * (cell[rule] ?? 0)) / (cell.count ?? 0);
}
