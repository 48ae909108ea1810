import { parse, View } from 'vega';
import { expressionInterpreter } from 'vega-interpreter';
import { compile, type TopLevelSpec } from 'vega-lite';
import { describe, expect, test, vi } from 'vitest';
import type { CategoryChart, Finding, Histogram, Measurement } from '../../core/contract.js';
import { ecdfSpec } from '../../renderer/charts/ecdfSpec.js';
import { effectPosition } from '../../renderer/charts/effectPosition.js';
import { histogramPaths, histogramShares } from '../../renderer/charts/histogramPaths.js';
import { histogramSpec } from '../../renderer/charts/histogramSpec.js';
import { levelShares } from '../../renderer/charts/levelShares.js';
import { levelSpec } from '../../renderer/charts/levelSpec.js';
import { hourLabels, profileSpec } from '../../renderer/charts/profileSpec.js';
import { shareTop } from '../../renderer/charts/shareTop.js';
import { exampleReport } from './exampleReport.js';

const histogram: Histogram = {
  binEdges: [0, 10, 20],
  referenceCounts: [6, 2],
  currentCounts: [1, 3],
  below: { reference: 2, current: 0 },
  above: { reference: 0, current: 0 },
};

const categories: CategoryChart = {
  levels: [
    { value: 'a\nb', referenceCount: 50, currentCount: 10 },
    { value: 'a\tb', referenceCount: 30, currentCount: 0 },
    { value: '', referenceCount: 0, currentCount: 30 },
    { value: 'd', referenceCount: 10, currentCount: 5 },
  ],
  other: { levelCount: 7, referenceCount: 10, currentCount: 5 },
  newCount: 1,
  vanishedCount: 1,
  newLevels: [],
  vanishedLevels: [],
};

describe('effectPosition', () => {
  test('is even up to the limit, then a step for each doubling', () => {
    expect(effectPosition(0)).toBe(0);
    expect(effectPosition(0.5)).toBe(0.15);
    expect(effectPosition(1)).toBe(0.3);
    expect(effectPosition(4) - effectPosition(2)).toBeCloseTo(effectPosition(2) - 0.3, 12);
    expect(effectPosition(16)).toBe(1);
    expect(effectPosition(1e9)).toBe(1);
  });

  test('of what is no ratio is nothing', () => {
    expect(effectPosition(-1)).toBe(0);
    expect(effectPosition(Number.NaN)).toBe(0);
  });
});

describe('histogramPaths', () => {
  test('draws both sides on one scale', () => {
    expect(histogramPaths(histogram, 100, 31)).toEqual({
      reference: 'M0,31V7H50V23H100V31Z',
      current: 'M0,31V21H50V1H100V31',
      cut: '',
    });
  });

  test('shares count the values outside', () => {
    expect(histogramShares(histogram).reference).toEqual([0.6, 0.2]);
  });

  test('of nothing is flat', () => {
    const none = { ...histogram, referenceCounts: [0, 0], currentCounts: [0, 0] };
    none.below = { reference: 0, current: 0 };
    expect(histogramPaths(none, 100, 31).current).toBe('M0,31V31H50V31H100V31');
  });
});

describe('shareTop', () => {
  test('is the highest share as a rule', () => {
    expect(shareTop([0.2, 0.5], [0.3, 0.1])).toEqual({ top: 0.5, cutBin: null });
    expect(shareTop([], [])).toEqual({ top: 0, cutBin: null });
  });

  test('cuts a spike that only one side has', () => {
    const { top, cutBin } = shareTop([0.01, 0.05, 0.1], [0.97, 0.02, 0.01]);
    expect(top).toBeCloseTo(0.16, 12);
    expect(cutBin).toBe(0);
  });

  test('leaves a spike that both sides have, so that their heights compare', () => {
    expect(shareTop([0.6, 0.05], [0.9, 0.02]).cutBin).toBeNull();
    expect(shareTop([1, 0], [0, 0]).cutBin).toBeNull();
  });
});

