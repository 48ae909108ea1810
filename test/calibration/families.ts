/** Populations with a knob: at drift 0 both sides are alike, and the true effect grows with the knob. */

import { jensenShannon } from '../../core/stats/jensenShannon.js';
import { normalQuantile } from '../../core/stats/special.js';
import { normalizedDistance } from '../../core/stats/wassersteinEffect.js';

export type Family = NumberFamily | LevelFamily | ShareFamily;

/** A numeric column. */
export interface NumberFamily {
  kind: 'numbers';
  name: string;
  /** Turns a uniform number of 0 to 1, both exclusive, into a value. */
  value: (uniform: number, drift: number) => number;
  largestDrift: number;
}

/** A column of categories. */
export interface LevelFamily {
  kind: 'levels';
  name: string;
  isBoolean: boolean;
  /** Sum to 1. */
  shares: (drift: number) => number[];
  largestDrift: number;
}

/** A column in which the drift is a share of rows, which is the true effect itself. */
export interface ShareFamily {
  kind: 'missing' | 'new level' | 'out of range';
  name: string;
}

const normal = normalQuantile;

export const numberFamilies: readonly NumberFamily[] = [
  numbers('normal, location', (u, drift) => normal(u) + drift),
  numbers('normal, spread', (u, drift) => normal(u) * (1 + drift)),
  numbers('normal, tail', contaminated, 1),
  numbers('lognormal, location', (u, drift) => Math.exp(normal(u) + drift)),
  numbers('lognormal, spread', (u, drift) => Math.exp(normal(u) * (1 + drift))),
  numbers('Cauchy, location', (u, drift) => Math.tan(Math.PI * (u - 0.5)) + drift, 50),
  numbers('Cauchy, spread', (u, drift) => Math.tan(Math.PI * (u - 0.5)) * (1 + drift), 50),
  numbers('zero-inflated, location', (u, drift) => zeroInflated(u, 0.4, drift)),
  numbers('zero-inflated, zeros', (u, drift) => zeroInflated(u, 0.4 + drift, 0), 0.59),
  numbers('integers (Poisson 3)', (u, drift) => poissonQuantile(u, 3 + drift)),
  numbers('ordinal 0-4', (u, drift) => Math.floor(5 * u ** (1.3 * (1 + drift))), 20),
  numbers('rounded normal', (u, drift) => Math.round(10 * (normal(u) + drift)) / 10),
  numbers('nine in ten zero', (u, drift) => zeroInflated(u, 0.9 - drift, 0), 0.89),
];

export const levelFamilies: readonly LevelFamily[] = [
  ...[2, 10, 50, 500].flatMap((k) => [
    levels(`${k} categories, even`, new Array<number>(k).fill(1 / k)),
    levels(`${k} categories, Zipf`, zipf(k)),
  ]),
  {
    kind: 'levels',
    name: 'boolean, 1 % true',
    isBoolean: true,
    shares: (drift) => [0.99 - drift, 0.01 + drift],
    largestDrift: 0.98,
  },
];

export const shareFamilies: readonly ShareFamily[] = [
  { kind: 'missing', name: '10 % missing' },
  { kind: 'new level', name: 'new category' },
  { kind: 'out of range', name: 'values out of range' },
];

/** Levels of the column in which a new one turns up. */
export const familiarShares = zipf(10);

/** The true effect, in the unit of its limit. */
export function trueEffect(family: Family, drift: number): number {
  if (family.kind === 'numbers') {
    return normalizedDistance(population(family, 0), population(family, drift)).observed;
  }
  if (family.kind === 'levels') return jensenShannon(family.shares(0), family.shares(drift));
  return drift;
}

/** The drift that has this true effect. @throws {RangeError} if there is none */
export function driftFor(family: Family, effect: number): number {
  if (family.kind !== 'numbers' && family.kind !== 'levels') return effect;
  if (effect === 0) return 0;
  let [lower, upper] = [0, family.largestDrift];
  if (trueEffect(family, upper) < effect) {
    throw new RangeError(`driftFor knows no drift of ${family.name} with the effect ${effect}`);
  }
  for (let step = 0; step < 30; step++) {
    const middle = (lower + upper) / 2;
    if (trueEffect(family, middle) < effect) lower = middle;
    else upper = middle;
  }
  return (lower + upper) / 2;
}

/** So many values, evenly spread over the shares, stand for the population. */
const populationSize = 20_000;

export function population({ value }: NumberFamily, drift: number): Float64Array {
  return Float64Array.from({ length: populationSize }, (_, i) =>
    value((i + 0.5) / populationSize, drift),
  ).sort();
}

function numbers(name: string, value: NumberFamily['value'], largestDrift = 5): NumberFamily {
  return { kind: 'numbers', name, value, largestDrift };
}

/** Every other level gains what the ones between lose. */
function levels(name: string, shares: number[]): LevelFamily {
  const tilted = (drift: number) => {
    const weights = shares.map((share, i) => share * Math.exp(i % 2 === 0 ? -drift : drift));
    const sum = weights.reduce((a, b) => a + b, 0);
    return weights.map((weight) => weight / sum);
  };
  return { kind: 'levels', name, isBoolean: false, shares: tilted, largestDrift: 8 };
}

function zipf(levelCount: number): number[] {
  const weights = Array.from({ length: levelCount }, (_, i) => 1 / (i + 1));
  const sum = weights.reduce((a, b) => a + b, 0);
  return weights.map((weight) => weight / sum);
}

/** A share of the values spreads four times as wide. */
function contaminated(u: number, share: number): number {
  return u < share ? 4 * normal(u / share) : normal((u - share) / (1 - share));
}

function zeroInflated(u: number, zeroShare: number, shift: number): number {
  return u < zeroShare ? 0 : Math.exp((normal((u - zeroShare) / (1 - zeroShare)) + shift) / 2);
}

function poissonQuantile(u: number, mean: number): number {
  let share = Math.exp(-mean);
  let below = share;
  let count = 0;
  while (u > below && count < 1000) {
    count++;
    share *= mean / count;
    below += share;
  }
  return count;
}
