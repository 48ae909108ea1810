import type { Charts, Histogram } from '../contract.js';

type Curves = NonNullable<Charts['ecdf']>;

/** A bin of even steps that holds more of both sides than this hides too much. */
const mostShare = 0.4;
const niceSteps = [1, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10];
const [second, minute, hour, day] = [1_000, 60_000, 3_600_000, 86_400_000];
const timeSteps = [
  ...[1, 2, 5, 10, 15, 30].map((n) => n * second),
  ...[1, 2, 5, 10, 15, 30].map((n) => n * minute),
  ...[1, 2, 3, 4, 6, 12].map((n) => n * hour),
  ...[1, 2, 3, 7, 14].map((n) => n * day),
];
const monthSteps = [1, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1200];

/**
 * Inner edges on round numbers: even steps over the bulk of both sides, or, where one bin would hold most of it, near the
 * quantiles of both.
 */
export function readableEdges(
  { binEdges }: Histogram,
  curves: Curves,
  { isTime, areWhole, mostEdges }: { isTime: boolean; areWhole: boolean; mostEdges: number },
): number[] {
  const [low = 0, high = 0] = [binEdges[0], binEdges.at(-1)];
  const pooled = pooledShares(curves);
  const even = isTime
    ? timeEdges(low, high, mostEdges)
    : areWhole
      ? wholeEdges(low, high, mostEdges)
      : evenEdges(low, high, mostEdges);
  if (even.length > 0 && largestShare(even, curves.values, pooled) <= mostShare) return even;
  const round = isTime ? roundTime : roundNumber;
  const after = (value: number, next: number) => (areWhole ? value + 1 : round(value, next));
  const cut = quantileEdges(curves.values, pooled, mostEdges, { round, after });
  return largestShare(cut, curves.values, pooled) < largestShare(even, curves.values, pooled)
    ? cut
    : even;
}

function evenEdges(low: number, high: number, most: number, areWhole = false): number[] {
  const width = (high - low) / (most + 1);
  if (!(width > 0) || !Number.isFinite(width)) return [];
  const power = 10 ** Math.floor(Math.log10(width));
  for (const nice of niceSteps) {
    if (areWhole && !Number.isInteger(nice * power)) continue;
    const edges = multiples(low, high, nice * power);
    if (edges.length <= most) return edges;
  }
  return [];
}

/** Between whole numbers, so that each is in the bin that its name says. */
function wholeEdges(low: number, high: number, most: number): number[] {
  const span = high - low;
  if (!Number.isFinite(span)) return [];
  if (span <= most + 1) return multiples(low, high, 1, Math.ceil(low) === low ? 0 : 0.5);
  return evenEdges(low, high, most, true);
}

/** Of a step, strictly between both; written with no more digits than the step has. */
function multiples(low: number, high: number, step: number, offset = 0): number[] {
  const first = Math.floor((low - offset) / step) + 1;
  const count = Math.ceil((high - offset) / step) - first;
  if (!Number.isSafeInteger(first) || !(count >= 0) || count > 1000) return [];
  return Array.from({ length: count }, (_, i) =>
    Number(((first + i) * step + offset).toPrecision(12)),
  ).filter((edge) => edge > low && edge < high);
}

function timeEdges(low: number, high: number, most: number): number[] {
  const width = (high - low) / (most + 1);
  if (!(width > 0)) return [];
  for (const step of timeSteps) {
    if (step < width) continue;
    // weeks begin on Monday, and 1970 began on a Thursday
    const edges = multiples(low, high, step, step % (7 * day) === 0 ? 4 * day : 0);
    if (edges.length <= most) return edges;
  }
  for (const months of monthSteps) {
    const edges = monthEdges(low, high, months, most);
    if (edges !== null) return edges;
  }
  return [];
}

