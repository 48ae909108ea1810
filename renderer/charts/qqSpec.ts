import type { TopLevelSpec } from 'vega-lite';
import type { Finding } from '../../core/contract.js';
import { formatNumber, formatShare, formatTimeWithin } from '../format.js';
import { type AxisScale, axisUnit, inUnit, linear } from './axisScale.js';
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
  const unit = axisUnit(kind, all, scale);
  const axis = axisX(kind, scale, unit);
  const isTime = kind === 'datetime' && unit === 1;
  const ends = axisEnds(low / unit, high / unit, isTime);
  // the interpreter of expressions takes a number for a year, but reads text as a time
  const domain = isTime ? ends.map((end) => new Date(end).toISOString()) : ends;
  const both = { ...axis, scale: { ...axis.scale, domain } };
  // a logarithmic axis has a line for each tick between two powers, too
  const grid = scale.type === 'linear';
  const title = (side: string) => (unit === 1 ? side : `${side}, ${axis.axis.title}`);
  const x = { ...both, axis: { ...axis.axis, title: title('reference'), grid } };
  const y = { ...both, axis: { ...axis.axis, title: title('current'), grid } };
  const values = points.map((point) => ({
    ...point,
    reference: point.reference / unit,
    current: point.current / unit,
    shareText: formatShare(point.probability),
    referenceText: write(point.reference),
    currentText: write(point.current),
  }));
  return {
    height: 220,
    data: { values },
    layer: [
      {
        ...inUnit(unit, ['reference', 'current']),
        data: { values: ends.map((at) => ({ at })) },
        mark: { type: 'line', style: 'reference-line' },
        encoding: { x: { field: 'at', ...x }, y: { field: 'at', ...y } },
      },
      {
        mark: { type: 'circle', style: 'current-point' },
        encoding: {
          x: { field: 'reference', ...x },
          y: { field: 'current', ...y },
          tooltip: [
            { field: 'shareText', title: 'Quantile' },
            { field: 'referenceText', title: 'Reference' },
            { field: 'currentText', title: 'Current' },
          ],
        },
      },
    ],
  } as TopLevelSpec;
}

/** One value alone has no axis of its own: it gets room on both sides. */
function axisEnds(low: number, high: number, isTime: boolean): [number, number] {
  const room = low < high ? 0 : isTime ? 43_200_000 : Math.abs(low) / 2 || 0.5;
  return [low - room, high + room];
}
