import type { TopLevelSpec } from 'vega-lite';
import type { Charts, Kind, Measurement } from '../../core/contract.js';
import { formatNumber, formatShare, formatTimeWithin } from '../format.js';
import { shareLabel } from './config.js';
import { axisX } from './histogramSpec.js';

type Ecdf = NonNullable<Charts['ecdf']>;

/** Cumulative shares of both sides, with the Kolmogorov-Smirnov gap marked where it is widest. */
export function ecdfSpec(ecdf: Ecdf, kind: Kind, ks: Measurement | undefined): TopLevelSpec {
  const { values } = ecdf;
  const span = (values.at(-1) ?? 0) - (values[0] ?? 0);
  const write = (value: number) =>
    kind === 'datetime' ? formatTimeWithin(value, span) : formatNumber(value);
  const points = values.map((at, i) => {
    const reference = ecdf.reference[i] ?? 0;
    const current = ecdf.current[i] ?? 0;
    return {
      at,
      next: values[i + 1] ?? at,
      reference,
      current,
      value: write(at),
      referenceText: formatShare(reference),
      currentText: formatShare(current),
    };
  });
  const x = { field: 'at', ...axisX(kind) };
  const y = {
    type: 'quantitative',
    scale: { domain: [0, 1] },
    axis: { title: 'share of values up to here', labelExpr: shareLabel },
  };
  return {
    height: 220,
    data: { values: points },
    layer: [
      {
        mark: { type: 'area', interpolate: 'step-after', style: 'reference-area' },
        encoding: { x, y: { field: 'reference', ...y } },
      },
      {
        mark: { type: 'line', interpolate: 'step-after', style: 'reference-line' },
        encoding: { x, y: { field: 'reference', ...y } },
      },
      {
        mark: { type: 'line', interpolate: 'step-after', style: 'current' },
        encoding: { x, y: { field: 'current', ...y } },
      },
      ...gapLayers(ecdf, ks, x, y),
      {
        mark: { type: 'rect', style: 'hover' },
        encoding: {
          x,
          x2: { field: 'next' },
          y: { value: 0 },
          y2: { value: 'height' },
          tooltip: [
            { field: 'value', title: 'Up to' },
            { field: 'referenceText', title: 'Reference' },
            { field: 'currentText', title: 'Current' },
          ],
        },
      },
    ],
  } as TopLevelSpec;
}

function gapLayers(ecdf: Ecdf, ks: Measurement | undefined, x: object, y: object): object[] {
  if (ks?.kind !== 'test' || ks.at === undefined || ks.statistic === 0) return [];
  const { at } = ks;
  const index = ecdf.values.findLastIndex((value) => value <= at);
  if (index < 0) return [];
  const low = Math.min(ecdf.reference[index] ?? 0, ecdf.current[index] ?? 0);
  const high = Math.max(ecdf.reference[index] ?? 0, ecdf.current[index] ?? 0);
  const ends = [
    { at, low, high },
    { at, low: high, high },
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
