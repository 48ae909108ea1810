import type { TopLevelSpec } from 'vega-lite';
import type { CategoryChart } from '../../core/contract.js';
import { formatPoints, formatShare } from '../format.js';
import { levelShares } from './levelShares.js';

const most = 24;

/** By how many points each level's share changed, largest change first. */
export function levelDifferenceSpec(chart: CategoryChart): TopLevelSpec {
  const levels = levelShares(chart, most)
    .map((level) => ({ ...level, difference: level.current - level.reference }))
    .sort((a, b) => Math.abs(b.difference) - Math.abs(a.difference));
  const values = levels.map(({ label, reference, current, difference }) => ({
    level: label,
    difference,
    referenceText: formatShare(reference),
    currentText: formatShare(current),
    differenceText: formatPoints(difference),
  }));
  const y = {
    field: 'level',
    type: 'nominal',
    sort: null,
    scale: { domain: levels.map(({ label }) => label), paddingInner: 0.3, paddingOuter: 0.15 },
    axis: { title: null, labelLimit: 170, domain: false },
  };
  const axis = {
    title: 'change of the share, in points',
    grid: true,
    domain: false,
    ticks: false,
    labelExpr: "format(100 * datum.value, '+~g')",
  };
  return {
    height: levels.length * 22 + 6,
    data: { values },
    layer: [
      {
        mark: { type: 'bar', style: 'current-bar' },
        encoding: {
          y,
          x: { field: 'difference', type: 'quantitative', axis },
          tooltip: [
            { field: 'level', title: 'Level' },
            { field: 'referenceText', title: 'Reference' },
            { field: 'currentText', title: 'Current' },
            { field: 'differenceText', title: 'Change' },
          ],
        },
      },
      {
        data: { values: [{ at: 0 }] },
        mark: { type: 'rule', style: 'gap' },
        encoding: { x: { field: 'at', type: 'quantitative' } },
      },
    ],
  } as TopLevelSpec;
}
