/** What was counted in one cell, and what that says. */

import { familyNamed, limitOf } from './tasks.js';

export type Counts = Record<string, number>;

/** Share of the intervals that hold the true effect, in percent. */
export function coverageOf({ tooHigh = 0, tooLow = 0, count = 0 }: Counts): number {
  return 100 * (1 - (tooHigh + tooLow) / count);
}

/** The effect is at least twice its noise floor, and every category expects 5 rows on both sides. */
export function isFarFromNoise(name: string, { noiseFloor = 0, count = 0 }: Counts): boolean {
  const [, sizes = '', familyName = '', multiple = ''] = name.split(' | ');
  const family = familyNamed(familyName);
  const effect = Number(multiple) * limitOf(family);
  const isFar = effect > 0 && effect >= (2 * noiseFloor) / count;
  if (family.kind !== 'levels') return isFar;
  const smaller = Math.min(...sizes.split(' v ').map(Number));
  return isFar && Math.min(...family.shares(0)) * smaller >= 5;
}
