import type { TopLevelSpec } from 'vega-lite';
import type { Finding } from '../../core/contract.js';
import { formatNumber, formatShare, formatTimeWithin } from '../format.js';
import { type AxisScale, linear } from './axisScale.js';
import { axisX } from './histogramSpec.js';
import type { QqPoint } from './qqPoints.js';

/** The current side's quantiles over the reference's; on the line both sides are the same. */
export function qqSpec(
  points: QqPoint[],
  kind: Finding['kind'],
  scale: AxisScale = linear,
): TopLevelSpec {
  const all = points.flatMap(({ reference, current }) => [reference, current]);
  const [low, high] = [Math.min(...all), Math.max(...all)];
  const write = (value: number) =>
    kind === 'datetime' ? formatTimeWithin(value, high - low) : formatNumber(value);
  const axis = axisX(kind, scale);
  const both = { ...axis, scale: { ...axis.scale, domain: [low, high] } };
  // a logarithmic axis has a line for each tick between two powers, too
  const grid = scale.type === 'linear';
  const x = { ...both, axis: { ...axis.axis, title: 'reference', grid } };
  const y = { ...both, axis: { ...axis.axis, title: 'current', grid } };
  const values = points.map((point) => ({
    ...point,
    share: formatShare(point.probability),
    referenceText: write(point.reference),
    currentText: write(point.current),
  }));
  return {
    height: 220,
    data: { values },
    layer: [
      {
        data: { values: [{ at: low }, { at: high }] },
        mark: { type: 'line', style: 'reference-line' },
        encoding: { x: { field: 'at', ...x }, y: { field: 'at', ...y } },
      },
      {
        mark: { type: 'circle', style: 'current-point' },
        encoding: {
          x: { field: 'reference', ...x },
          y: { field: 'current', ...y },
          tooltip: [
            { field: 'share', title: 'Quantile' },
            { field: 'referenceText', title: 'Reference' },
            { field: 'currentText', title: 'Current' },
          ],
        },
      },
    ],
  } as TopLevelSpec;
}
