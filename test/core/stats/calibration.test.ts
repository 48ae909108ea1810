/**
 * Simulation of what the verdict rests on: false alarms, coverage of the 95 % intervals, the noise floor,
 * and the value where nothing has drifted. Seeded, so it passes or fails for good. The bounds leave
 * three standard errors of the simulation around what is promised.
 */

import { beforeEach, expect, test } from 'vitest';
import { foldRareLevels } from '../../../core/stats/foldRareLevels.js';
import { homogeneityTest } from '../../../core/stats/homogeneityTest.js';
import { jensenShannon } from '../../../core/stats/jensenShannon.js';
import { jensenShannonEffect } from '../../../core/stats/jensenShannonEffect.js';
import { ksTied } from '../../../core/stats/ksTied.js';
import { newLevelShare, outOfRangeShare } from '../../../core/stats/newShare.js';
import { createRandom } from '../../../core/stats/random.js';
import { shareDifference } from '../../../core/stats/shareDifference.js';
import { wassersteinEffect } from '../../../core/stats/wassersteinEffect.js';

let random = createRandom(21);
beforeEach(() => {
  random = createRandom(21);
});

/** Values at a location and spread; 0 and 1 are no drift. */
const shapes: Record<string, (shift: number, spread: number) => number> = {
  normal: (shift, spread) => shift + spread * random.normal(),
  lognormal: (shift, spread) => Math.exp(shift + spread * random.normal()),
  integer: (shift, spread) => Math.round(3 * (shift + spread * random.normal())),
  'small integer': (shift, spread) => random.poisson(3 * spread * Math.exp(0.4 * shift)),
  'zero-inflated': (shift, spread) =>
    random.uniform() < 0.4 ? 0 : Math.exp((shift + spread * random.normal()) / 2),
};

function draw(count: number, value: () => number): Float64Array {
  return Float64Array.from({ length: count }, value).sort();
}

function drawLevels(count: number, shares: number[]): Float64Array {
  const counts = new Float64Array(shares.length);
  let left = count;
  let rest = 1;
  shares.forEach((share, level) => {
    const drawn =
      level === shares.length - 1 ? left : random.binomial(left, Math.min(1, share / rest));
    counts[level] = drawn;
    left -= drawn;
    rest -= share;
  });
  return counts;
}

function zipf(levelCount: number): number[] {
  const weights = Array.from({ length: levelCount }, (_, level) => 1 / (level + 1));
  const sum = weights.reduce((a, b) => a + b, 0);
  return weights.map((weight) => weight / sum);
}

/** Share of repetitions in which something holds. */
function shareOf(repetitions: number, holds: () => boolean): number {
  let count = 0;
  for (let i = 0; i < repetitions; i++) if (holds()) count++;
  return count / repetitions;
}

function isCovered(interval: [number, number], truth: number): boolean {
  return interval[0] <= truth + 1e-9 && interval[1] >= truth - 1e-9;
}

test.each([
  ['Poisson(3), permuted', 150, 250, () => random.poisson(3)],
  ['five ordinal levels, permuted', 200, 200, () => Math.floor(5 * random.uniform() ** 1.3)],
  ['five ordinal levels, simulated', 2500, 2500, () => Math.floor(5 * random.uniform() ** 1.3)],
  ['zero-inflated, simulated', 2100, 2100, () => Math.max(0, random.normal())],
])('Kolmogorov-Smirnov under ties, no drift: %s', (_, n, m, value) => {
  const rate = shareOf(
    350,
    () => ksTied(draw(n, value), draw(m, value), random.integer(1e9)).pValue < 0.05,
  );
  expect(rate).toBeGreaterThan(0.015);
  expect(rate).toBeLessThan(0.085);
});

test.each([
  ['two levels, one rare', [0.97, 0.03], 100, 100],
  ['four levels, sparse', [0.9, 0.05, 0.03, 0.02], 60, 300],
  ['50 levels by Zipf', zipf(50), 200, 200],
  ['500 levels by Zipf', zipf(500), 1000, 1000],
])('homogeneity of folded levels, no drift: %s', (_, shares, n, m) => {
  const rate = shareOf(200, () => {
    const { referenceCounts, currentCounts } = foldRareLevels(
      drawLevels(n, shares),
      drawLevels(m, shares),
    );
    return homogeneityTest(referenceCounts, currentCounts, random.integer(1e9)).pValue < 0.05;
  });
  expect(rate).toBeLessThan(0.1);
});

const shifts: [string, number, number][] = [
  ['none', 0, 1],
  ['a shift below the noise floor', 0.1, 1],
  ['a shift', 0.4, 1],
  ['a wider spread', 0, 1.5],
];

test.each(
  Object.keys(shapes).flatMap((shape) =>
    shifts.map(([name, ...drift]) => [shape, name, ...drift] as const),
  ),
)('Wasserstein effect, coverage: %s, %s', (shape, _, shift, spread) => {
  const value = shapes[shape] as (shift: number, spread: number) => number;
  const population = draw(60_000, () => value(0, 1));
  const drifted =
    shift === 0 && spread === 1 ? population : draw(60_000, () => value(shift, spread));
  const truth = wassersteinEffect(population, drifted, 1).observed;
  let aboveFloor = 0;
  const coverage = shareOf(60, () => {
    const { interval, observed, noiseFloor } = wassersteinEffect(
      draw(300, () => value(0, 1)),
      draw(500, () => value(shift, spread)),
      1,
    );
    if (observed > noiseFloor) aboveFloor++;
    return isCovered(interval, truth);
  });
  expect(coverage).toBeGreaterThan(0.86);
  if (shift === 0 && spread === 1) expect(aboveFloor / 60).toBeLessThan(0.14);
});

