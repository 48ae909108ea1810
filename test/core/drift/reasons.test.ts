import { describe, expect, test } from 'vitest';
import type { DriftReport } from '../../../core/contract.js';
import { draws, findingOf, judged, level } from './judged.js';

const rows = 4000;
const hostileNames = [
  'line\nbreak',
  'carriage\rreturn',
  'separator\u2028line',
  'right\u202eleft',
  'quote"in',
  '</script><script>alert(1)</script>',
  '$&',
  '',
  ' ',
  'constructor',
  'undefined column',
  'x'.repeat(500),
];

/** Reports that between them have every kind of sentence. */
const reports: [name: string, make: () => Promise<DriftReport>][] = [
  ['nothing drifted', () => judged({ a: normal(1), b: words(2) }, { a: normal(3), b: words(4) })],
  ['one drifted', () => judged({ a: normal(1) }, { a: normal(2, 1) })],
  ['many drifted, some cannot be decided, some stand on one side', reportOfMany],
  ['few rows', () => judged({ a: normal(1).slice(0, 9) }, { a: normal(2).slice(0, 8) })],
  ['one row', () => judged({ a: [1], b: ['x'] }, { a: [2], b: ['y'] })],
  ['no values', () => judged({ a: nothing(), b: nothing() }, { a: nothing(), b: words(1) })],
  [
    'values that are no numbers',
    () =>
      judged(
        { a: normal(1).map(String).with(3, 'unknown') },
        { a: normal(2).map(String).with(5, '?').with(6, '??') },
      ),
  ],
  [
    'hostile names and values',
    () =>
      judged(
        Object.fromEntries(hostileNames.map((name, i) => [name, normal(i)])),
        Object.fromEntries(hostileNames.map((name) => [name, hostileWords(name)])),
      ),
  ],
];

describe.each(reports)('%s', (_, make) => {
  test('every sentence is one whole line without holes in it', async () => {
    const report = await make();
    const sentences = sentencesOf(report);
    expect(sentences.length).toBeGreaterThan(4);
    for (const sentence of sentences) {
      expect(sentence).toMatch(/\.$/);
      // control characters and everything that breaks or turns a line
      expect(sentence).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]/u);
      const words = sentence.replaceAll('"undefined column"', '');
      expect(words).not.toMatch(/undefined|NaN|Infinity|\[object|\bnull\b|\.\.$/);
    }
  });

  test('the headline is one sentence', async () => {
    const { summary } = await make();
    expect(summary.headline.match(/\.(\s|$)/g)).toHaveLength(1);
  });
});

describe('the headline', () => {
  test('says that nothing drifted', async () => {
    const { summary } = await judged({ a: normal(1) }, { a: normal(2) });
    expect(summary.headline).toMatch(/^None of 1 column drifted\.$/);
  });

  test('counts, names and explains the first three', async () => {
    const { summary } = await reportOfMany();
    expect(plain(summary.headline)).toMatch(
      /^4 of 5 columns drifted: ("\w": [^;]+; ){3}and more; (1 cannot be decided with these rows; )?1 column only in current, 2 columns only in reference\.$/,
    );
  });

  test('counts what cannot be decided', async () => {
    const { summary } = await judged({ a: normal(1).slice(0, 30) }, { a: normal(2).slice(0, 30) });
    expect(summary.headline).toBe('None of 1 column drifted; 1 cannot be decided with these rows.');
  });

  test('keeps a name whole that has a full stop in it', async () => {
    const { summary } = await judged(
      { a: words(1) },
      { a: words(2).map((word, i) => (i % 10 === 0 ? 'Dr. No' : word)) },
    );
    expect(plain(summary.headline)).toBe(
      '1 of 1 column drifted: "a": a new value, "Dr. No", is in 10 % of rows.',
    );
  });
});

describe('the summary', () => {
  test('counts add up', async () => {
    const { summary, columns } = await reportOfMany();
    const { columnCount, driftedCount, stableCount, inconclusiveCount, skippedCount } = summary;
    expect(columnCount).toBe(columns.length);
    expect(driftedCount + stableCount + inconclusiveCount + skippedCount).toBe(columnCount);
    expect(summary.expectedFalseAlarms).toBe(0.05 * driftedCount);
    const tests = columns.flatMap(({ channels }) =>
      Object.values(channels).flatMap(({ pValue }) => (pValue === null ? [] : [pValue])),
    );
    expect(summary.testCount).toBe(tests.length);
    expect(summary.uncorrected).toEqual({
      alarmCount: tests.filter((pValue) => pValue < 0.05).length,
      expectedByChance: 0.05 * tests.length,
    });
  });
});

describe('notes', () => {
  test('few rows are said', async () => {
    const { notes } = await judged({ a: normal(1) }, { a: normal(2).slice(0, 9) });
    expect(notes.map(plain)).toEqual([
      'With 4 000 and 9 rows only very large changes can be told from chance.',
    ]);
  });

  test('values that are no numbers are counted', async () => {
    const report = await judged(
      { a: normal(1).map(String).with(3, 'unknown') },
      { a: normal(2).map(String).with(5, '?').with(6, '??') },
    );
    expect(report.notes).toEqual([
      '1 value of the reference file in "a" is no number or date and counts as missing.',
      '2 values of the current file in "a" are no number or date and count as missing.',
    ]);
    const { reference, current } = findingOf(report, 'a');
    expect([reference.unparsedCount, reference.missingCount]).toEqual([1, 1]);
    expect([current.unparsedCount, current.missingCount]).toEqual([2, 2]);
  });
});

function reportOfMany(): Promise<DriftReport> {
  const [a, b, c, d, e] = [normal(1), normal(2), normal(3), normal(4), normal(5)];
  const moved = { a: normal(6, 1), b: normal(7, 2), c: words(8), d: normal(9, 3), e: normal(10) };
  return judged({ a, b, c, d, e, gone: words(1), lost: words(2) }, { ...moved, fresh: words(3) });
}

function sentencesOf(report: DriftReport): string[] {
  return [
    report.summary.headline,
    ...report.notes,
    ...report.columns.flatMap(({ reason, channels }) => [
      reason,
      ...Object.values(channels).map((channel) => channel.reason),
    ]),
  ];
}

function plain(text: string): string {
  return text.replace(/\s/g, ' ');
}

function normal(seed: number, mean = 0): number[] {
  return draws(seed, rows, (random) => mean + random.normal());
}

function words(seed: number): string[] {
  return draws(seed, rows, (random) => level(random, [0.6, 0.3, 0.1]));
}

function hostileWords(name: string): string[] {
  return draws(1, rows, (random) => `${name} ${random.integer(3)}`);
}

function nothing(): null[] {
  return Array<null>(rows).fill(null);
}

test('equal shares are not said to have risen', async () => {
  const values = Array.from({ length: 60 }, (_, i) => `x${i % 3}`);
  const finding = findingOf(await judged({ b: values }, { b: values }), 'b');
  expect(finding.verdict).toBe('inconclusive');
  expect(finding.reason).toMatch(
    /^No difference beyond chance is seen, but these rows leave room for one of up to 0\.\d+ of Jensen-Shannon distance/,
  );
});
