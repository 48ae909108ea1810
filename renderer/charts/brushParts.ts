import type { CategoryChart, CubeColumn } from '../../core/contract.js';
import type { ChartPlace } from './chartPlace.js';
import { levelShares } from './levelShares.js';
import { mostBars } from './levelSpec.js';

/** A part of a plot that stands for a bin; pixels from its upper left. */
export interface BrushPart {
  bin: number;
  left: number;
  top: number;
  width: number;
  height: number;
}

/** Which bins of values a plot of bars over an axis has, left to right. Those beyond its ends have no width. */
export function edgeParts(
  { binEdges = [] }: CubeColumn,
  unit: number,
  place: ChartPlace,
): BrushPart[] {
  const inside = (x: number) => Math.min(place.width, Math.max(0, Number.isNaN(x) ? 0 : x));
  const ends = [0, ...binEdges.map((edge) => inside(place.x(edge / unit))), place.width];
  return ends.slice(1).map((end, bin) => ({
    bin,
    left: ends[bin] as number,
    top: 0,
    width: Math.max(0, end - (ends[bin] as number)),
    height: place.height,
  }));
}

/** A row for each level that is drawn; those that are no bin of their own belong to the others'. */
export function levelParts(
  { levels = [] }: CubeColumn,
  chart: CategoryChart,
  place: ChartPlace,
): BrushPart[] {
  return levelShares(chart, mostBars).flatMap(({ label, isRest }, i) => {
    const top = place.y(label);
    const listed = isRest ? -1 : levels.indexOf(i);
    const bin = listed < 0 ? levels.length : listed;
    return top === undefined
      ? []
      : [{ bin, left: 0, top, width: place.width, height: place.rowHeight }];
  });
}

/** The bin at a place; the nearest one where `isNear`, as while dragging beyond the ends. */
export function binAt(
  parts: readonly BrushPart[],
  x: number,
  y: number,
  isNear: boolean,
): number | null {
  const drawn = parts.filter(({ width }) => width > 0);
  const distance = ({ left, top, width, height }: BrushPart) =>
    Math.max(left - x, x - left - width, 0) + Math.max(top - y, y - top - height, 0);
  const nearest = drawn.reduce<BrushPart | null>(
    (best, part) => (best === null || distance(part) < distance(best) ? part : best),
    null,
  );
  return nearest !== null && (isNear || distance(nearest) === 0) ? nearest.bin : null;
}

/** From an anchor to where a key leads, half open; null for a key that leads nowhere. */
export function movedRange(
  key: string,
  isExtending: boolean,
  range: { anchor: number; head: number },
  binCount: number,
): { anchor: number; head: number } | null {
  const to = {
    ArrowRight: range.head + 1,
    ArrowDown: range.head + 1,
    ArrowLeft: range.head - 1,
    ArrowUp: range.head - 1,
    Home: 0,
    End: binCount - 1,
  }[key];
  if (to === undefined) return null;
  const head = Math.min(binCount - 1, Math.max(0, to));
  return { anchor: isExtending ? range.anchor : head, head };
}
