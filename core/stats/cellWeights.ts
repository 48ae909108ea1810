/** Two empirical CDFs on cells: in each the mean of its left end, and its right end without the rows there. */
export interface CdfGrid {
  /** Between which the cells are; ascending, one more than cells. */
  nodes: Float64Array;
  reference: Float64Array;
  current: Float64Array;
}

/** What a comparison is made of, beside the CDFs. */
export interface Comparison {
  referenceCount: number;
  currentCount: number;
  /** Between which values the area counts. */
  clipRange: [number, number];
  /** By which the area is divided. */
  scale: number;
  /** True when the scale is the width from the 5 % to the 95 % quantile. */
  isQuantileScale: boolean;
  /** The distance that was found. */
  observed: number;
}

/** Of the reference: 0.5, 5, 95 and 99.5 %. */
type Quantiles = [number, number, number, number];
const quantileShares = [0.005, 0.05, 0.95, 0.995] as const;

/** Of a CDF that is read at each node as the mean of the cells beside it, as mid-ranks have it. */
export function readQuantiles(nodes: Float64Array, cdf: Float64Array): Quantiles {
  const quantiles: Quantiles = [0, 0, 0, 0];
  const last = nodes.length - 1;
  let k = 0;
  let level = middleLevel(cdf, 0);
  let before = 0;
  for (let q = 0; q < 4; q++) {
    const share = quantileShares[q] as number;
    while (level < share && k < last) {
      before = level;
      level = middleLevel(cdf, ++k);
    }
    const node = nodes[k] as number;
    const from = nodes[Math.max(0, k - 1)] as number;
    const part = level > before ? Math.min(1, Math.max(0, (share - before) / (level - before))) : 1;
    quantiles[q] = from + (node - from) * part;
  }
  return quantiles;
}

function middleLevel(cdf: Float64Array, node: number): number {
  const left = node === 0 ? 0 : (cdf[node - 1] as number);
  const right = node >= cdf.length ? 1 : (cdf[node] as number);
  return (left + right) / 2;
}

export function baseWeights(grid: CdfGrid, comparison: Comparison): Float64Array {
  const weights = new Float64Array(grid.reference.length);
  setWeights(weights, grid.nodes, comparison, [0, 0, 1, 0], [0, 0, 1, 0]);
  return weights;
}

/** Widths of the cells inside the clip range, in units of the scale. */
export function setWeights(
  weights: Float64Array,
  nodes: Float64Array,
  { clipRange: [lower, upper], scale, isQuantileScale }: Comparison,
  still: Quantiles,
  moved: Quantiles,
): void {
  const from = lower + moved[0] - still[0];
  const to = Math.max(from, upper + moved[3] - still[3]);
  const stretch = isQuantileScale ? (moved[2] - moved[1]) / (still[2] - still[1]) : 1;
  const unit = scale * Math.max(stretch, 0.1);
  setWidths(weights, nodes, from, to, unit);
}

function setWidths(
  weights: Float64Array,
  nodes: Float64Array,
  from: number,
  to: number,
  unit: number,
): void {
  let node = nodes[0] as number;
  for (let cell = 0; cell < weights.length; cell++) {
    const left = Math.max(from, node);
    node = nodes[cell + 1] as number;
    const right = Math.min(to, node);
    weights[cell] = right > left ? (right - left) / unit : 0;
  }
}
