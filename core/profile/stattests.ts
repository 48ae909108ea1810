/** Evidently 0.7.21's registered tests of numbers and categories, with its own names. */

/** Evidently knows two types of column that are not text. */
export type EvidentlyType = 'num' | 'cat';

export type StattestName =
  | 'ks'
  | 'chisquare'
  | 'z'
  | 'g_test'
  | 'fisher_exact'
  | 't_test'
  | 'mannw'
  | 'anderson'
  | 'cramer_von_mises'
  | 'es'
  | 'ed'
  | 'empirical_mmd'
  | 'TVD'
  | 'psi'
  | 'jensenshannon'
  | 'kl_div'
  | 'hellinger'
  | 'wasserstein';

export interface Stattest {
  name: StattestName;
  /** As Evidently's reports call it. */
  displayName: string;
  /** Evidently refuses the others when the test is asked for by name; its own choice does not look. */
  columnTypes: readonly EvidentlyType[];
  /** Whether the score is a p-value or a distance. */
  kind: 'test' | 'distance';
  /** The default one. */
  threshold: number;
  /** The score is drift where it is so, seen from the threshold. */
  drift: '<' | '<=' | '>' | '>=';
}

const num = ['num'] as const;
const cat = ['cat'] as const;
const either = ['num', 'cat'] as const;

export const stattests: Readonly<Record<StattestName, Stattest>> = {
  ks: test('ks', 'K-S p_value', num, 0.05, '<='),
  chisquare: test('chisquare', 'chi-square p_value', cat, 0.05),
  z: test('z', 'Z-test p_value', cat, 0.05),
  g_test: test('g_test', 'g_test', cat, 0.1),
  fisher_exact: test('fisher_exact', "Fisher's Exact test", cat, 0.1),
  t_test: test('t_test', 't_test', num, 0.05),
  mannw: test('mannw', 'Mann-Whitney U-rank test', num, 0.05),
  anderson: test('anderson', 'Anderson-Darling', num, 0.1),
  cramer_von_mises: test('cramer_von_mises', 'Cramer-von Mises', num, 0.1, '<='),
  es: test('es', 'Epps-Singleton', num, 0.05),
  ed: distance('ed', 'Energy-distance', num, '>'),
  empirical_mmd: test('empirical_mmd', 'empirical_mmd', num, 0.1),
  TVD: test('TVD', 'Total-Variation-Distance', cat, 0.1),
  psi: distance('psi', 'PSI', either),
  jensenshannon: distance('jensenshannon', 'Jensen-Shannon distance', either),
  kl_div: distance('kl_div', 'Kullback-Leibler divergence', either),
  hellinger: distance('hellinger', 'Hellinger distance', either),
  wasserstein: distance('wasserstein', 'Wasserstein distance (normed)', num),
};

function test(
  name: StattestName,
  displayName: string,
  columnTypes: readonly EvidentlyType[],
  threshold: number,
  drift: '<' | '<=' = '<',
): Stattest {
  return { name, displayName, columnTypes, kind: 'test', threshold, drift };
}

function distance(
  name: StattestName,
  displayName: string,
  columnTypes: readonly EvidentlyType[],
  drift: '>' | '>=' = '>=',
): Stattest {
  return { name, displayName, columnTypes, kind: 'distance', threshold: 0.1, drift };
}
