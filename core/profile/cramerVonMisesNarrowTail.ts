import { pairwiseSum } from './pairwiseSum.js';

/** The sums that paths to one lattice point have, in no order, and how many paths have each. */
interface Sums {
  values: Float64Array;
  counts: Float64Array;
}

const NONE: Sums = { values: new Float64Array(), counts: new Float64Array() };
/** NumPy takes half precision for numbers below it, else single. */
const LARGEST_HALF = 65_000;

/**
 * The exact tail of the Cramér-von Mises statistic as Evidently's copy of SciPy counts it: where there are
 * more orders than possible sums the counts are floating-point numbers of half or single precision, so that
 * p is off by up to some 0.0005. Null where they are whole numbers and right.
 *
 * @param rankSum - U as in Anderson (1962), equation 10
 * @param n - reference values, 2 to 20
 * @param m - current values, 2 to 20
 */
export function cramerVonMisesNarrowTail(rankSum: number, n: number, m: number): number | null {
  const multiple = (n / greatestCommonDivisor(n, m)) * m;
  const orders = binomialCoefficient(n + m, n);
  if (orders <= multiple * multiple * (n + m)) return null;
  const round = orders < LARGEST_HALF ? toHalf : Math.fround;
  const [across, up] = [multiple / n, multiple / m];
  const product = n * m;
  const goal = Math.floor(
    (multiple * multiple * (n + m) * (6 * rankSum - product * (4 * product - 1))) /
      (6 * product * product),
  );
  let columns = Array.from({ length: n + 1 }, (_, v) =>
    v === 0 ? { values: Float64Array.of(0), counts: Float64Array.of(1) } : NONE,
  );
  for (let u = 0; u <= m; u++) {
    let below = NONE;
    columns = columns.map((left, v) => {
      below = merge(below, left, round((across * v - up * u) ** 2), round);
      return below;
    });
  }
  const { values, counts } = columns[n] ?? NONE;
  const reached = counts.filter((_, i) => (values[i] as number) >= round(goal));
  // NumPy sums halves in single precision and rounds once.
  return round(pairwiseSum(reached, Math.fround)) / orders;
}

/**
 * First the sums that both have, ascending, their counts added; then what is left of each, in its order. A
 * sum that rounding has made twice in one of them is matched once, by its first.
 */
function merge(one: Sums, other: Sums, step: number, round: (value: number) => number): Sums {
  const inOne = firstPlaces(one.values);
  const inOther = firstPlaces(other.values);
  const shared = Float64Array.from(inOther.keys())
    .filter((value) => inOne.has(value))
    .sort();
  const size = one.values.length + other.values.length - shared.length;
  const values = new Float64Array(size);
  const counts = new Float64Array(size);
  let count = 0;
  for (const value of shared) {
    const [i, j] = [inOne.get(value) as number, inOther.get(value) as number];
    values[count] = round(value + step);
    counts[count++] = round((one.counts[i] as number) + (other.counts[j] as number));
  }
  const takeRest = (sums: Sums, own: Map<number, number>, others: Map<number, number>) => {
    sums.values.forEach((value, i) => {
      if (own.get(value) === i && others.has(value)) return;
      values[count] = round(value + step);
      counts[count++] = sums.counts[i] as number;
    });
  };
  takeRest(one, inOne, inOther);
  takeRest(other, inOther, inOne);
  return { values, counts };
}

function firstPlaces(values: Float64Array): Map<number, number> {
  const places = new Map<number, number>();
  values.forEach((value, i) => {
    if (!places.has(value)) places.set(value, i);
  });
  return places;
}

/** To 11 significant bits, half to even; for 0 and whole numbers of that range. */
function toHalf(value: number): number {
  if (value < 2048) return value;
  const unit = 2 ** (Math.floor(Math.log2(value)) - 10);
  const steps = value / unit;
  const floor = Math.floor(steps);
  const rest = steps - floor;
  const isUp = rest > 0.5 || (rest === 0.5 && floor % 2 === 1);
  return (isUp ? floor + 1 : floor) * unit;
}

function binomialCoefficient(n: number, k: number): number {
  let product = 1;
  for (let i = 1; i <= k; i++) product = Math.round((product * (n - k + i)) / i);
  return product;
}

function greatestCommonDivisor(one: number, other: number): number {
  return other === 0 ? one : greatestCommonDivisor(other, one % other);
}
