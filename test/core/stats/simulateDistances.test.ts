import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { createRandom } from '../../../core/stats/random.js';
import {
  type CdfGrid,
  type Comparison,
  simulateDistances,
} from '../../../core/stats/simulateDistances.js';

/** Of distances before their loops became a kernel, on which the published coverage rests. */
const hashes = {
  'of one point': [1, 0, 'bf3d467e800e48cb'],
  'of few points': [7, 0, 'ae9fa863f03fd0f7'],
  'of many points': [97, 0, '9cc9f38523010368'],
  'of the most points': [127, 0, '8c9a6bd6b749a797'],
  'with long tails': [90, 30, '710a8fc32f6c2972'],
  'with a scale that stays': [40, 0, '0b8d82dc3597ba7c'],
} as const;

for (const [name, [points, spread, hash]] of Object.entries(hashes)) {
  it(`finds the same distances ${name} as ever, to the bit`, () => {
    const { grid, comparison } = played(points, spread, !name.endsWith('stays'));
    const found = simulateDistances(grid, comparison, 3);
    expect(found.middle !== null).toBe(spread > 0);
    expect(hashOf(found)).toBe(hash);
  });
}

it('keeps what it was given, and what it gave before', () => {
  const { grid, comparison } = played(30, 0, true);
  const before = structuredClone({ grid, comparison });
  const first = simulateDistances(grid, comparison, 1);
  const hash = hashOf(first);
  const other = played(60, 30, true);
  simulateDistances(other.grid, other.comparison, 2);
  expect(hashOf(first)).toBe(hash);
  expect({ grid, comparison }).toEqual(before);
  expect(hashOf(simulateDistances(grid, comparison, 1))).toBe(hash);
  expect(hashOf(simulateDistances(grid, comparison, 2))).not.toBe(hash);
});

it('gives lists in order, and none beyond the clip range', () => {
  const { grid, comparison } = played(50, 0, true);
  const { alike, again, hidden, inverted, shrunken } = simulateDistances(grid, comparison, 1);
  for (const list of [alike, again, hidden, inverted, shrunken]) {
    expect(list).toHaveLength(500);
    expect(list).toEqual(list.slice().sort());
  }
  const [lower, upper] = comparison.clipRange;
  const farthest = (upper - lower) / comparison.scale;
  expect(Math.max(...hidden, ...inverted)).toBeLessThanOrEqual(farthest);
});

it('refuses more cells than it has room for', () => {
  const { grid, comparison } = played(128, 0, true);
  expect(() => simulateDistances(grid, comparison, 1)).toThrow(RangeError);
});

/** CDFs that rise by chance, and a comparison of some hundred rows; spread makes the outer cells wide. */
function played(points: number, spread: number, isQuantileScale: boolean) {
  const random = createRandom(points);
  const rising = (start: number, step: (i: number) => number) => {
    const levels = new Float64Array(points + 1);
    for (let i = 0, level = start; i <= points; i++) levels[i] = level += step(i);
    return levels;
  };
  const cdf = () => {
    const levels = rising(0, () => random.uniform() ** 2);
    return levels.map((level) => level / (levels[points] as number)).subarray(0, points);
  };
  const nodes = rising(-1, (i) => random.uniform() * Math.exp(spread * Math.abs(i / points - 0.5)));
  const grid: CdfGrid = { nodes, reference: cdf(), current: cdf() };
  const comparison: Comparison = {
    referenceCount: 300,
    currentCount: 200,
    clipRange: [nodes[0] as number, (nodes[points] as number) - 0.01],
    scale: ((nodes[points] as number) - (nodes[0] as number)) / 4,
    isQuantileScale,
    observed: 0.1,
  };
  return { grid, comparison };
}

function hashOf({ middle, ...lists }: ReturnType<typeof simulateDistances>): string {
  const { usualBeyond, ...ofMiddle } = middle ?? { usualBeyond: 0 };
  const hash = createHash('sha256').update(Float64Array.of(usualBeyond));
  for (const part of [lists, ofMiddle]) {
    const sorted = Object.entries<Float64Array>(part).sort();
    for (const [, list] of sorted) hash.update(list);
  }
  return hash.digest('hex').slice(0, 16);
}
