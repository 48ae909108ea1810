import type { TopLevelSpec } from 'vega-lite';
import type { Charts, Finding, Measurement } from '../../core/contract.js';
import { formatNumber, formatShare, formatTimeWithin } from '../format.js';
import { type AxisScale, axisUnit, hasAll, inUnit, linear, shareAt } from './axisScale.js';
import { shareLabel } from './config.js';
import { axisX } from './histogramSpec.js';

type Ecdf = NonNullable<Charts['ecdf']>;
type Described = Pick<Finding, 'kind' | 'measures' | 'reference' | 'current'>;

/**
 * Cumulative shares of both sides, with the Kolmogorov-Smirnov gap marked where it is widest.
 * Steps where every distinct value is among the points, straight lines between them otherwise.
 */
export function ecdfSpec(ecdf: Ecdf, finding: Described, scale: AxisScale = linear): TopLevelSpec {
  const { values } = ecdf;
  const { kind } = finding;
  const isWhole = hasAll(finding, ecdf);
  const unit = axisUnit(kind, values, scale);
  const interpolate = isWhole ? 'step-after' : 'linear';
  const span = (values.at(-1) ?? 0) - (values[0] ?? 0);
  const write = (value: number) =>
    kind === 'datetime' ? formatTimeWithin(value, span) : formatNumber(value);
  const points = values.map((at, i) => {
    const reference = ecdf.reference[i] ?? 0;
    const current = ecdf.current[i] ?? 0;
    return {
      at: at / unit,
      next: (values[i + 1] ?? at) / unit,
      reference,
      current,
      valueText: write(at),
      referenceText: formatShare(reference),
      currentText: formatShare(current),
    };
  });
  const x = { field: 'at', ...axisX(kind, scale, unit) };
  const y = {
    type: 'quantitative',
    scale: { domain: [0, 1] },
    axis: { title: 'share of values up to here', labelExpr: shareLabel },
  };
  return {
    height: 220,
    ...inUnit(unit, ['at', 'next']),
    data: { values: points },
    layer: [
      {
        mark: { type: 'area', interpolate, style: 'reference-area' },
        encoding: { x, y: { field: 'reference', ...y } },
      },
      {
        mark: { type: 'line', interpolate, style: 'reference-line' },
        encoding: { x, y: { field: 'reference', ...y } },
      },
      {
        mark: { type: 'line', interpolate, style: 'current' },
        encoding: { x, y: { field: 'current', ...y } },
      },
      ...gapLayers(ecdf, finding.measures.ks, isWhole, unit, x, y),
      {
        mark: { type: 'rect', style: 'hover' },
        encoding: {
          x,
          x2: { field: 'next' },
          y: { value: 0 },
          y2: { value: 'height' },
          tooltip: [
            { field: 'valueText', title: 'Up to' },
            { field: 'referenceText', title: 'Reference' },
            { field: 'currentText', title: 'Current' },
          ],
        },
      },
    ],
  } as TopLevelSpec;
}

function gapLayers(
  ecdf: Ecdf,
  ks: Measurement | undefined,
  isWhole: boolean,
  unit: number,
  x: object,
  y: object,
): object[] {
  if (ks?.kind !== 'test' || ks.at === undefined || ks.statistic === 0) return [];
  const { at } = ks;
  const reference = shareAt(ecdf.values, ecdf.reference, at, isWhole);
  const current = shareAt(ecdf.values, ecdf.current, at, isWhole);
  const low = Math.min(reference, current);
  const high = Math.max(reference, current);
  const ends = [
    { at: at / unit, low, high },
    { at: at / unit, low: high, high },
  ];
  return [
    {
      data: { values: ends },
      mark: { type: 'rule', style: 'gap' },
      encoding: { x, y: { field: 'low', ...y }, y2: { field: 'high' } },
    },
    {
      data: { values: ends },
      mark: { type: 'circle', style: 'gap-end' },
      encoding: { x, y: { field: 'low', ...y } },
    },
  ];
}
