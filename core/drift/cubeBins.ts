import { type CubeColumn, type Finding, type Kind, kinds } from '../contract.js';
import { mostCubeBins } from '../cubeTables.js';
import { readableEdges } from './readableEdges.js';

/** How a column is cut into bins for the cube. */
export type CubeBins = Pick<CubeColumn, 'binEdges' | 'areWhole' | 'levels'> & {
  name: string;
  kind: Kind;
};

/** One bin is for rows without a value; of levels another is for those that are not listed. */
const mostLevels = mostCubeBins - 2;
const mostEdges = mostCubeBins - 2;
const cutKinds: readonly Kind[] = kinds.filter((kind) => kind !== 'text' && kind !== 'identifier');

/** The bins of a column; null where it has no distribution. */
export function cubeBins({ name, kind, verdict, charts }: Finding): CubeBins | null {
  if (verdict === 'skipped' || !cutKinds.includes(kind)) return null;
  if (charts.categories) {
    const levels = topLevels(charts.categories.levels);
    return levels.length > 0 ? { name, kind, levels } : null;
  }
  if (!charts.histogram || !charts.ecdf) return null;
  const { values } = charts.ecdf;
  const areWhole = kind === 'numeric' && values.every(Number.isSafeInteger);
  const binEdges = readableEdges(charts.histogram, charts.ecdf, {
    isTime: kind === 'datetime',
    areWhole,
    mostEdges,
  });
  return { name, kind, binEdges, ...(areWhole && { areWhole }) };
}

/** Places of the levels with the largest share of either side, in the chart's order. */
function topLevels(levels: readonly { referenceCount: number; currentCount: number }[]): number[] {
  const total = (key: 'referenceCount' | 'currentCount') =>
    Math.max(
      1,
      levels.reduce((sum, level) => sum + level[key], 0),
    );
  const [referenceTotal, currentTotal] = [total('referenceCount'), total('currentCount')];
  return levels
    .map(({ referenceCount, currentCount }, place) => ({
      place,
      share: Math.max(referenceCount / referenceTotal, currentCount / currentTotal),
    }))
    .sort((a, b) => b.share - a.share || a.place - b.place)
    .slice(0, mostLevels)
    .map(({ place }) => place)
    .sort((a, b) => a - b);
}
