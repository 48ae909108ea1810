import type { Channel, DriftReport, Effect, EffectMeasure, Finding } from '../../core/contract.js';
import { formatNumber } from '../format.js';
import { columnInputs } from './columnInputs.js';
import { pythonScript } from './python.js';
import { shapeData } from './shapeCode.js';
import { supportCode } from './supportCode.js';
import type { Work, WorkDefinition } from './work.js';

interface EffectDefinition extends WorkDefinition {
  /** How value, interval and what chance gives are found. */
  certainty: string;
}

/** The effect of one channel; null where it has none. */
export function effectWork(channel: Channel, finding: Finding, report: DriftReport): Work | null {
  const { effect } = finding.channels[channel];
  if (effect === null) return null;
  const { certainty, ...definition } = definitions[effect.measure];
  const isShape = channel === 'shape';
  const snippet = snippetOf(effect.measure, finding, report);
  return {
    ...definition,
    inputs: [
      ...columnInputs(finding),
      { label: 'Plain value', value: formatNumber(effect.observed, 6) },
      { label: 'Value, debiased', value: formatNumber(effect.value, 6) },
      {
        label: '95 % interval',
        value: effect.interval.map((end) => formatNumber(end, 6)).join(' to '),
      },
      { label: 'Chance alone gives up to', value: formatNumber(effect.noiseFloor, 6) },
      { label: 'Limit', value: limitWords(effect, finding, report) },
      ...(isShape ? [{ label: 'Seed', value: String(report.options.seed) }] : []),
    ],
    notes: [certainty, ...(snippet === null ? [] : ['The code gives the plain value.'])],
    snippet,
    prints: snippet === null ? [] : [{ label: 'plain', value: effect.observed }],
  };
}

function limitWords(effect: Effect, { name, kind }: Finding, { options }: DriftReport): string {
  const limit = formatNumber(effect.limit);
  if (effect.measure !== 'wasserstein-normalized' && effect.measure !== 'jensen-shannon')
    return limit;
  if (Object.hasOwn(options.limits, name)) return `${limit}, set for this column`;
  return options.kindLimits[kind] === undefined ? limit : `${limit}, set for ${kind} columns`;
}

const definitions: Record<EffectMeasure, EffectDefinition> = {
  'wasserstein-normalized': {
    title: 'Effect of shape: Wasserstein-1 in units of the reference’s usual width',
    answers:
      'How far have values moved, on average, against how wide the column is? 0.1 is a tenth of a standard deviation. Values beyond the reference’s 0.5 to 99.5 % range count as its ends, so one outlier moves nothing.',
    formula:
      'plain = ∫ |F(x) − G(x)| dx / scale, from q(0.005) to q(0.995) of the reference\nscale = (q(0.95) − q(0.05)) / 3.29 of the reference, else its standard deviation, else 1\nq: quantiles by mid-ranks, which without ties are the plain ones (type 7)',
    certainty:
      'The plain distance of two samples is never 0. So 500 draws of sampling noise (a Brownian bridge for each side) are laid over differences of every size: value and interval are the true distances for which the plain one would be usual (of long tails the value takes what exceeds their noise, and else what goes with the difference in the middle), and chance alone is what 95 % of the draws without a difference stay below.',
    source:
      'Test inversion by simulation, described in core/stats/wassersteinEffect.ts; quantiles: Ma, Genton and Parzen (2011), Annals of the Institute of Statistical Mathematics 63, 227-243.',
  },
  'jensen-shannon': {
    title: 'Effect of shape: Jensen-Shannon distance, debiased',
    answers:
      'How far have the shares of levels moved, from 0 (same) to 1 (nothing in common)? All levels count, rare ones too.',
    formula:
      'plain = √(½ Σ pᵢ log₂(pᵢ / mᵢ) + ½ Σ qᵢ log₂(qᵢ / mᵢ)),  mᵢ = (pᵢ + qᵢ) / 2\nover all levels',
    certainty:
      'Without drift the plain distance grows with the number of levels and falls with the rows. Its distribution at these sizes is known by three moments (Pearson type III), without and with a true difference; value and interval are the true distances for which the plain one would be usual, without any simulation.',
    source:
      'Endres and Schindelin (2003), IEEE Transactions on Information Theory 49, 1858-1860; inversion: core/stats/jensenShannonEffect.ts.',
  },
  'missing-share-difference': {
    title: 'Effect of missing values: difference of two shares',
    answers:
      'By how much has the share of rows without a value moved, in points? 0 to 2 % and 50 to 52 % count alike.',
    formula: 'plain = |missing / rows of the current − missing / rows of the reference|',
    certainty:
      'The value is the size that the plain one would exceed half of the time. The interval is Newcombe’s, from two Wilson intervals; its lower end is 0 unless p ≤ 0.05. Nothing is simulated.',
    source:
      'Newcombe (1998), Interval estimation for the difference between independent proportions, Statistics in Medicine 17, 873-890, method 10.',
  },
  'new-or-out-of-range-share': {
    title: 'Effect of support: share of current rows never seen in the reference',
    answers:
      'How many current rows are new levels, or beyond the reference’s smallest and largest value? It answers to new values only, never to a shift inside the range.',
    formula: 'plain = current rows with a new value / current rows with a value',
    certainty:
      'Even without drift a new file holds some values that the old one lacks: 2 / (n + 1) of its rows beyond both ends on average, and rare levels by turns. That expected share is taken off; nothing is simulated.',
    source:
      'Exchangeable rows (beta-binomial) for ranges; Good (1953), The population frequencies of species, Biometrika 40, 237-264, for levels.',
  },
  'type-change': {
    title: 'Effect of schema: another storage type',
    answers:
      'Is the column stored the same way on both sides? Any change counts; it needs no test.',
    formula: '1 where the types tell of different things, as numbers and words do',
    certainty: 'Nothing is estimated.',
    source: null,
  },
};

function snippetOf(measure: EffectMeasure, finding: Finding, report: DriftReport): string | null {
  if (measure === 'type-change') return null;
  if (measure === 'missing-share-difference') return missingSnippet(finding);
  if (measure === 'new-or-out-of-range-share') {
    const { imports, code } = supportCode(finding, report);
    return pythonScript(imports, [code, 'print("plain", new / current_count)']);
  }
  const { data } = shapeData(finding, report);
  if (measure === 'jensen-shannon') {
    return pythonScript(
      [...data.imports, 'from scipy import spatial'],
      [data.code, 'print("plain", spatial.distance.jensenshannon(reference, current, base=2))'],
    );
  }
  return pythonScript([...data.imports, 'from scipy import stats'], [data.code, clippedDistance]);
}

const clippedDistance = `def quantile(values, share):
    found, counts = np.unique(values, return_counts=True)
    return np.interp((len(values) - 1) * share, np.cumsum(counts) - (counts + 1) / 2, found)

low, high = quantile(reference, 0.005), quantile(reference, 0.995)
scale = (quantile(reference, 0.95) - quantile(reference, 0.05)) / 3.29
if np.quantile(reference, 0.95) == np.quantile(reference, 0.05):
    scale = np.std(reference, ddof=1) or 1
print("plain", stats.wasserstein_distance(reference.clip(low, high), current.clip(low, high)) / scale)`;

function missingSnippet({ reference, current }: Finding): string {
  const share = (side: Finding['reference']) =>
    `${side.missingCount + side.infiniteCount} / ${side.count + side.missingCount + side.infiniteCount}`;
  return `# rows without a value / rows\nprint("plain", abs(${share(current)} - ${share(reference)}))\n`;
}
