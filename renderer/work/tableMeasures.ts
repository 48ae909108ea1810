import { type MeasureDefinition, shareDistance } from './measureDefinition.js';
import type { WorkDefinition } from './work.js';

/** Measures of a 2 × k table of counts by level. */

const table = `table = np.array([reference, current])
table = table[:, table.sum(axis=0) > 0]`;
const printed = 'print("statistic", result.statistic)\nprint("p-value", result.pvalue)';

export const tableMeasures = {
  'chi-squared': ofTable(
    {
      title: 'Pearson’s chi-squared test on the 2 × k table',
      answers:
        'Do both sides have the same shares of levels? Rough where expected counts are below 5; in large files it finds differences that do not matter.',
      formula:
        'χ² = Σ (observed − expected)² / expected over all 2 k cells,  expected = row total · column total / N\np = P(χ² with k − 1 degrees of freedom or more); no continuity correction',
      source:
        'Pearson (1900), On the criterion that a given system of deviations …, Philosophical Magazine 50, 157-175.',
    },
    `result = stats.chi2_contingency(table, correction=False)\n${printed}`,
  ),
  'g-test': ofTable(
    {
      title: 'G test (likelihood ratio) on the 2 × k table',
      answers:
        'Do both sides have the same shares of levels? Close to chi-squared in large files, the rougher of the two in small ones.',
      formula:
        'G = 2 Σ observed · ln(observed / expected) over all cells\np = P(χ² with k − 1 degrees of freedom ≥ G)',
      source:
        'Wilks (1935), The likelihood test of independence in contingency tables, Annals of Mathematical Statistics 6, 190-196.',
    },
    `result = stats.chi2_contingency(table, correction=False, lambda_="log-likelihood")\n${printed}`,
  ),
  'fisher-exact': {
    ...ofTable(
      {
        title: 'Fisher’s exact test of the 2 × 2 table, two-sided',
        answers:
          'How likely is a table no more likely than this one, with both margins as they are? Right for the smallest counts.',
        formula:
          'odds ratio = (r₀ c₁) / (r₁ c₀)\np = sum of the hypergeometric probabilities of all tables that are no more likely',
        source:
          'Fisher (1935), The logic of inductive inference, Journal of the Royal Statistical Society 98, 39-82.',
      },
      '',
    ),
    code: (measurement) => {
      const hasStatistic = measurement.kind === 'test' && measurement.statistic !== null;
      const lines = [table, 'result = stats.fisher_exact(table)'];
      if (hasStatistic) lines.push('print("statistic", result.statistic)');
      return [...lines, 'print("p-value", result.pvalue)'].join('\n');
    },
  },
  'z-test': ofTable(
    {
      title: 'z test of two shares, pooled, two-sided',
      answers:
        'Does the first of two levels have the same share on both sides? Its square is the chi-squared statistic.',
      formula:
        'z = (p − q) / √(s (1 − s) (1 / n + 1 / m)),  s: the share in both sides together\np = 2 · P(Z ≥ |z|)',
      source:
        'Fleiss, Levin and Paik (2003), Statistical methods for rates and proportions, section 3.1.',
    },
    `(x, _), (y, _) = table
n, m = table.sum(axis=1)
share = (x + y) / (n + m)
z = (x / n - y / m) / np.sqrt(share * (1 - share) * (1 / n + 1 / m))
print("statistic", z)
print("p-value", 2 * stats.norm.sf(abs(z)))`,
  ),
  'cramers-v': ofTable(
    {
      title: 'Cramér’s V of the 2 × k table',
      answers:
        'How strongly does the side decide the level, freed of the number of rows? It measures size, not certainty, and is biased upward with many levels and few rows.',
      formula: 'V = √(χ² / N)',
      source: 'Cramér (1946), Mathematical Methods of Statistics, section 21.9.',
    },
    'chi2 = stats.chi2_contingency(table, correction=False).statistic\nprint("distance", np.sqrt(chi2 / table.sum()))',
  ),
  'l-infinity': shareDistance(
    {
      title: 'L-infinity distance',
      answers:
        'By how much did the share of that level move which moved most? Blind to many small moves that add up.',
      formula: 'L∞ = max |pᵢ − qᵢ|',
      source: 'Breck et al. (2019), Data validation for machine learning, Proceedings of SysML.',
    },
    'np.abs(p - q).max()',
  ),
} satisfies Record<string, MeasureDefinition>;

function ofTable(definition: WorkDefinition, code: string): MeasureDefinition {
  return {
    ...definition,
    takes: 'counts',
    imports: ['import numpy as np', 'from scipy import stats'],
    code: () => `${table}\n${code}`,
  };
}