describe('levelShares', () => {
  test('labels are clean and stay apart', () => {
    const labels = levelShares(categories, 10).map((level) => level.label);
    expect(labels).toEqual(['a␣b', 'a␣b (2)', '(empty)', 'd', '7 other levels']);
  });

  test('sides that lack a level are marked', () => {
    const marks = levelShares(categories, 10).map((level) => level.mark);
    expect(marks).toEqual([null, 'vanished', 'new', null, null]);
  });

  test('what does not fit joins the rest, and shares add up', () => {
    const levels = levelShares(categories, 2);
    expect(levels.map((level) => level.label)).toEqual(['a␣b', 'a␣b (2)', '9 other levels']);
    expect(levels.reduce((sum, level) => sum + level.reference, 0)).toBeCloseTo(1, 12);
    expect(levels.reduce((sum, level) => sum + level.current, 0)).toBeCloseTo(1, 12);
  });
});

describe('vega-lite specs', () => {
  test('a histogram draws with the interpreter and warns of nothing', async () => {
    expect(await drawn(histogramSpec(histogram, 'numeric'))).toContain('share of values');
    expect(await drawn(histogramSpec(histogram, 'datetime'))).toContain('<svg');
  });

  test('levels are drawn as text, marks included', async () => {
    const hostile = { ...categories, levels: [...categories.levels] };
    hostile.levels[3] = { value: '</text><script>', referenceCount: 10, currentCount: 5 };
    const svg = await drawn(levelSpec(hostile));
    expect(svg).toContain('vanished');
    expect(svg).toContain('&lt;script&gt;');
    expect(svg).not.toContain('<script>');
  });

  test('the KS gap stands at its value', async () => {
    const ecdf = { values: [1, 2, 3], reference: [0.5, 0.9, 1], current: [0.1, 0.3, 1] };
    const ks = {
      kind: 'test' as const,
      statistic: 0.6,
      pValue: 0,
      adjustedPValue: 0,
      method: 'asymptotic',
      at: 2,
      referenceCount: 10,
      currentCount: 10,
    };
    const spec = JSON.stringify(ecdfSpec(ecdf, described(ks)));
    expect(spec).toContain('{"at":2,"low":0.3,"high":0.9}');
    expect(JSON.stringify(ecdfSpec(ecdf, described(undefined)))).not.toContain('gap');
    expect(await drawn(ecdfSpec(ecdf, described(ks)))).toContain('up to here');
  });

  test('hours are drawn', async () => {
    const counts = { reference: Array(24).fill(2), current: Array(24).fill(0) };
    expect(await drawn(profileSpec(counts, hourLabels))).toContain('>23<');
  });

  test('names of columns are in no spec', () => {
    for (const finding of exampleReport(20).columns) {
      const { name, kind, charts } = finding;
      const specs = [
        charts.histogram && histogramSpec(charts.histogram, kind),
        charts.ecdf && ecdfSpec(charts.ecdf, finding),
        charts.categories && levelSpec(charts.categories),
      ];
      if (name.trim().length > 3) expect(JSON.stringify(specs)).not.toContain(JSON.stringify(name));
    }
  });
});

/** A numeric column of three distinct values. */
function described(ks: Measurement | undefined) {
  const summary = { ...(exampleReport(1).columns[0] as Finding).reference, distinctCount: 3 };
  const measures = ks === undefined ? {} : { ks };
  return { kind: 'numeric' as const, measures, reference: summary, current: summary };
}

/** The SVG of a spec, as the page would draw it; fails on a warning. */
async function drawn(spec: TopLevelSpec): Promise<string> {
  const warn = vi.spyOn(console, 'warn');
  const sized = { ...spec, width: 300, autosize: { type: 'fit-x', contains: 'padding' } };
  const { spec: compiled } = compile(sized as TopLevelSpec);
  const view = new View(parse(compiled, undefined, { ast: true }), {
    expr: expressionInterpreter,
    renderer: 'none',
  });
  const svg = await view.toSVG();
  view.finalize();
  expect(warn).not.toHaveBeenCalled();
  warn.mockRestore();
  return svg;
}
