import { type MeasureDefinition, shareDistance } from './measureDefinition.js';

/** Distances between two sets of shares, of bins or of levels. */
export const shareMeasures = {
  psi: shareDistance(
    {
      title: 'Population stability index (PSI)',
      answers:
        'How far have the shares moved, in the measure of credit scoring (below 0.1 stable, above 0.25 shifted)? Without drift it grows with the number of bins and falls with the rows, so those bands mislead in small files.',
      formula:
        'PSI = Σ (qᵢ − pᵢ) · ln(qᵢ / pᵢ),  shares below 0.0001 raised to it\nchance gives: 95 % point of χ² with k − 1 degrees of freedom · (1 / n + 1 / m)',
      source:
        'Siddiqi (2017), Intelligent Credit Scoring; Jeffreys (1946); what chance gives: Yurdakul (2018), Statistical properties of population stability index.',
    },
    'np.sum((q - p) * np.log(q / p))',
    {
      imports: ['from scipy import stats'],
      lines: ['p, q = np.maximum(p, 1e-4), np.maximum(q, 1e-4)'],
      after: (measurement) =>
        measurement.kind === 'distance' && (measurement.noiseFloor ?? 0) > 0
          ? [
              'spread = 1 / reference.sum() + 1 / current.sum()',
              'print("chance gives", stats.chi2.ppf(0.95, len(p) - 1) * spread)',
            ]
          : [],
    },
  ),
  'jensen-shannon': shareDistance(
    {
      title: 'Jensen-Shannon distance, base 2',
      answers:
        'How far apart are two sets of shares, from 0 (same) to 1 (nothing in common)? Defined for new and vanished levels. Biased upward: many levels and few rows look like drift.',
      formula:
        'JS = √(½ Σ pᵢ log₂(pᵢ / mᵢ) + ½ Σ qᵢ log₂(qᵢ / mᵢ)),  mᵢ = (pᵢ + qᵢ) / 2\ninterval and what chance gives: by inverting the distribution of JS² at these sizes',
      source:
        'Endres and Schindelin (2003), A new metric for probability distributions, IEEE Transactions on Information Theory 49, 1858-1860.',
    },
    'spatial.distance.jensenshannon(p, q, base=2)',
    { imports: ['from scipy import spatial'] },
  ),
  'kl-divergence': shareDistance(
    {
      title: 'Kullback-Leibler divergence of the reference from the current',
      answers:
        'How surprised, in nats, is one who expects the current shares and is shown the reference? Not symmetric, and infinite as soon as a level of the reference has vanished.',
      formula: 'KL = Σ pᵢ · ln(pᵢ / qᵢ)',
      source:
        'Kullback and Leibler (1951), On information and sufficiency, Annals of Mathematical Statistics 22, 79-86.',
    },
    'stats.entropy(p, q)',
    { imports: ['from scipy import stats'] },
  ),
  hellinger: shareDistance(
    {
      title: 'Hellinger distance',
      answers:
        'How long is the straight line between the square roots of the two sets of shares, from 0 to 1? Biased upward like Jensen-Shannon.',
      formula: 'H = √(½ Σ (√pᵢ − √qᵢ)²)',
      source:
        'Hellinger (1909), Journal für die reine und angewandte Mathematik 136, 210-271; divided by √2.',
    },
    'np.sqrt(np.sum((np.sqrt(p) - np.sqrt(q)) ** 2) / 2)',
  ),
  'total-variation': shareDistance(
    {
      title: 'Total variation distance',
      answers:
        'Which share of rows would have to change its bin or level? Easy to tell to anyone; biased upward with many levels and few rows.',
      formula: 'TV = ½ Σ |pᵢ − qᵢ|',
      source: 'Levin, Peres and Wilmer (2009), Markov chains and mixing times, section 4.1.',
    },
    'np.abs(p - q).sum() / 2',
  ),
} satisfies Record<string, MeasureDefinition>;
