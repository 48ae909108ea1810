import type { TopLevelSpec } from 'vega-lite';
import { formatCount, formatShare } from '../format.js';
import { shareLabel } from './config.js';

export const hourLabels = Array.from({ length: 24 }, (_, hour) => String(hour).padStart(2, '0'));
export const weekdayLabels = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

/** Shares of rows by hour of day or by weekday: the reference as bars, the current as a line. */
export function profileSpec(
  counts: { reference: number[]; current: number[] },
  labels: string[],
): TopLevelSpec {
  const total = (side: number[]) => side.reduce((sum, count) => sum + count, 0) || 1;
  const referenceTotal = total(counts.reference);
  const currentTotal = total(counts.current);
  const values = labels.map((label, i) => {
    const reference = (counts.reference[i] ?? 0) / referenceTotal;
    const current = (counts.current[i] ?? 0) / currentTotal;
    return {
      label,
      reference,
      current,
      referenceText: `${formatShare(reference)}  (${formatCount(counts.reference[i] ?? 0)})`,
      currentText: `${formatShare(current)}  (${formatCount(counts.current[i] ?? 0)})`,
    };
  });
  const x = {
    field: 'label',
    type: 'ordinal',
    scale: { domain: labels, paddingInner: 0.15 },
    axis: { title: null, labelAngle: 0 },
  };
  const y = { type: 'quantitative', axis: { title: 'share of rows', labelExpr: shareLabel } };
  const tooltip = [
    { field: 'label', title: 'At' },
    { field: 'referenceText', title: 'Reference' },
    { field: 'currentText', title: 'Current' },
  ];
  return {
    height: 180,
    data: { values },
    layer: [
      {
        mark: { type: 'bar', style: 'reference' },
        encoding: { x, y: { field: 'reference', ...y }, tooltip },
      },
      {
        mark: { type: 'line', style: 'current' },
        encoding: { x, y: { field: 'current', ...y } },
      },
      {
        mark: { type: 'circle', style: 'current-point' },
        encoding: { x, y: { field: 'current', ...y }, tooltip },
      },
    ],
  } as TopLevelSpec;
}
