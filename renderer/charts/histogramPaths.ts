import type { Histogram } from '../../core/contract.js';
import { shareTop } from './shareTop.js';

export interface HistogramPaths {
  /** Filled bars, closed to the ground. */
  reference: string;
  /** The outline of the current bars, open at both ends. */
  current: string;
  /** A break across the bar that is too high to show; empty where none is. */
  cut: string;
}

/** Both sides as SVG paths in a box of `width` × `height`, on one scale of shares. */
export function histogramPaths(
  histogram: Histogram,
  width: number,
  height: number,
): HistogramPaths {
  const { reference, current } = histogramShares(histogram);
  const { top, cutBin } = shareTop(reference, current);
  const left = histogram.binEdges[0] ?? 0;
  const right = histogram.binEdges.at(-1) ?? 1;
  // from one end of what a number can be to the other is more than it can be
  const scale = Number.isFinite(right - left) ? 1 : 0.5;
  const span = right * scale - left * scale || 1;
  const x = (edge: number) => round(((edge * scale - left * scale) / span) * width);
  const y = (share: number) =>
    round(height - (top === 0 ? 0 : Math.min(1, share / top)) * (height - 1));
  const steps = (shares: number[]) =>
    shares
      .map((share, bin) => {
        const start = x(histogram.binEdges[bin] ?? left);
        const end = x(histogram.binEdges[bin + 1] ?? left);
        return `${bin === 0 ? `M${start},${height}V` : 'V'}${y(share)}H${end}`;
      })
      .join('');
  const close = `V${height}`;
  const edge = (index: number) => x(histogram.binEdges[index] ?? left);
  const cut =
    cutBin === null
      ? ''
      : `M${round(edge(cutBin) - 3)},${height * 0.3}L${round(edge(cutBin + 1) + 3)},${height * 0.2}`;
  return { reference: `${steps(reference)}${close}Z`, current: `${steps(current)}${close}`, cut };
}

/** Share of all values, the ones outside the edges included, per bin. */
export function histogramShares(histogram: Histogram): { reference: number[]; current: number[] } {
  return {
    reference: shares(
      histogram.referenceCounts,
      histogram.below.reference + histogram.above.reference,
    ),
    current: shares(histogram.currentCounts, histogram.below.current + histogram.above.current),
  };
}

function shares(counts: number[], outside: number): number[] {
  const total = counts.reduce((sum, count) => sum + count, outside);
  return counts.map((count) => (total === 0 ? 0 : count / total));
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
