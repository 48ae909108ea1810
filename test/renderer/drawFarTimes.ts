/** Draws every chart of times between two numbers, given as JSON, and says which could not be. Run by farTimes.test.ts. */
import { parse, View } from 'vega';
import { expressionInterpreter } from 'vega-interpreter';
import { compile, type TopLevelSpec } from 'vega-lite';
import type { Finding } from '../../core/contract.js';
import { ecdfSpec } from '../../renderer/charts/ecdfSpec.js';
import { histogramSpec } from '../../renderer/charts/histogramSpec.js';
import { qqSpec } from '../../renderer/charts/qqSpec.js';

const [low, high] = JSON.parse(process.argv[2] ?? '') as [number, number];
const binCount = 40;
const at = (i: number) => low * (1 - i / binCount) + high * (i / binCount);
const edges = Array.from({ length: binCount + 1 }, (_, i) => at(i));
const shares = edges.map((_, i) => i / binCount);
const histogram = {
  binEdges: edges,
  referenceCounts: Array<number>(binCount).fill(3),
  currentCounts: Array<number>(binCount).fill(2),
  below: { reference: 0, current: 0 },
  above: { reference: 0, current: 0 },
};
const side = { count: 120, distinctCount: 100, quantiles: {} };
const finding = { kind: 'datetime', measures: {}, reference: side, current: side };
const points = [0.1, 0.5, 0.9].map((probability) => ({
  probability,
  reference: low + probability * (high - low),
  current: high,
}));
const specs: [string, TopLevelSpec][] = [
  ['histogram', histogramSpec(histogram, 'datetime')],
  [
    'curves',
    ecdfSpec({ values: edges, reference: shares, current: shares }, finding as unknown as Finding),
  ],
  ['quantiles', qqSpec(points, 'datetime')],
];
for (const [name, spec] of specs) {
  const { spec: compiled } = compile({
    ...spec,
    width: 400,
    config: { axisX: { tickCount: 7 } },
  } as TopLevelSpec);
  const view = new View(parse(compiled, undefined, { ast: true }), {
    expr: expressionInterpreter,
    renderer: 'none',
  });
  await view.runAsync();
  const svg = await view.toSVG();
  // ticks of both axes, and no place that is none
  if (/NaN|Infinity/.test(svg) || (svg.match(/role-axis-label/g) ?? []).length < 2)
    console.log(`${name} is not drawn`);
}
