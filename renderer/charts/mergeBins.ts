import type { Histogram } from '../../core/contract.js';

const wanted = [5, 8, 10, 20, 40];

/** Into how many bins of one width a histogram can be merged, ascending; its own number is the last. */
export function binChoices({ referenceCounts: { length } }: Histogram): number[] {
  return [...new Set([...wanted, length])]
    .filter((count) => count <= length && length % count === 0)
    .sort((a, b) => a - b);
}

/** The choice next to a wished number of bins. */
export function nearestChoice(histogram: Histogram, wish: number): number {
  const distance = (count: number) => Math.abs(Math.log(count / wish));
  return binChoices(histogram).reduce((best, count) =>
    distance(count) < distance(best) ? count : best,
  );
}

/** Neighbouring bins put together, `binCount` of them: one of {@link binChoices}. */
export function mergeBins(histogram: Histogram, binCount: number): Histogram {
  const size = histogram.referenceCounts.length / binCount;
  const merged = (counts: number[]) =>
    Array.from({ length: binCount }, (_, bin) =>
      counts.slice(bin * size, (bin + 1) * size).reduce((sum, count) => sum + count, 0),
    );
  return {
    ...histogram,
    binEdges: histogram.binEdges.filter((_edge, i) => i % size === 0),
    referenceCounts: merged(histogram.referenceCounts),
    currentCounts: merged(histogram.currentCounts),
  };
}