/** True effects of 0.2 and 0.05; the limit is 0.1. */
test.each([
  ['wider by 0.29, as told by the middle', 5000, 1000, 0, 1.29, 0.87, 1],
  ['wider by 0.07', 5000, 1000, 0, 1.07, 0, 0.2],
  ['moved by 0.77, few current rows', 5000, 100, 0.77, 1, 0.94, 1],
  ['moved by 0.77, few reference rows', 100, 5000, 0.77, 1, 0.95, 1],
])('Wasserstein effect of Cauchy’s tails: %s', (_, n, m, shift, spread, least, most) => {
  const value = () => Math.tan(Math.PI * (random.uniform() - 0.5));
  const reached = shareOf(
    300,
    () =>
      wassersteinEffect(
        draw(n, value),
        draw(m, () => shift + spread * value()),
        1,
      ).value >= 0.1,
  );
  expect(reached).toBeGreaterThanOrEqual(least);
  expect(reached).toBeLessThanOrEqual(most);
});

test.each([
  [2, 200, 200],
  [10, 200, 1000],
  [50, 1000, 1000],
])('Jensen-Shannon effect, coverage: %i levels, %i against %i rows', (k, n, m) => {
  for (const shares of [zipf(k), zipf(k).map(() => 1 / k)]) {
    for (const tilt of [0, 0.1, 0.5, 1.5]) {
      const tilted = shares.map((share, level) => share * Math.exp(level % 2 ? tilt : -tilt));
      const sum = tilted.reduce((a, b) => a + b, 0);
      const current = tilted.map((share) => share / sum);
      const truth = tilt === 0 ? 0 : jensenShannon(shares, current);
      let aboveFloor = 0;
      const coverage = shareOf(200, () => {
        const effect = jensenShannonEffect(drawLevels(n, shares), drawLevels(m, current));
        if (effect.observed > effect.noiseFloor) aboveFloor++;
        return isCovered(effect.interval, truth);
      });
      expect(coverage).toBeGreaterThan(0.89);
      if (tilt === 0) expect(aboveFloor / 200).toBeLessThan(0.1);
    }
  }
});

test('Wasserstein effect, coverage: integers whose 5 % quantile lies on the step from 0 to 1', () => {
  const [reference, current] = [() => random.poisson(3), () => random.poisson(3.6)];
  const truth = wassersteinEffect(draw(200_000, reference), draw(200_000, current), 1).observed;
  const coverage = shareOf(300, () =>
    isCovered(wassersteinEffect(draw(1000, reference), draw(1000, current), 1).interval, truth),
  );
  expect(coverage).toBeGreaterThan(0.91);
});

test('Jensen-Shannon effect: 500 even levels at 1 000 rows a side and no drift', () => {
  const shares = zipf(500).map(() => 1 / 500);
  let sum = 0;
  const covered = shareOf(60, () => {
    const { value, observed, interval } = jensenShannonEffect(
      drawLevels(1000, shares),
      drawLevels(1000, shares),
    );
    sum += value;
    return observed > 0.4 && interval[0] === 0;
  });
  expect(covered).toBeGreaterThan(0.9);
  expect(sum / 60).toBeLessThan(0.09);
});

test.each([
  [100, 5000],
  [1000, 1000],
])('shares, %i against %i rows: false alarms and coverage', (n, m) => {
  for (const [before, after] of [
    [0.02, 0.02],
    [0.02, 0.07],
    [0.4, 0.5],
  ] as const) {
    const coverage = shareOf(300, () => {
      const { interval } = shareDifference(
        random.binomial(n, before),
        n,
        random.binomial(m, after),
        m,
      );
      return isCovered(interval, after - before);
    });
    expect(coverage).toBeGreaterThan(0.91);
  }
  const alarms = shareOf(
    300,
    () => shareDifference(random.binomial(n, 0.1), n, random.binomial(m, 0.1), m).pValue < 0.05,
  );
  expect(alarms).toBeLessThan(0.09);
});

test.each([
  [100, 5000],
  [1000, 1000],
])('out of range, %i against %i rows: false alarms and coverage', (n, m) => {
  for (const newShare of [0, 0.02, 0.1]) {
    let alarms = 0;
    const coverage = shareOf(200, () => {
      const reference = draw(n, () => random.uniform());
      const current = draw(m, () => (random.uniform() < newShare ? 2 : random.uniform()));
      const { interval, pValue } = outOfRangeShare({
        referenceCount: n,
        currentCount: m,
        below: current.filter((value) => value < (reference[0] as number)).length,
        above: current.filter((value) => value > (reference[n - 1] as number)).length,
      });
      if (pValue < 0.05) alarms++;
      return isCovered(interval, newShare);
    });
    expect(coverage).toBeGreaterThan(0.9);
    if (newShare === 0) expect(alarms / 200).toBeLessThan(0.1);
  }
});

test.each([
  [500, 100, 5000],
  [500, 1000, 1000],
  [5000, 1000, 1000],
])('new levels, %i by Zipf, %i against %i rows: false alarms and coverage', (k, n, m) => {
  const shares = [...zipf(k), 0];
  for (const newShare of [0, 0.05]) {
    const current = shares.map((share, level) => (level === k ? newShare : share * (1 - newShare)));
    let alarms = 0;
    let value = 0;
    const coverage = shareOf(80, () => {
      const effect = newLevelShare(drawLevels(n, shares), drawLevels(m, current));
      if (effect.pValue < 0.05) alarms++;
      value += effect.value / 80;
      return isCovered(effect.interval, newShare);
    });
    expect(coverage).toBeGreaterThan(0.88);
    if (newShare === 0) {
      expect(alarms / 80).toBeLessThan(0.13);
      expect(value).toBeLessThan(0.035);
    }
  }
});
