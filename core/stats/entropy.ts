/** The term that likelihood ratios are sums of, with all its digits where two shares are nearly equal. */

/** (1 + u) ln(1 + u) - u for u >= -1: 0 at 0, never negative. */
export function entropyTerm(u: number): number {
  if (u === -1) return 1;
  if (Math.abs(u) > 0.1) return (1 + u) * Math.log1p(u) - u;
  let sum = 0;
  let power = u * u;
  for (let k = 2; ; k++) {
    const next = sum + power / (k * (k - 1));
    if (next === sum) return sum;
    sum = next;
    power *= -u;
  }
}
