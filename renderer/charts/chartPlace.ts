import type { View } from 'vega';

/** Where a drawn chart's plot is within its element, in pixels, and what its scales say. */
export interface ChartPlace {
  left: number;
  top: number;
  width: number;
  height: number;
  /** From the plot's left end; NaN where the axis has no such place. */
  x: (value: number) => number;
  /** From the plot's upper end, of a level's row; undefined where there is none. */
  y: (level: string) => number | undefined;
  /** Of a level's row. */
  rowHeight: number;
}

/** Null before anything is drawn. */
export function chartPlace(view: View): ChartPlace | null {
  const scale = (name: string) => view.scale(name) as Scale | undefined;
  const [x, y] = [scale('x'), scale('y')];
  const [xStart = 0, xEnd = 0] = x?.range() ?? [];
  const [yStart = 0, yEnd = 0] = y?.range() ?? [];
  const [originX = 0, originY = 0] = view.origin();
  const padding = view.padding();
  const sides = typeof padding === 'number' ? { left: padding, top: padding } : padding;
  if (x === undefined || y === undefined || xEnd <= xStart) return null;
  return {
    left: originX + (sides.left ?? 0),
    top: originY + (sides.top ?? 0),
    width: xEnd - xStart,
    height: Math.abs(yEnd - yStart),
    x: (value) => Number(x(value)),
    y: (level) => y(level) as number | undefined,
    rowHeight: y.bandwidth?.() ?? 0,
  };
}

interface Scale {
  (value: number | string): unknown;
  range(): number[];
  bandwidth?(): number;
}
