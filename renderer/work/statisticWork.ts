import type { ColumnSummary, DriftReport, Finding } from '../../core/contract.js';
import { ownValue } from '../askedOptions.js';
import { type ColumnReading, columnCode, readingOf } from './columnCode.js';
import { columnInputs } from './columnInputs.js';
import { countsCode, countsOf } from './countsCode.js';
import { pythonNumber, pythonScript } from './python.js';
import type { Work, WorkDefinition } from './work.js';

interface StatisticDefinition extends WorkDefinition {
  /** Of numbers, times or lengths in an array; null where the kind has no such array. */
  ofValues: string | null;
  /** Of an array of counts by level. */
  ofCounts: string | null;
  /** Of all values as they stand, None where missing. */
  ofAll: string | null;
}

/** One line of the table of both sides; null where there is no such statistic. */
export function statisticWork(key: string, finding: Finding, report: DriftReport): Work | null {
  const definition = definitionOf(key);
  const values = [numberOf(finding.reference, key), numberOf(finding.current, key)];
  if (definition === null || values.every((value) => value === null)) return null;
  const { title, answers, formula, source } = definition;
  const isApproximate = key === 'distinctCount' && readingOf(finding) === 'lengths';
  const snippet =
    isApproximate || isUnread(finding) ? null : snippetOf(definition, finding, report);
  const ofLength = readingOf(finding) === 'lengths' && definition.ofAll === null;
  return {
    ...{ title: ofLength ? `${title}, of lengths in characters` : title, answers, formula, source },
    inputs: columnInputs(finding),
    notes: [
      ...(isApproximate
        ? [
            'Of text and identifiers the number is approximate (HyperLogLog, a few percent), so no code repeats it.',
          ]
        : []),
      ...(isUnread(finding)
        ? ['Values of this type are not read, so no code repeats the number.']
        : []),
      ...(finding.kind === 'datetime' && snippet !== null && definition.ofAll === null
        ? ['The code prints milliseconds since 1970-01-01 UTC.']
        : []),
    ],
    snippet,
    prints:
      snippet === null
        ? []
        : (['reference', 'current'] as const).flatMap((label, i) => {
            const value = values[i];
            return value === null || value === undefined ? [] : [{ label, value }];
          }),
  };
}

/** Neither values nor missing ones: what the column holds is not compared. */
function isUnread({ reference, current }: Finding): boolean {
  return [reference, current].every(({ count, missingCount }) => count + missingCount === 0);
}

function snippetOf(
  { ofValues, ofCounts, ofAll }: StatisticDefinition,
  finding: Finding,
  report: DriftReport,
): string | null {
  const reading = readingOf(finding);
  const print = (of: string) =>
    (['reference', 'current'] as const)
      .map((side) => `print("${side}", ${of.replaceAll('$', side)})`)
      .join('\n');
  if (ofAll !== null) {
    if (
      reading !== 'numbers' &&
      finding.reference.unparsedCount + finding.current.unparsedCount > 0
    )
      return null;
    const helpers = reading === 'numbers' ? numberHelpers(finding, report) : plainHelpers;
    return script('all', `${helpers}\n\n${print(ofAll)}`, finding, report);
  }
  if (reading === 'levels' && ofCounts !== null) {
    const { imports, code } = countsCode(countsOf(finding), finding, report);
    return pythonScript(imports, [code, print(ofCounts)]);
  }
  const asNumbers: ColumnReading = reading === 'levels' ? 'numbers' : reading;
  return ofValues === null ? null : script(asNumbers, print(ofValues), finding, report);
}

const plainHelpers = `def is_missing(value):
    return value is None`;

/** What cannot be read as a number is missing too, and so are the numbers that were said to be. */
function numberHelpers({ name }: Finding, { options }: DriftReport): string {
  const given = (ownValue(options.missingValues, name) ?? []).map(Number).filter(Number.isFinite);
  const orGiven =
    given.length === 0 ? '' : ` or number(value) in [${given.map(pythonNumber).join(', ')}]`;
  return `def number(value):
    try:
        return float(value)
    except (TypeError, ValueError):
        return np.nan

def is_missing(value):
    return np.isnan(number(value))${orGiven}

def is_infinite(value):
    return np.isinf(number(value))`;
}

