import type { Channel, DriftReport, Finding } from '../../core/contract.js';
import { columnInputs } from './columnInputs.js';
import { pythonScript } from './python.js';
import { lookCount, shapeData } from './shapeCode.js';
import { supportCode } from './supportCode.js';
import type { Work, WorkDefinition } from './work.js';

type Answer = Pick<Work, 'notes' | 'snippet' | 'prints'>;

/** The p-value of one channel before correction; null where it has none. */
export function pValueWork(channel: Channel, finding: Finding, report: DriftReport): Work | null {
  const { pValue, pValueMethod } = finding.channels[channel];
  if (pValue === null) return null;
  const method = pValueMethod ?? '';
  const family = Object.keys(families).find((start) => method.startsWith(start)) ?? 'chi-squared';
  const { definition, answer } = families[family as keyof typeof families];
  return {
    ...definition,
    inputs: [
      ...columnInputs(finding),
      { label: 'Method', value: method },
      { label: 'Seed', value: String(report.options.seed) },
    ],
    ...answer(finding, report, pValue, method),
  };
}

interface Family {
  definition: WorkDefinition;
  answer: (finding: Finding, report: DriftReport, pValue: number, method: string) => Answer;
}

const families = {
  'two shares': {
    definition: {
      title: 'p-value of the missing channel',
      answers:
        'How likely is a difference of shares at least this large, when both sides miss alike?',
      formula:
        'χ² of the 2 × 2 table (missing or not, by side), p = P(χ²₁ or more)\nwhere an expected count is below 5: all tables with these margins, those at least as far from the expected one',
      source: 'Pearson (1900); Fisher (1935) for the small tables.',
    },
    answer: (finding, _report, pValue, method) => {
      const row = (side: Finding['reference']) =>
        `[${side.missingCount + side.infiniteCount}, ${side.count}]`;
      const table = `# rows without a value, and with one\ntable = [${row(finding.reference)}, ${row(finding.current)}]`;
      if (method.endsWith('asymptotic')) {
        const code = `print("p-value", stats.chi2_contingency(table, correction=False).pvalue)`;
        return run(pythonScript(['from scipy import stats'], [table, code]), pValue);
      }
      return run(
        pythonScript(['import numpy as np', 'from scipy import stats'], [table, exactTwoShares]),
        pValue,
      );
    },
  },
  'out of range': {
    definition: {
      title: 'p-value of the support channel: values out of range',
      answers:
        'How likely are at least this many current rows beyond the reference’s ends, when all rows are exchangeable?',
      formula:
        'P(X ≥ x) = (x + 1) g(x) − x g(x + 1) = (1 + x n / (n + m − x)) g(x)\ng(x) = m! (n + m − x)! / ((m − x)! (n + m)!), the chance that the x outermost rows are all current',
      source: 'Exchangeable rows; X is beta-binomial (m; 2, n − 1).',
    },
    answer: (finding, report, pValue) => {
      const { imports, code } = supportCode(finding, report);
      return run(pythonScript([...imports, 'import numpy as np'], [code, outOfRange]), pValue);
    },
  },
  'new values': {
    definition: {
      title: 'p-value of the support channel: new levels',
      answers:
        'How likely are at least this many rows in levels that the reference lacks, when rows change sides at random?',
      formula:
        'a level of t rows in both files is wholly current with h(t) = m (m − 1) … (m − t + 1) / ((n + m) … (n + m − t + 1))\np = P(Σ t · Bernoulli(h(t)) ≥ rows in new levels)',
      source: 'Occupancy under random division of the pooled rows; levels taken as independent.',
    },
    answer: (finding, report, pValue, method) => {
      if (!method.endsWith('exact') || pValue < 1e-250) {
        return {
          notes: [
            'With so many rows in new levels a gamma distribution stands in for the exact sum, which SciPy cannot repeat in a line.',
          ],
          snippet: null,
          prints: [],
        };
      }
      const { imports, code } = supportCode(finding, report);
      return run(
        pythonScript([...imports, 'from scipy import special'], [code, newLevels]),
        pValue,
      );
    },
  },
  'Kolmogorov-Smirnov': {
    definition: {
      title: 'p-value of the shape channel: Kolmogorov-Smirnov, right under ties',
      answers:
        'How likely is a gap at least this wide between the two cumulative distributions, when both sides come from one?',
      formula:
        'D = max |F(x) − G(x)|\np = P(D or more | one common distribution): exact or asymptotic without ties worth mention, else from random splits of the pooled values',
      source:
        'Hodges (1958); Simard and L’Ecuyer (2011); under ties by permutation, Phipson and Smyth (2010), or by draws of a Brownian bridge seen at the ties’ ends.',
    },
    answer: (finding, report, pValue, method) => {
      const { imports, code } = shapeData(finding, report).data;
      const isSimulated = /permutation|simulation/.test(method);
      const scipyMethod = method.includes('exact') ? 'exact' : 'asymp';
      const looks = lookCount(finding);
      const lines = isSimulated
        ? 'print("D", stats.ks_2samp(reference, current, method="asymp").statistic)'
        : `p = stats.ks_2samp(reference, current, method="${scipyMethod}").pvalue\nprint("p-value", min(1, ${looks} * p))`;
      const snippet = pythonScript([...imports, 'from scipy import stats'], [code, lines]);
      if (!isSimulated) return { ...run(snippet, pValue), notes: paidNotes(looks) };
      const { ks } = finding.measures;
      const notes = [
        'Values are tied here, where the textbook p-value is too large. So rows of equal value change sides together in 999 seeded permutations, or in large files in 1 999 draws of the limiting process; SciPy cannot repeat them, and the code gives the statistic alone.',
        ...paidNotes(looks),
      ];
      const prints =
        ks?.kind === 'test' && ks.statistic !== null ? [{ label: 'D', value: ks.statistic }] : [];
      return { notes, snippet, prints };
    },
  },
  'chi-squared': {
    definition: {
      title: 'p-value of the shape channel: chi-squared on levels',
      answers:
        'How likely are shares at least this far apart, when both sides draw from the same ones?',
      formula:
        'χ² = Σ (observed − expected)² / expected over levels with at least 5 expected rows on both sides, the rest as one\np = P(χ² with k − 1 degrees of freedom or more); by permutation where expected counts stay small',
      source: 'Pearson (1900); folding: Cochran (1954); permutation: Phipson and Smyth (2010).',
    },
    answer: (finding, report, pValue, method) => {
      const shape = shapeData(finding, report);
      const { imports } = shape.data;
      const folding = shape.of === 'counts' ? shape.folding : [];
      const code = [shape.data.code, ...folding].join('\n\n');
      const looks = lookCount(finding);
      const table = 'table = np.array([reference, current])';
      const start = [...imports, 'import numpy as np', 'from scipy import stats'];
      if (method.includes('asymptotic')) {
        const lines = `${table}
p = stats.chi2_contingency(table[:, table.sum(axis=0) > 0], correction=False).pvalue
print("p-value", min(1, ${looks} * p))`;
        return { ...run(pythonScript(start, [code, lines]), pValue), notes: paidNotes(looks) };
      }
      if (method.includes('exact') && looks === 1) {
        return run(pythonScript(start, [code, `${table}\n${oneLevel}`, exactTwoShares]), pValue);
      }
      return {
        notes: [
          'Expected counts stay small here, so rows change sides at random, 1 999 times and where few reach the statistic 9 999 times, by the seed above; SciPy cannot repeat that.',
          ...paidNotes(looks),
        ],
        snippet: null,
        prints: [],
      };
    },
  },
} satisfies Record<string, Family>;

