import type { TopLevelSpec } from 'vega-lite';
import type { CategoryChart } from '../../core/contract.js';
import { formatPoints, formatShare } from '../format.js';
import { shareLabel } from './config.js';
import { levelShares } from './levelShares.js';

const most = 12;
/** Names closer together than this share of the height would stand on each other. */
const labelGap = 0.055;

/** A line for each level from its share in the reference to that in the current side. */
export function levelSlopeSpec(chart: CategoryChart): TopLevelSpec {
  const levels = levelShares(chart, most);
  const named = namedLevels(levels);
  const ends = levels.flatMap((level) => {
    const texts = {
      level: level.label,
      referenceText: formatShare(level.reference),
      currentText: formatShare(level.current),
      differenceText: formatPoints(level.current - level.reference),
    };
    return [
      { ...texts, side: 'reference', share: level.reference },
      { ...texts, side: 'current', share: level.current },
    ];
  });
  const x = {
    field: 'side',
    type: 'nominal',
    sort: null,
    scale: { type: 'point', domain: ['reference', 'current'], padding: 0.35 },
    axis: { title: null, labelAngle: 0 },
  };
  const y = {
    field: 'share',
    type: 'quantitative',
    axis: { title: 'share of values', labelExpr: shareLabel },
  };
  const tooltip = [
    { field: 'level', title: 'Level' },
    { field: 'referenceText', title: 'Reference' },
    { field: 'currentText', title: 'Current' },
    { field: 'differenceText', title: 'Change' },
  ];
  const isAt = (side: string) => ends.filter((end) => end.side === side);
  return {
    height: 300,
    data: { values: ends },
    layer: [
      {
        mark: { type: 'line', style: 'slope' },
        encoding: { x, y, detail: { field: 'level', type: 'nominal' } },
      },
      {
        data: { values: isAt('reference') },
        mark: { type: 'circle', style: 'reference-point' },
        encoding: { x, y, tooltip },
      },
      {
        data: { values: isAt('current') },
        mark: { type: 'circle', style: 'current-point' },
        encoding: { x, y, tooltip },
      },
      {
        data: { values: isAt('current').filter(({ level }) => named.has(level)) },
        mark: {
          type: 'text',
          style: 'level-label',
          align: 'left',
          baseline: 'middle',
          dx: 8,
          limit: 150,
        },
        encoding: { x, y, text: { field: 'level', type: 'nominal' } },
      },
    ],
  } as TopLevelSpec;
}

/** Those with room for their name, the most changed ones first. */
function namedLevels(levels: { label: string; reference: number; current: number }[]): Set<string> {
  const top = Math.max(...levels.flatMap(({ reference, current }) => [reference, current]), 1e-9);
  const change = ({ reference, current }: (typeof levels)[number]) => Math.abs(current - reference);
  const named: typeof levels = [];
  for (const level of [...levels].sort((a, b) => change(b) - change(a))) {
    const isFree = named.every(
      (other) => Math.abs(other.current - level.current) / top >= labelGap,
    );
    if (isFree) named.push(level);
  }
  return new Set(named.map(({ label }) => label));
}
