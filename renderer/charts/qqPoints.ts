import type { Finding } from '../../core/contract.js';
import { fromIsoTime } from '../../core/isoTime.js';

export interface QqPoint {
  probability: number;
  reference: number;
  current: number;
}

const stepCount = 30;

/** Quantiles of both sides at the same probabilities: those in the summary, and others from the cumulative curves. */
export function qqPoints({ kind, charts, reference, current }: Finding): QqPoint[] {
  const { ecdf } = charts;
  if (ecdf === undefined || (kind !== 'numeric' && kind !== 'datetime')) return [];
  if (reference.count === 0 || current.count === 0) return [];
  const known = Object.keys(reference.quantiles ?? {}).map(Number);
  const between = Array.from({ length: stepCount - 1 }, (_, i) => (i + 1) / stepCount);
  const far = between.filter((p) => known.every((other) => Math.abs(other - p) > 0.008));
  return [...known, ...far]
    .sort((a, b) => a - b)
    .map((probability) => ({
      probability,
      reference: quantileAt(probability, reference, ecdf.values, ecdf.reference),
      current: quantileAt(probability, current, ecdf.values, ecdf.current),
    }));
}

function quantileAt(
  probability: number,
  { quantiles }: Finding['reference'],
  values: number[],
  shares: number[],
): number {
  const known = quantiles?.[String(probability)];
  if (known !== undefined) return typeof known === 'number' ? known : fromIsoTime(known);
  const index = shares.findIndex((share) => share >= probability);
  const [left, right] = [shares[index - 1], shares[index]];
  const [low, high] = [values[index - 1], values[index]];
  if (right === undefined || high === undefined) return values.at(-1) ?? Number.NaN;
  if (left === undefined || low === undefined) return high;
  return low + ((high - low) * (probability - left)) / (right - left);
}
