import {
  type Channel,
  type Correction,
  channels,
  type DriftReport,
  type Finding,
  type MeasureId,
} from '../../core/contract.js';
import { formatCount } from '../format.js';
import { measureNames } from '../measureNames.js';
import { pythonList, pythonNumber, pythonScript } from './python.js';
import type { Work } from './work.js';

/** What p-values are corrected together, and which of them is asked for. */
interface Family {
  pValues: number[];
  position: number;
  value: number;
  words: string;
}

/** The corrected p-value of one channel. */
export function channelQWork(channel: Channel, finding: Finding, report: DriftReport): Work | null {
  const value = finding.channels[channel].adjustedPValue;
  if (value === null) return null;
  const tests = report.columns.flatMap((column) =>
    channels.flatMap((other) => {
      const { pValue, adjustedPValue } = column.channels[other];
      if (pValue === null || adjustedPValue === null) return [];
      return [{ pValue, isAsked: column.name === finding.name && other === channel }];
    }),
  );
  const words = 'all channel tests of all columns';
  return qWork({ ...placed(tests), value, words }, report);
}

/** The p-value of one measure, corrected over the same test of all columns. */
export function measureQWork(id: MeasureId, finding: Finding, report: DriftReport): Work | null {
  const measurement = finding.measures[id];
  if (measurement?.kind !== 'test' || measurement.adjustedPValue === null) return null;
  const tests = report.columns.flatMap((column) => {
    const other = column.measures[id];
    if (other?.kind !== 'test') return [];
    return [{ pValue: other.pValue, isAsked: column.name === finding.name }];
  });
  const words = `the ${measureNames[id]} tests of all columns`;
  return qWork({ ...placed(tests), value: measurement.adjustedPValue, words }, report);
}

function placed(tests: { pValue: number; isAsked: boolean }[]) {
  return {
    pValues: tests.map(({ pValue }) => pValue),
    position: tests.findIndex(({ isAsked }) => isAsked),
  };
}

function qWork({ pValues, position, value, words }: Family, { options }: DriftReport): Work {
  const { title, formula, answers, source, code } = corrections[options.correction];
  const list = pythonList('p', pValues.map(pythonNumber), ['np.array([', '], float)']);
  return {
    title,
    answers,
    formula,
    source,
    inputs: [
      { label: 'Corrected together', value: words },
      { label: 'Number of tests, k', value: formatCount(pValues.length) },
      { label: 'Level, α', value: String(options.alpha) },
      { label: 'p before', value: String(pValues[position] ?? '–') },
    ],
    notes: [],
    snippet: pythonScript(
      ['import numpy as np', ...(options.correction === 'bh' ? ['from scipy import stats'] : [])],
      [list, `${code}\nprint("q", q[${position}])`],
    ),
    prints: [{ label: 'q', value }],
  };
}

const corrections: Record<
  Correction,
  Pick<Work, 'title' | 'answers' | 'formula' | 'source'> & { code: string }
> = {
  bh: {
    title: 'q: p corrected by Benjamini and Hochberg',
    answers:
      'Calling everything with q ≤ α drifted, the expected share of false alarms among the alarms is at most α.',
    formula: 'q of rank i (from the smallest p) = min over j ≥ i of p(j) · k / j, at most 1',
    source:
      'Benjamini and Hochberg (1995), Controlling the false discovery rate, Journal of the Royal Statistical Society B 57, 289-300.',
    code: 'q = stats.false_discovery_control(p)',
  },
  holm: {
    title: 'q: p corrected by Holm',
    answers:
      'Calling everything with q ≤ α drifted, the chance of even one false alarm is at most α.',
    formula: 'q of rank i (from the smallest p) = max over j ≤ i of p(j) · (k − j + 1), at most 1',
    source:
      'Holm (1979), A simple sequentially rejective multiple test procedure, Scandinavian Journal of Statistics 6, 65-70.',
    code: `order = np.argsort(p)
q = np.empty(len(p))
q[order] = np.minimum(1, np.maximum.accumulate(p[order] * np.arange(len(p), 0, -1)))`,
  },
  none: {
    title: 'q: p as it is',
    answers: 'Nothing is corrected: with many columns some are below α by chance alone.',
    formula: 'q = p',
    source: null,
    code: 'q = p',
  },
};
