/** Limiting laws of the two quadratic statistics of empirical CDFs, accurate far out in the tail. */

/** Nodes of the quadrature on each interval; the integrand is smooth and periodic there. */
const NODES = 48;
/** Beyond it exp(-x) adds nothing to a double. */
const LARGEST_EXPONENT = 745;

/**
 * Upper tail of the Anderson-Darling statistic's limiting distribution, for two samples or for one.
 *
 * Range: 1 (at 0) to 0; falls with x.
 * Cost: O(1), some hundred exponentials; more for x near 0.
 * Source: Anderson and Darling (1952), "Asymptotic theory of certain goodness of fit criteria", Annals of
 *         Mathematical Statistics 23(2), 193-212: the sum of chi-squared variables over j (j + 1); its tail
 *         by Smirnov's (1936) formula.
 * Checked: the series of Anderson and Darling (1954), mpmath 1.3.0, relative 1e-11
 *          (test/fixtures/scipy/limits.json)
 *
 * @param x - the statistic, not standardised; its mean is 1
 * @returns P(A² > x)
 * @throws {RangeError} if x is NaN
 *
 * @example
 * andersonDarlingUpperTail(2.4923671600494095)
 * // => 0.05
 */
export function andersonDarlingUpperTail(x: number): number {
  if (Number.isNaN(x)) throw new RangeError('andersonDarlingUpperTail requires a number (got NaN)');
  if (x <= 0.02) return 1;
  // With u = s² - 1/4 the determinant is cos(π s) / (-π u), and its zeros are s = 3/2, 5/2, ...
  return alternatingTail(1.5, (s) => {
    const u = s * s - 0.25;
    return (2 * s * Math.sqrt(Math.PI / u) * Math.exp((-u * x) / 2)) / Math.PI;
  });
}

/**
 * Upper tail of the Cramér-von Mises statistic's limiting distribution, for two samples or for one.
 *
 * Range: 1 (at 0) to 0; falls with x.
 * Cost: O(1), some hundred exponentials; more for x near 0.
 * Source: Smirnov (1936), "Sur la distribution de ω²", Comptes Rendus 202, 449-452.
 * Checked: the series of Csörgő and Faraway (1996), mpmath 1.3.0, relative 1e-11
 *          (test/fixtures/scipy/limits.json)
 *
 * @param x - the statistic; its mean is 1/6
 * @returns P(ω² > x)
 * @throws {RangeError} if x is NaN
 *
 * @example
 * cramerVonMisesUpperTail(0.5)
 * // => 0.03983321756560759
 */
export function cramerVonMisesUpperTail(x: number): number {
  if (Number.isNaN(x)) throw new RangeError('cramerVonMisesUpperTail requires a number (got NaN)');
  if (x <= 0.003) return 1;
  // With u = (π s)² the determinant is sin(π s) / (π s), and its zeros are s = 1, 2, ...
  return alternatingTail(1, (s) => {
    const u = (Math.PI * s) ** 2;
    return (2 / s) * Math.sqrt(Math.PI * s) * (Math.exp((-u * x) / 2) / Math.PI);
  });
}

/**
 * Smirnov's formula: the integral of `weight` over the root of the determinant, with alternating sign over
 * every second gap between its zeros `first`, `first` + 1, ... At both ends of a gap the root goes to 0 as
 * that of a sine; the substitution by a cosine (Gauss and Chebyshev) takes both out.
 */
function alternatingTail(first: number, weight: (s: number) => number): number {
  let sum = 0;
  for (let gap = 0; ; gap++) {
    let part = 0;
    for (let node = 0; node < NODES; node++) {
      const angle = ((node + 0.5) * Math.PI) / NODES;
      const fromStart = Math.sin(angle / 2) ** 2;
      const determinant = Math.sin(Math.PI * fromStart);
      part += (weight(first + 2 * gap + fromStart) * Math.sin(angle)) / Math.sqrt(determinant);
    }
    part *= Math.PI / (2 * NODES);
    sum += gap % 2 === 0 ? part : -part;
    if (part <= sum * 1e-17 || part < Math.exp(-LARGEST_EXPONENT))
      return Math.min(1, Math.max(0, sum));
  }
}
