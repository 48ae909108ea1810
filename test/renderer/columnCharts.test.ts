import { parse, View } from 'vega';
import { expressionInterpreter } from 'vega-interpreter';
import { compile, type TopLevelSpec } from 'vega-lite';
import { describe, expect, test } from 'vitest';
import type { Finding, Histogram } from '../../core/contract.js';
import { logHistogram, logScale } from '../../renderer/charts/axisScale.js';
import { binHeights, histogramSpec } from '../../renderer/charts/histogramSpec.js';
import { levelDifferenceSpec } from '../../renderer/charts/levelDifferenceSpec.js';
import { levelSlopeSpec } from '../../renderer/charts/levelSlopeSpec.js';
import { binChoices, mergeBins, nearestChoice } from '../../renderer/charts/mergeBins.js';
import { qqPoints } from '../../renderer/charts/qqPoints.js';
import { qqSpec } from '../../renderer/charts/qqSpec.js';
import { exampleReport } from './exampleReport.js';

const counts = Array.from({ length: 40 }, (_, i) => (i * 7) % 11);
const histogram: Histogram = {
  binEdges: Array.from({ length: 41 }, (_, i) => 100 + i * 2.5),
  referenceCounts: counts,
  currentCounts: [...counts].reverse(),
  below: { reference: 3, current: 0 },
  above: { reference: 0, current: 1 },
};
const sum = (values: number[]) => values.reduce((total, value) => total + value, 0);

describe('merged bins', () => {
  test.each(binChoices(histogram))('%i of them hold what 40 held', (count) => {
    const merged = mergeBins(histogram, count);
    expect(merged.referenceCounts).toHaveLength(count);
    expect(merged.binEdges).toHaveLength(count + 1);
    expect(sum(merged.referenceCounts)).toBe(sum(counts));
    expect(merged.referenceCounts[0]).toBe(sum(counts.slice(0, 40 / count)));
    expect(merged.currentCounts.at(-1)).toBe(sum([...counts].reverse().slice(-40 / count)));
    expect([merged.binEdges[0], merged.binEdges.at(-1)]).toEqual([100, 200]);
    expect(merged.below).toEqual(histogram.below);
  });

  test('come in numbers that divide the bins evenly', () => {
    expect(binChoices(histogram)).toEqual([5, 8, 10, 20, 40]);
    expect(binChoices({ ...histogram, referenceCounts: counts.slice(0, 21) })).toEqual([21]);
    expect(nearestChoice({ ...histogram, referenceCounts: counts.slice(0, 24) }, 10)).toBe(8);
  });

  test('have a density whose area is the share', () => {
    const merged = mergeBins(histogram, 8);
    const { reference } = binHeights(merged, 'density');
    const area = sum(reference.map((height) => height * 12.5));
    expect(area).toBeCloseTo(sum(counts) / (sum(counts) + 3), 12);
    expect(binHeights(merged, 'count').reference).toBe(merged.referenceCounts);
  });
});

/** Exact curves of the values 1, 2, ... and ten times as many. */
function spread(values: number[], factor: number): Finding {
  const all = [...new Set([...values, ...values.map((value) => factor * value)])].sort(
    (a, b) => a - b,
  );
  const upTo = (side: number[]) =>
    all.map((value) => side.filter((other) => other <= value).length / side.length);
  const income = exampleReport(20).columns.find(({ name }) => name === 'income') as Finding;
  const side = (of: number[]) => {
    const sorted = [...of].sort((a, b) => a - b);
    const at = (p: number) => {
      const rank = p * (of.length - 1);
      const low = sorted[Math.floor(rank)] as number;
      return low + (rank % 1) * ((sorted[Math.ceil(rank)] ?? low) - low);
    };
    const quantiles = Object.fromEntries([0.01, 0.05, 0.5, 0.95, 0.99].map((p) => [p, at(p)]));
    return { ...income.current, count: of.length, distinctCount: of.length, quantiles };
  };
  const current = values.map((value) => factor * value);
  return {
    ...income,
    reference: side(values),
    current: side(current),
    charts: { ecdf: { values: all, reference: upTo(values), current: upTo(current) } },
  };
}

const hundred = Array.from({ length: 100 }, (_, i) => i + 1);

describe('quantiles against each other', () => {
  const points = qqPoints(spread(hundred, 10));

  test('are those of both sides', () => {
    for (const { probability, reference, current } of points) {
      expect(reference).toBeGreaterThanOrEqual(100 * probability - 1);
      expect(reference).toBeLessThanOrEqual(100 * probability + 1);
      // within one step of its values
      expect(Math.abs(current - 10 * reference)).toBeLessThanOrEqual(10);
    }
    expect(points.find(({ probability }) => probability === 0.5)).toEqual({
      probability: 0.5,
      reference: 50.5,
      current: 505,
    });
  });

  test('rise, from 1 % to 99 %', () => {
    expect(points[0]?.probability).toBe(0.01);
    expect(points.at(-1)?.probability).toBe(0.99);
    const values = points.map(({ reference }) => reference);
    expect(values).toEqual([...values].sort((a, b) => a - b));
  });
});

describe('a logarithmic axis', () => {
  test('is even around 0 where there are values below', () => {
    const negative = spread([-5, -1, 0, 2, 8], 1);
    expect(logScale('numeric', negative.charts.ecdf)).toEqual({ type: 'symlog', constant: 2 });
    expect(logScale('datetime', negative.charts.ecdf)).toBeNull();
  });

  test('has bins of one ratio that hold all values', () => {
    const finding = spread(hundred, 10);
    const { ecdf } = finding.charts;
    if (ecdf === undefined) throw new Error('no curve');
    const bins = logHistogram(ecdf, finding, { type: 'log' });
    expect([sum(bins.referenceCounts), sum(bins.currentCounts)]).toEqual([100, 100]);
    expect((bins.binEdges[8] ?? 0) / (bins.binEdges[7] ?? 1)).toBeCloseTo(1000 ** (1 / 40), 9);
    // steps, for every value is known: 1 to 1000^(1/4), which is 5.6
    expect(sum(bins.referenceCounts.slice(0, 10))).toBe(5);
  });
});

describe('every form is a chart that draws', () => {
  const report = exampleReport(40);
  const { categories } = report.columns.find(({ name }) => name === 'channel')?.charts ?? {};
  if (categories === undefined) throw new Error('no categories');
  const finding = spread(hundred, 10);
  test.each<[string, TopLevelSpec]>([
    ['slopes', levelSlopeSpec(categories)],
    ['differences', levelDifferenceSpec(categories)],
    ['quantiles', qqSpec(qqPoints(finding), 'numeric', { type: 'log' })],
    ['counts', histogramSpec(histogram, 'numeric', 'count')],
    [
      'densities on a bent axis',
      histogramSpec(histogram, 'numeric', 'density', { type: 'symlog', constant: 3 }),
    ],
  ])('%s', async (_, spec) => {
    const { spec: compiled } = compile({ ...spec, width: 300 } as TopLevelSpec);
    const view = new View(parse(compiled, undefined, { ast: true }), {
      expr: expressionInterpreter,
    });
    const svg = await view.toSVG();
    expect(svg.match(/<path/g)?.length).toBeGreaterThan(3);
    expect(svg).not.toContain('NaN');
  });
});
