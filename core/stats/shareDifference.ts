import { type SizedEffect, solveIncreasing } from './effect.js';
import { homogeneityTest, hypergeometricChances } from './homogeneityTest.js';
import { normalUpperTail } from './special.js';

export interface ShareDifference extends SizedEffect {
  /** Current share less reference share, plain. */
  signed: number;
  pValue: number;
  method: 'asymptotic' | 'exact';
}

const z95 = 1.959963984540054;

/**
 * Difference of two shares: by how much the share of hits (missing values, say) has moved.
 *
 * It answers in points, whatever the shares are, so that 0 to 2 % and 50 to 52 % count alike. `value`
 * is the size that the observed one would exceed half of the time. Weak where a side has few rows:
 * the interval then says so. Its lower end is 0 unless p <= 0.05.
 *
 * Range: value, observed, interval and noiseFloor 0 (same share) to 1; larger is more drift.
 *        signed -1 to 1. pValue 0 to 1; smaller is more drift.
 * Cost: O(1); O(smallest margin) while an expected count is below 5.
 * Source: Newcombe (1998), "Interval estimation for the difference between independent proportions",
 *         Statistics in Medicine 17, 873-890, method 10; p-value as in homogeneityTest.
 * Checked: Newcombe's published intervals (test/core/stats/shareDifference.test.ts); coverage and false
 *          alarms by simulation (test/core/stats/calibration.test.ts)
 *
 * @param referenceHits - 0 to referenceTotal rows
 * @param referenceTotal - n >= 1 rows
 * @param currentHits - 0 to currentTotal rows
 * @param currentTotal - m >= 1 rows
 * @returns the absolute difference with its certainty, the signed one, and the p-value of "same share"
 * @throws {RangeError} if a side has no rows or more hits than rows
 *
 * @example
 * shareDifference(56, 70, 48, 80)
 * // => signed -0.2, interval [0.0524, 0.3339], pValue 0.0080
 */
export function shareDifference(
  referenceHits: number,
  referenceTotal: number,
  currentHits: number,
  currentTotal: number,
): ShareDifference {
  requireShare(referenceHits, referenceTotal);
  requireShare(currentHits, currentTotal);
  const signed = currentHits / currentTotal - referenceHits / referenceTotal;
  const observed = Math.abs(signed);
  const [lower, upper] = newcombe(referenceHits, referenceTotal, currentHits, currentTotal);
  const { pValue, method } = homogeneityTest(
    [referenceHits, referenceTotal - referenceHits],
    [currentHits, currentTotal - currentHits],
    1,
  );
  return {
    value: medianUnbiased(
      observed,
      standardError(referenceHits, referenceTotal, currentHits, currentTotal),
    ),
    observed,
    interval: [
      pValue > 0.05 ? 0 : Math.max(0, lower, -upper),
      Math.min(1, Math.max(-lower, upper)),
    ],
    noiseFloor: noiseFloor(referenceHits + currentHits, referenceTotal, currentTotal),
    signed,
    pValue,
    method: method === 'asymptotic' ? method : 'exact',
  };
}

function requireShare(hits: number, total: number): void {
  if (!(total >= 1 && hits >= 0 && hits <= total)) {
    throw new RangeError(
      `shareDifference requires 0 to n hits among n >= 1 rows (got ${hits} among ${total})`,
    );
  }
}

/** Of current less reference. */
function newcombe(x: number, n: number, y: number, m: number): [number, number] {
  const [l1, u1] = wilson(x, n);
  const [l2, u2] = wilson(y, m);
  const p = x / n;
  const q = y / m;
  return [q - p - Math.hypot(q - l2, u1 - p), q - p + Math.hypot(u2 - q, p - l1)];
}

function wilson(hits: number, total: number): [number, number] {
  const share = hits / total;
  const square = z95 * z95;
  const center = hits + square / 2;
  const reach = z95 * Math.sqrt(hits * (1 - share) + square / 4);
  return [
    hits === 0 ? 0 : (center - reach) / (total + square),
    hits === total ? 1 : (center + reach) / (total + square),
  ];
}

/** With a hit and a miss added on each side (Agresti and Caffo), so that no share is taken as certain. */
function standardError(x: number, n: number, y: number, m: number): number {
  const p = (x + 1) / (n + 2);
  const q = (y + 1) / (m + 2);
  return Math.sqrt((p * (1 - p)) / (n + 2) + (q * (1 - q)) / (m + 2));
}

/** The size whose plain value, a normal number folded at 0, has its median at the observed one. */
function medianUnbiased(observed: number, error: number): number {
  const exceeds = (size: number) =>
    normalUpperTail((observed - size) / error) + normalUpperTail((observed + size) / error);
  if (exceeds(0) >= 0.5) return 0;
  return solveIncreasing((size) => exceeds(size) - 0.5, 0, observed);
}

/** Over all ways to place the hits on the two sides while their number is small, else normal. */
function noiseFloor(hits: number, n: number, m: number): number {
  const rows = n + m;
  if ((Math.min(hits, rows - hits) * Math.min(n, m)) / rows >= 5) {
    const share = hits / rows;
    return z95 * Math.sqrt(share * (1 - share) * (1 / n + 1 / m));
  }
  const { first, chances } = hypergeometricChances(hits, n, m);
  const sizes = Array.from(chances, (chance, i) => ({
    size: Math.abs((first + i) / n - (hits - first - i) / m),
    chance,
  })).sort((a, b) => a.size - b.size);
  let covered = 0;
  for (const { size, chance } of sizes) {
    covered += chance;
    if (covered >= 0.95) return size;
  }
  return sizes.at(-1)?.size ?? 0;
}
