import { type MeasureDefinition, sciPyTest } from './measureDefinition.js';

/** Tests that look at the order of values alone. */

const andersonDarlingTail = `# SciPy cuts p off at 0.001 and 0.25; the limiting law goes on (Smirnov's formula)
x = 1 + result.statistic * np.sqrt(2 * (np.pi**2 - 9) / 3)
angle = (np.arange(48) + 0.5) * np.pi / 48
near, far = np.sin(angle / 2) ** 2, np.cos(angle / 2) ** 2
sine = np.sin(np.pi * np.minimum(near, far))

def part(start):
    s = start + near
    u = s * s - 0.25
    weight = 2 * s * np.sqrt(np.pi / u) * np.exp(-u * x / 2) / np.pi
    return np.sum(weight * np.sin(angle) / np.sqrt(sine)) * np.pi / 96

print("p-value", sum((-1) ** k * part(1.5 + 2 * k) for k in range(100)) if x > 0.02 else 1)`;

export const orderMeasures = {
  ks: {
    takes: 'values',
    title: 'Two-sample Kolmogorov-Smirnov test',
    answers:
      'How wide is the largest gap between the two cumulative distributions? It answers to location, spread and shape alike, and is weak in the tails. With ties the statistic stays right and the p-value is too large.',
    formula:
      'D = max |F(x) − G(x)| over all x\nF, G: the shares of reference and current values up to x\np = P(D or more | one common distribution)',
    source:
      'Hodges (1958), The significance probability of the Smirnov two-sample test, Arkiv för Matematik 3, 469-486; asymptotic: Simard and L’Ecuyer (2011), Journal of Statistical Software 39(11).',
    imports: ['from scipy import stats'],
    code: (measurement) => {
      const isExact = measurement.kind === 'test' && measurement.method === 'exact';
      return `result = stats.ks_2samp(reference, current, method="${isExact ? 'exact' : 'asymp'}")
print("statistic", result.statistic)
print("p-value", result.pvalue)
print("at", result.statistic_location)`;
    },
  },
  'cramer-von-mises': sciPyTest(
    {
      takes: 'values',
      title: 'Two-sample Cramér-von Mises test',
      answers:
        'How large is the squared gap between the two cumulative distributions, summed over all values? Often sharper than Kolmogorov-Smirnov on shifts, and as weak in the tails.',
      formula:
        'T = n m / (n + m)² · Σ (F(z) − G(z))² over all n + m values z, ties by midranks\np: exact up to 20 values a side, else the limiting law of ω²',
      source:
        'Anderson (1962), On the distribution of the two-sample Cramér-von Mises criterion, Annals of Mathematical Statistics 33, 1148-1159.',
    },
    (method) =>
      `stats.cramervonmises_2samp(reference, current, method="${method === 'exact' ? 'exact' : 'asymptotic'}")`,
    () => [
      'The p-value is SciPy’s series, which ends at terms of 1e-7: below some 1e-5 it says “small” and no more.',
    ],
  ),
  'anderson-darling': {
    takes: 'values',
    title: 'Two-sample Anderson-Darling test',
    answers:
      'How large is the squared gap between the two cumulative distributions, weighed up in the tails? It sees changes in the tails that Kolmogorov-Smirnov and Cramér-von Mises miss.',
    formula:
      'A² = (N − 1) / (N n m) · Σ tⱼ (N Mⱼ − n Bⱼ)² / (Bⱼ (N − Bⱼ) − N tⱼ / 4) over distinct values j\nstatistic = (A² − 1) / σ(n, m)\np: interpolated between published percentiles where they reach (0.1 to 25 %), else the limiting law at 1 + statistic · √(2 (π² − 9) / 3)',
    source:
      'Scholz and Stephens (1987), K-sample Anderson-Darling tests, Journal of the American Statistical Association 82, 918-924; limiting law: Anderson and Darling (1952), Annals of Mathematical Statistics 23, 193-212.',
    imports: ['import numpy as np', 'from scipy import stats'],
    code: (measurement) => {
      const isWithin = measurement.kind === 'test' && measurement.method === 'interpolated';
      return `result = stats.anderson_ksamp([reference, current])
print("statistic", result.statistic)
${isWithin ? 'print("p-value", result.pvalue)' : andersonDarlingTail}`;
    },
  },
  'epps-singleton': sciPyTest(
    {
      takes: 'values',
      title: 'Epps-Singleton test',
      answers:
        'Do the two characteristic functions differ at two frequencies? It needs no continuous values, so ties do no harm; it answers to the bulk, and little to the tails.',
      formula:
        'W = N · g′ Σ⁻¹ g,  g: mean of cos and sin of 0.4 and 0.8 · x / σ̂, reference less current\nσ̂: half the pooled interquartile range; Σ: covariance of g\np = P(χ²₄ ≥ W)',
      source:
        'Epps and Singleton (1986), An omnibus test for the two-sample problem using the empirical characteristic function, Journal of Statistical Computation and Simulation 26, 177-203.',
    },
    () => 'stats.epps_singleton_2samp(reference, current)',
  ),
} satisfies Record<string, MeasureDefinition>;
