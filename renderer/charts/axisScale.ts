import type { Charts, Finding, Histogram } from '../../core/contract.js';
import { lastTimeMs } from '../../core/isoTime.js';
import { formatNumber } from '../format.js';

type Ecdf = NonNullable<Charts['ecdf']>;

/** `symlog` is even around 0, up to about `constant`, and logarithmic beyond. */
export type AxisScale = { type: 'linear' } | { type: 'log' } | { type: 'symlog'; constant: number };

export const linear: AxisScale = { type: 'linear' };

/** Beyond these an axis cannot tell its ticks, as its steps or its length are no numbers any more. */
const [nearest, farthest] = [1e-280, 1e290];

const [dayMs, yearMs] = [86_400_000, 365.2425 * 86_400_000];

/**
 * What values are divided by to be drawn: 1, but for numbers too large or too small for an axis a power of ten, and for
 * times beyond dates, or so near their end that the ticks of an axis would not end before it, years or days.
 * A logarithmic axis takes all numbers.
 */
export function axisUnit(kind: Finding['kind'], values: number[], { type }: AxisScale): number {
  const top = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  if (kind === 'datetime') {
    const span = Math.max(...values) - Math.min(...values);
    if (top + Math.max(span, dayMs) < lastTimeMs) return 1;
    return span > 4 * yearMs ? yearMs : dayMs;
  }
  if (type === 'log') return 1;
  if (kind !== 'numeric' || top === 0 || (top > nearest && top < farthest)) return 1;
  return Math.max(1e-307, 10 ** Math.floor(Math.log10(top)));
}

/** What an axis of such values tells of them; null where they are drawn as they are. */
export function unitTitle(kind: Finding['kind'], unit: number): string | null {
  if (unit === 1) return null;
  if (kind === 'datetime') return `${unit === dayMs ? 'days' : 'years'} from 1970`;
  return `× ${formatNumber(unit, 2)}`;
}

export interface UnitNote {
  unit: number;
  fields: string[];
}

/** Which fields of a chart's rows were divided by a unit, for those who want the values. */
export function inUnit(unit: number, fields: string[]): { usermeta?: UnitNote & Dict } {
  return unit === 1 ? {} : { usermeta: { unit, fields } };
}

type Dict = Record<string, unknown>;

/** Even steps on a logarithmic axis that divide well. */
const logBinCount = 40;

/** The logarithmic axis that a column's values allow; null where they have no room for one. */
export function logScale(kind: Finding['kind'], ecdf: Ecdf | undefined): AxisScale | null {
  if (kind !== 'numeric' || ecdf === undefined) return null;
  const [low, high] = [ecdf.values[0], ecdf.values.at(-1)];
  if (low === undefined || high === undefined || !(low < high)) return null;
  if (low > 0) return { type: 'log' };
  const sizes = ecdf.values
    .map(Math.abs)
    .filter((size) => size > 0)
    .sort((a, b) => a - b);
  const constant = sizes[Math.floor(sizes.length / 4)] ?? 1;
  return { type: 'symlog', constant: Math.max(constant, 1e-12 * Math.max(-low, high)) };
}

/**
 * A histogram whose bins are even on a logarithmic axis, from the cumulative shares at known values: exact at
 * these, straight between them, or in steps where they are all the values there are.
 */
export function logHistogram(ecdf: Ecdf, finding: Described, scale: AxisScale): Histogram {
  const { values } = ecdf;
  const [first = 0, last = 1] = [values[0], values.at(-1)];
  const [low, high] = [bent(first, scale), bent(last, scale)];
  const binEdges = Array.from({ length: logBinCount + 1 }, (_, i) =>
    unbent(low + (i / logBinCount) * (high - low), scale),
  );
  binEdges[0] = first;
  binEdges[logBinCount] = last;
  const isStepped = hasAll(finding, ecdf);
  const counts = (side: 'reference' | 'current') => {
    const { count } = finding[side];
    const { at, shares } = isStepped
      ? { at: values.map((value) => bent(value, scale)), shares: ecdf[side] }
      : knownShares(ecdf, side, finding, scale);
    const upTo = binEdges.map((edge, i) =>
      i === 0 ? 0 : Math.round(count * shareAt(at, shares, bent(edge, scale), isStepped)),
    );
    return upTo.slice(1).map((sum, i) => sum - (upTo[i] ?? 0));
  };
  return {
    binEdges,
    referenceCounts: counts('reference'),
    currentCounts: counts('current'),
    below: { reference: 0, current: 0 },
    above: { reference: 0, current: 0 },
  };
}

/** The cumulative shares of a side at the curve's points and at its own quantiles, which reach further out. */
function knownShares(
  ecdf: Ecdf,
  side: 'reference' | 'current',
  finding: Described,
  scale: AxisScale,
): { at: number[]; shares: number[] } {
  const quantiles = Object.entries(finding[side].quantiles ?? {}).map(
    ([probability, value]) => [Number(value), Number(probability)] as const,
  );
  const curve = ecdf.values.map((value, i) => [value, ecdf[side][i] ?? 0] as const);
  const known = [...curve, ...quantiles].sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  let highest = 0;
  return {
    at: known.map(([value]) => bent(value, scale)),
    // between tied values a quantile lies below the curve
    shares: known.map(([, share]) => {
      highest = Math.max(highest, share);
      return highest;
    }),
  };
}

type Described = Pick<Finding, 'reference' | 'current'>;

/** Whether every distinct value is among the points. */
export function hasAll({ reference, current }: Described, { values }: Ecdf): boolean {
  return Math.max(reference.distinctCount, current.distinctCount) <= values.length;
}

/** The cumulative share up to a place between the points `at`, ascending. */
export function shareAt(at: number[], shares: number[], place: number, isStepped: boolean): number {
  const index = at.findLastIndex((point) => point <= place);
  const share = shares[index] ?? 0;
  const [left, right] = [at[index], at[index + 1]];
  if (isStepped || left === undefined || right === undefined) return share;
  return share + (((shares[index + 1] ?? share) - share) * (place - left)) / (right - left);
}

function bent(value: number, scale: AxisScale): number {
  if (scale.type === 'linear') return value;
  if (scale.type === 'log') return Math.log(value);
  return Math.sign(value) * Math.log1p(Math.abs(value) / scale.constant);
}

function unbent(place: number, scale: AxisScale): number {
  if (scale.type === 'linear') return place;
  if (scale.type === 'log') return Math.exp(place);
  return Math.sign(place) * Math.expm1(Math.abs(place)) * scale.constant;
}
