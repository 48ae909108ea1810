import type { TopLevelSpec } from 'vega-lite';
import type { CategoryChart } from '../../core/contract.js';
import { formatCount, formatShare } from '../format.js';
import { shareLabel } from './config.js';
import { levelShares } from './levelShares.js';

/** Levels with a bar of their own. */
export const mostBars = 24;

/** Shares by level as pairs of bars, most frequent first; levels on one side only say so. */
export function levelSpec(chart: CategoryChart): TopLevelSpec {
  const levels = levelShares(chart, mostBars);
  const bars = levels.flatMap((level) => {
    const texts = {
      level: level.label,
      referenceText: `${formatShare(level.reference)}  (${formatCount(level.referenceCount)})`,
      currentText: `${formatShare(level.current)}  (${formatCount(level.currentCount)})`,
    };
    return [
      { ...texts, side: 'reference', share: level.reference },
      { ...texts, side: 'current', share: level.current },
    ];
  });
  const marks = levels
    .filter((level) => level.mark !== null)
    .map((level) => ({
      level: level.label,
      share: Math.max(level.reference, level.current),
      mark: level.mark,
    }));
  const y = {
    field: 'level',
    type: 'nominal',
    sort: null,
    scale: { domain: levels.map((level) => level.label), paddingInner: 0.3, paddingOuter: 0.15 },
    axis: { title: null, labelLimit: 170, domain: true },
  };
  const x = {
    field: 'share',
    type: 'quantitative',
    axis: {
      title: 'share of values',
      grid: true,
      labelExpr: shareLabel,
      domain: false,
      ticks: false,
    },
  };
  return {
    height: levels.length * 27 + 6,
    data: { values: bars },
    layer: [
      {
        mark: { type: 'bar' },
        encoding: {
          y,
          x,
          yOffset: {
            field: 'side',
            type: 'nominal',
            sort: null,
            scale: { paddingInner: 0, paddingOuter: 0 },
          },
          color: {
            field: 'side',
            type: 'nominal',
            scale: { domain: ['reference', 'current'] },
            legend: null,
          },
          tooltip: [
            { field: 'level', title: 'Level' },
            { field: 'referenceText', title: 'Reference' },
            { field: 'currentText', title: 'Current' },
          ],
        },
      },
      {
        data: { values: marks },
        mark: { type: 'text', style: 'level-label', align: 'left', baseline: 'middle', dx: 6 },
        encoding: { y, x, text: { field: 'mark', type: 'nominal' } },
      },
    ],
  } as TopLevelSpec;
}
