import type { Config } from 'vega-lite';
import { convention } from '../conventions.js';

/** Percent signs on an axis of shares. Expressions in our charts are constants, never made of what a file holds. */
export const shareLabel = "format(100 * datum.value, '~g') + '\u202f%'";

/** The look of all charts, read from the page's own tokens, so that dark is one change of an attribute. */
export function chartConfig(root: Element): Config {
  const style = getComputedStyle(root);
  const token = (name: string) => style.getPropertyValue(name).trim();
  const font = token('--font') || 'sans-serif';
  const quiet = token('--ink-3');
  const reference = token('--reference');
  const current = token('--current');
  const { decimal, thousands } = convention();
  return {
    background: 'transparent',
    font,
    padding: { left: 2, right: 8, top: 6, bottom: 2 },
    locale: { number: { decimal, thousands, grouping: [3], currency: ['', ''] } },
    view: { stroke: null },
    axis: {
      labelColor: quiet,
      titleColor: quiet,
      labelFontSize: 11,
      titleFontSize: 11,
      titleFontWeight: 'normal',
      titlePadding: 8,
      gridColor: token('--line'),
      domainColor: token('--line-strong'),
      tickColor: token('--line-strong'),
      tickSize: 4,
      labelPadding: 4,
      labelOverlap: 'greedy',
      labelSeparation: 8,
    },
    axisY: { domain: false, ticks: false, tickCount: 4 },
    axisX: { grid: false, tickCount: 7 },
    range: { category: [reference, current] },
    style: {
      // The hairline of the same colour closes the seams between neighbouring bars.
      reference: { color: reference, stroke: reference, strokeWidth: 0.5 },
      'reference-area': { color: reference, fillOpacity: 0.35 },
      'reference-line': { color: token('--reference-ink'), strokeWidth: 1.5 },
      current: { color: current, strokeWidth: 2, strokeJoin: 'round' },
      'whole-reference': { color: reference, fillOpacity: 0.3 },
      'whole-current': { color: current, strokeWidth: 1, opacity: 0.55 },
      'whole-current-bar': { color: current, fillOpacity: 0.22 },
      'reference-point': { color: reference, size: 26, opacity: 1 },
      'current-bar': { color: current },
      slope: { color: token('--line-strong'), strokeWidth: 1.5 },
      'current-point': { color: current, size: 26, opacity: 1 },
      gap: { color: token('--ink'), strokeWidth: 1.5 },
      'gap-end': { color: token('--ink'), size: 30, opacity: 1 },
      'level-label': { color: token('--ink-2'), fontSize: 11, font },
      hover: { color: token('--ink'), fillOpacity: 0 },
    },
  };
}
