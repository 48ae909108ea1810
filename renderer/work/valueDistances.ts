import type { MeasureDefinition } from './measureDefinition.js';

/** Distances between values, in the column's unit or by a kernel. */

const discrepancy = `def thinned(values):
    values, n = np.sort(values), len(values)
    if n <= 1000:
        return values
    return values[np.floor((np.arange(1000) + 0.5) * (n / 1000)).astype(int)]

x, y = thinned(reference), thinned(current)
distances = spatial.distance.pdist(np.concatenate([x, y])[:, None])
positive = np.sort(distances[distances > 0])
bandwidth = positive[(len(positive) + 1) // 2 - 1]

def mean_kernel(one, other):
    return np.exp(-(((one[:, None] - other) / bandwidth) ** 2) / 2).mean()

print("statistic", mean_kernel(x, x) + mean_kernel(y, y) - 2 * mean_kernel(x, y))`;

export const valueDistances = {
  wasserstein: {
    takes: 'values',
    title: 'Wasserstein-1 distance (earth mover’s)',
    answers:
      'How far do values have to move, on average, to turn one side into the other? In the column’s own unit; a single far value can make it large.',
    formula: 'W₁ = ∫ |F(x) − G(x)| dx',
    source:
      'Vallender (1974), Calculation of the Wasserstein distance between probability distributions on the line, Theory of Probability and Its Applications 18, 784-786.',
    imports: ['from scipy import stats'],
    code: () => 'print("distance", stats.wasserstein_distance(reference, current))',
  },
  energy: {
    takes: 'values',
    title: 'Energy distance',
    answers:
      'How large is the squared gap between the two cumulative distributions, integrated? It answers to any difference, and less to a few wild values than Wasserstein-1.',
    formula: 'E = √(2 ∫ (F(x) − G(x))² dx)',
    source:
      'Székely and Rizzo (2013), Energy statistics: a class of statistics based on distances, Journal of Statistical Planning and Inference 143, 1249-1272.',
    imports: ['from scipy import stats'],
    code: () => 'print("distance", stats.energy_distance(reference, current))',
  },
  mmd: {
    takes: 'values',
    title: 'Maximum mean discrepancy, Gaussian kernel',
    answers:
      'How far apart are the two densities, each smoothed by a Gaussian? It answers to differences as wide as the kernel.',
    formula:
      'MMD² = mean k(x, x′) + mean k(y, y′) − 2 mean k(x, y)\nk(x, y) = exp(−(x − y)² / (2 h²)),  h: the median of all positive distances\np = (1 + random splits at or above MMD²) / 1000, of 999',
    source:
      'Gretton et al. (2012), A kernel two-sample test, Journal of Machine Learning Research 13, 723-773; p-value: Phipson and Smyth (2010).',
    imports: ['import numpy as np', 'from scipy import spatial'],
    code: () => discrepancy,
    notes: () => [
      'A side with more than 1 000 values is thinned to those at 1 000 even steps of rank.',
      'The p-value is our own seeded permutation, which SciPy cannot repeat; the code gives the statistic alone.',
    ],
  },
} satisfies Record<string, MeasureDefinition>;
