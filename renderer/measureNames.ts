import type { Kind, MeasureId, ProfileId } from '../core/contract.js';

/** As people know them, in the order in which they are shown. */
export const measureNames = {
  ks: 'Kolmogorov-Smirnov',
  'cramer-von-mises': 'Cramér-von Mises',
  'anderson-darling': 'Anderson-Darling',
  'epps-singleton': 'Epps-Singleton',
  'mann-whitney': 'Mann-Whitney U',
  'kruskal-wallis': 'Kruskal-Wallis H',
  'welch-t': 'Welch’s t',
  mmd: 'Maximum mean discrepancy',
  wasserstein: 'Wasserstein-1',
  energy: 'Energy distance',
  'chi-squared': 'Chi-squared',
  'g-test': 'G test',
  'fisher-exact': 'Fisher’s exact',
  'z-test': 'z of two shares',
  'cramers-v': 'Cramér’s V',
  'l-infinity': 'L-infinity',
  psi: 'PSI',
  'jensen-shannon': 'Jensen-Shannon',
  'kl-divergence': 'Kullback-Leibler',
  hellinger: 'Hellinger',
  'total-variation': 'Total variation',
} satisfies Record<MeasureId, string>;

export interface MeasureGroup {
  title: string;
  ids: readonly MeasureId[];
}

/** What a measure looks at: where values lie, which ranks they have, their averages, or counts. */
export const measureGroups: readonly MeasureGroup[] = [
  {
    title: 'Whole distribution',
    ids: ['ks', 'cramer-von-mises', 'anderson-darling', 'epps-singleton', 'mmd'],
  },
  { title: 'Location', ids: ['mann-whitney', 'kruskal-wallis', 'welch-t'] },
  { title: 'Distance of values', ids: ['wasserstein', 'energy'] },
  { title: 'Table of counts', ids: ['chi-squared', 'g-test', 'fisher-exact', 'z-test'] },
  { title: 'Size in a table', ids: ['cramers-v', 'l-infinity'] },
  {
    title: 'Distance of shares',
    ids: ['psi', 'jensen-shannon', 'kl-divergence', 'hellinger', 'total-variation'],
  },
];

export const measureIds = Object.keys(measureNames) as MeasureId[];

/** What a distance is measured in, where it is no pure number. */
export function measureUnit(id: MeasureId, kind: Kind): string | null {
  const unit = kind === 'datetime' ? 'milliseconds' : 'its unit';
  if (id === 'wasserstein') return unit;
  return id === 'energy' ? `√ ${unit}` : null;
}

export const profileNames = { evidently: 'Evidently' } satisfies Record<ProfileId, string>;