function script(
  reading: ColumnReading,
  lines: string,
  finding: Finding,
  report: DriftReport,
): string {
  const { imports, code } = columnCode(finding, report, reading);
  return pythonScript([...imports, 'import numpy as np'], [code, lines]);
}

/** Times as milliseconds; null where the side has no such number. */
function numberOf(summary: ColumnSummary, key: string): number | null {
  const found = key.startsWith('quantile:')
    ? summary.quantiles?.[key.slice('quantile:'.length)]
    : summary[key as 'mean'];
  if (found === undefined || found === null) return null;
  return typeof found === 'number' ? found : Date.parse(found);
}

function definitionOf(key: string): StatisticDefinition | null {
  if (!key.startsWith('quantile:')) return definitions[key] ?? null;
  const share = Number(key.slice('quantile:'.length));
  return {
    title: share === 0.5 ? 'Median' : `Quantile ${share}`,
    answers: `Below which value do ${+(share * 100).toPrecision(4)} % of the values lie?`,
    formula: `at rank (n − 1) · ${share} of the sorted values, linear between neighbours (type 7)`,
    source:
      'Hyndman and Fan (1996), Sample quantiles in statistical packages, The American Statistician 50, 361-365.',
    ofValues: `np.quantile($, ${share})`,
    ofCounts: null,
    ofAll: null,
  };
}

const plain = { source: null, ofValues: null, ofCounts: null, ofAll: null };

const definitions: Record<string, StatisticDefinition> = {
  count: {
    ...plain,
    title: 'Values',
    answers: 'How many rows have a usable value?',
    formula: 'n = rows − missing − infinite',
    ofValues: 'len($)',
    ofCounts: '$.sum()',
  },
  missingCount: {
    ...plain,
    title: 'Missing values',
    answers: 'How many rows have no value, or one that could not be read as the column’s kind?',
    formula: 'rows with an empty value, a spelling of missing, or NaN',
    ofAll: 'sum(is_missing(value) for value in $)',
  },
  distinctCount: {
    ...plain,
    title: 'Distinct values',
    answers: 'How many different values are there?',
    formula: 'number of values, each counted once',
    ofValues: 'len(np.unique($))',
    ofCounts: '($ > 0).sum()',
  },
  infiniteCount: {
    ...plain,
    title: 'Infinite values',
    answers: 'How many values are infinite? They are in no other number.',
    formula: 'number of ±∞',
    ofAll: 'sum(is_infinite(value) for value in $)',
  },
  unparsedCount: {
    ...plain,
    title: 'Values that are no numbers or dates',
    answers: 'How many values could not be read as the column’s kind? They count as missing.',
    formula: 'number of values that are there and cannot be read',
  },
  mean: {
    ...plain,
    title: 'Mean',
    answers: 'What is the average? A few wild values can move it far.',
    formula: 'x̄ = Σ x / n, with compensated sums',
    source:
      'Neumaier (1974), Rundungsfehleranalyse einiger Verfahren zur Summation endlicher Summen.',
    ofValues: 'np.mean($)',
  },
  standardDeviation: {
    ...plain,
    title: 'Standard deviation',
    answers: 'How wide do values lie around their mean?',
    formula: 's = √(Σ (x − x̄)² / (n − 1))',
    source:
      'Chan, Golub and LeVeque (1983), Algorithms for computing the sample variance, The American Statistician 37, 242-247.',
    ofValues: 'np.std($, ddof=1)',
  },
  min: {
    ...plain,
    title: 'Smallest value',
    answers: 'Which is the smallest?',
    formula: 'min x',
    ofValues: 'np.min($)',
  },
  max: {
    ...plain,
    title: 'Largest value',
    answers: 'Which is the largest?',
    formula: 'max x',
    ofValues: 'np.max($)',
  },
};