function run(snippet: string, pValue: number): Answer {
  return { notes: [], snippet, prints: [{ label: 'p-value', value: pValue }] };
}

function paidNotes(looks: number): string[] {
  if (looks === 1) return [];
  return [
    `A column of times is looked at in ${looks} ways (time axis, hour of day, weekday), so its p-value is ${looks} times that of the clearest (Bonferroni).`,
  ];
}

const oneLevel = `table = table[:, table.sum(axis=0) > 0]
if table.shape[1] == 1:
    table = np.column_stack([table, [0, 0]])`;

const exactTwoShares = `(x, a), (y, b) = table
law = stats.hypergeom(x + a + y + b, x + y, x + a)
counts = np.arange(max(0, x - b), min(x + y, x + a) + 1)
is_as_far = abs(counts - law.mean()) >= abs(x - law.mean()) * (1 - 5e-8)
print("p-value", min(1, law.pmf(counts[is_as_far]).sum()))`;

const outOfRange = `n, m, x = len(reference), current_count, new
g = np.exp(np.log1p(-n / (n + m - np.arange(x))).sum())
print("p-value", min(1, (1 + x * n / (n + m - x)) * g))`;

const newLevels = `n, m = reference.sum(), current.sum()
log = special.gammaln
chances = np.zeros(new + 1)
chances[0] = 1
for t in reference + current:
    h = np.exp(log(m + 1) - log(m - t + 1) + log(n + m - t + 1) - log(n + m + 1)) if t <= m else 0
    shifted = np.zeros(new + 1)
    shifted[min(t, new):] = chances[: new + 1 - min(t, new)]
    shifted[new] = chances[max(0, new - t):].sum()
    chances = chances * (1 - h) + shifted * h
print("p-value", chances[new])`;