function monthEdges(low: number, high: number, months: number, most: number): number[] | null {
  const date = new Date(low);
  const start = Math.floor((date.getUTCFullYear() * 12 + date.getUTCMonth()) / months) * months;
  const edges: number[] = [];
  for (let month = start + months; edges.length <= most; month += months) {
    const edge = monthStart(month);
    if (!(edge < high)) return edges;
    edges.push(edge);
  }
  return null;
}

/** Also of the years 0 to 99, which `Date.UTC` takes for others. */
function monthStart(month: number): number {
  return new Date(0).setUTCFullYear(Math.floor(month / 12), month % 12, 1);
}

/** One edge near each quantile, and one after each value that many rows have. */
function quantileEdges(
  values: readonly number[],
  pooled: readonly number[],
  most: number,
  { round, after }: Record<'round' | 'after', (above: number, upTo: number) => number>,
): number[] {
  const slack = 0.25 / (most + 1);
  const edges: number[] = [];
  for (let k = 1; k <= most; k++) {
    const share = k / (most + 1);
    const at = pooled.findIndex((upTo) => upTo >= share - slack);
    const beyond = pooled.findIndex((upTo) => upTo >= share + slack);
    const [left, right] = [values[at], values[beyond < 0 ? values.length - 1 : beyond]];
    if (left === undefined || right === undefined) continue;
    const next = values.find((value) => value > left);
    const isTied = left === right;
    const edge = isTied ? after(left, next ?? left) : round(left, right);
    const last = edges.at(-1);
    if (
      !(isTied && next === undefined) &&
      edge > (values[0] as number) &&
      (last === undefined || edge > last)
    )
      edges.push(edge);
  }
  return edges;
}

/** The number with the fewest digits above one and up to the other. */
function roundNumber(above: number, upTo: number): number {
  if (above < 0 && upTo >= 0) return 0;
  const largest = Math.max(Math.abs(above), Math.abs(upTo));
  for (let power = Math.ceil(Math.log10(largest)), tries = 0; tries < 18; power--, tries++) {
    for (const nice of [1, 0.5, 0.25, 0.2]) {
      const step = nice * 10 ** power;
      const edge = Number((Math.floor(upTo / step) * step).toPrecision(12));
      if (edge > above && edge <= upTo) return edge;
    }
  }
  return upTo;
}

function roundTime(above: number, upTo: number): number {
  for (const months of [12, 3, 1]) {
    const date = new Date(upTo);
    const month = date.getUTCFullYear() * 12 + date.getUTCMonth();
    const edge = monthStart(Math.floor(month / months) * months);
    if (edge > above && edge <= upTo) return edge;
  }
  for (const step of [day, 6 * hour, hour, minute, second]) {
    const edge = Math.floor(upTo / step) * step;
    if (edge > above) return edge;
  }
  return upTo;
}

/** Cumulative, the mean of the sides that have values. */
function pooledShares({ values, reference, current }: Curves): number[] {
  const known = [reference, current].filter(({ length }) => length > 0);
  return values.map(
    (_, i) => known.reduce((sum, side) => sum + (side[i] ?? 0), 0) / Math.max(1, known.length),
  );
}

/** About: between the known values shares rise in even steps. */
function largestShare(
  edges: readonly number[],
  values: readonly number[],
  pooled: readonly number[],
): number {
  const upTo = [...edges.map((edge) => shareBelow(edge, values, pooled)), 1];
  return Math.max(...upTo.map((share, i) => share - (upTo[i - 1] ?? 0)));
}

function shareBelow(edge: number, values: readonly number[], pooled: readonly number[]): number {
  const index = values.findLastIndex((value) => value < edge);
  const [left, right] = [values[index], values[index + 1]];
  const [low = 0, high] = [pooled[index], pooled[index + 1]];
  if (left === undefined) return 0;
  if (right === undefined || high === undefined) return low;
  // the step at the next value is not below the edge
  return right === edge ? low : low + ((high - low) * (edge - left)) / (right - left);
}
