import { type MeasureDefinition, sciPyTest } from './measureDefinition.js';

/** Tests of whether one side tends to the larger values. */
export const locationMeasures = {
  'mann-whitney': sciPyTest(
    {
      takes: 'values',
      title: 'Mann-Whitney U test (Wilcoxon rank sum), two-sided',
      answers:
        'Does one side tend to have the larger values? Robust to wild values; a change of spread alone stays unseen.',
      formula:
        'U = number of pairs in which the reference’s value is the larger, ties as a half\nz = (|U − n m / 2| − ½) / √(n m / 12 · (N + 1 − Σ (t³ − t) / (N (N − 1))))\np = 2 · P(Z ≥ z), or exact with at most 8 values on a side and no ties',
      source:
        'Mann and Whitney (1947), On a test of whether one of two random variables is stochastically larger than the other, Annals of Mathematical Statistics 18, 50-60.',
    },
    (method) =>
      `stats.mannwhitneyu(reference, current, method="${method === 'exact' ? 'exact' : 'asymptotic'}")`,
  ),
  'kruskal-wallis': sciPyTest(
    {
      takes: 'values',
      title: 'Kruskal-Wallis H test',
      answers:
        'Do the ranks of both sides have the same mean? With two sides it is the Mann-Whitney test without its correction for continuity.',
      formula: 'H = z² of the Mann-Whitney U without the ½, corrected for ties\np = P(χ²₁ ≥ H)',
      source:
        'Kruskal and Wallis (1952), Use of ranks in one-criterion variance analysis, Journal of the American Statistical Association 47, 583-621.',
    },
    () => 'stats.kruskal(reference, current)',
  ),
  'welch-t': sciPyTest(
    {
      takes: 'values',
      title: 'Welch’s t test, two-sided',
      answers:
        'Do both sides have the same mean, whatever their variances? It sees no other change, and a single wild value can hide a shift.',
      formula:
        't = (x̄ − ȳ) / √(s²ₓ / n + s²ᵧ / m)\ndf = (s²ₓ / n + s²ᵧ / m)² / ((s²ₓ / n)² / (n − 1) + (s²ᵧ / m)² / (m − 1))\np = 2 · P(T ≥ |t|), T of Student with df',
      source:
        'Welch (1947), The generalization of “Student’s” problem when several different population variances are involved, Biometrika 34, 28-35.',
    },
    () => 'stats.ttest_ind(reference, current, equal_var=False)',
  ),
} satisfies Record<string, MeasureDefinition>;
