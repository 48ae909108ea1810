import { parse, View } from 'vega';
import { expressionInterpreter } from 'vega-interpreter';
import { compile, type TopLevelSpec } from 'vega-lite';
import { expect, test } from 'vitest';
import type { Finding } from '../../core/contract.js';
import { logHistogram, logScale } from '../../renderer/charts/axisScale.js';
import { ecdfSpec } from '../../renderer/charts/ecdfSpec.js';
import { histogramSpec } from '../../renderer/charts/histogramSpec.js';
import { qqSpec } from '../../renderer/charts/qqSpec.js';

const most = Number.MAX_VALUE;
const numbers = [0, 5e-324, -5e-324, 1e-300, 1, 1 + 2 ** -52, 2 ** 53, 1e300, 1e308, -1e308, most];
const lastTime = 8.6e15;
const times = [0, Date.UTC(1850, 2, 4), Date.UTC(1, 0, 1), Date.UTC(9999, 11, 31), lastTime];

/** Every chart of a column whose values lie between two numbers. */
function charts(kind: 'numeric' | 'datetime', low: number, high: number): TopLevelSpec[] {
  const binCount = 10;
  const at = (i: number) => low * (1 - i / binCount) + high * (i / binCount);
  const histogram = {
    binEdges: Array.from({ length: binCount + 1 }, (_, i) => at(i)),
    referenceCounts: Array<number>(binCount).fill(1),
    currentCounts: Array.from({ length: binCount }, (_, i) => i),
    below: { reference: 0, current: 1 },
    above: { reference: 0, current: 0 },
  };
  const values = low === high ? [low] : [low, low / 2 + high / 2, high];
  const shares = values.map((_, i) => (i + 1) / values.length);
  const ecdf = { values, reference: shares, current: shares.map((share) => share ** 2) };
  const side = { count: 10, distinctCount: 3, quantiles: { '0.5': low } };
  const finding = { kind, measures: {}, reference: side, current: side } as unknown as Finding;
  const points = [
    { probability: 0.1, reference: low, current: high },
    { probability: 0.9, reference: high, current: high },
  ];
  const heights =
    kind === 'numeric' ? (['share', 'count', 'density'] as const) : ['share' as const];
  const log = logScale(kind, ecdf);
  return [
    ...heights.map((height) => histogramSpec(histogram, kind, height)),
    ecdfSpec(ecdf, finding),
    qqSpec(points, kind),
    ...(log === null
      ? []
      : [
          histogramSpec(logHistogram(ecdf, finding, log), kind, 'share', log),
          ecdfSpec(ecdf, finding, log),
          qqSpec(points, kind, log),
        ]),
  ];
}

/** What drawing complains of. Nothing of it may be no number. */
async function complaints(spec: TopLevelSpec): Promise<string[]> {
  const heard: string[] = [];
  const hear = (...words: readonly unknown[]) => {
    heard.push(words.join(' '));
    return logger;
  };
  const ignore = () => logger;
  const logger = { level: ignore, error: hear, warn: hear, info: ignore, debug: ignore };
  try {
    const { spec: compiled } = compile({ ...spec, width: 400 } as TopLevelSpec);
    const view = new View(parse(compiled, undefined, { ast: true }), {
      expr: expressionInterpreter,
      renderer: 'none',
    });
    view.logger(logger as never);
    await view.runAsync();
    if (/NaN|Infinity/.test(await view.toSVG())) heard.push('no number is drawn');
    view.finalize();
  } catch (error) {
    heard.push(String(error));
  }
  return heard;
}

test.each([
  ['numeric', numbers],
  ['datetime', times],
] as const)(
  'charts of extreme %s values are drawn',
  async (kind, values) => {
    const failures: string[] = [];
    for (const low of values)
      for (const high of values.filter((value) => value >= low))
        for (const [i, spec] of charts(kind, low, high).entries())
          for (const what of await complaints(spec))
            failures.push(`${low} to ${high}, chart ${i}: ${what}`);
    expect(failures).toEqual([]);
  },
  60_000,
);

test('an axis of numbers that are too large for one tells its unit', () => {
  const [histogram] = charts('numeric', -1e308, 1e308);
  expect(JSON.stringify(histogram)).toContain('"title":"× 1e308"');
  const [usual] = charts('numeric', -10, 10);
  expect(JSON.stringify(usual)).not.toContain('×');
});
