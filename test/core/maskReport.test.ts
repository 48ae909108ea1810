import { existsSync, readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { beforeAll, describe, expect, test } from 'vitest';
import { chooseContents } from '../../core/chooseContents.js';
import { type DriftReport, reportSections } from '../../core/contract.js';
import { maskReport, rareValues } from '../../core/maskReport.js';
import { builtFile } from '../../core/packageFiles.js';
import { draws, findingOf, judged } from './drift/judged.js';

const below = 5;
/** Each stands for one person, or for a few. */
const secrets = {
  rareJob: 'harpsichord "tuner" of Ghent',
  newJob: 'lighthouse keeper',
  goneJob: 'glassblower',
  word: 'xylographica',
  largest: 987_654.321,
  smallest: -87_654.321,
};

let report: DriftReport;
beforeAll(async () => {
  const table = (seed: number, isCurrent: boolean) => ({
    job: draws(seed, 400, (random, i) => {
      if (i < 2) return secrets.rareJob;
      if (i < 5) return isCurrent ? secrets.newJob : secrets.goneJob;
      return ['clerk', 'nurse', 'driver'][random.integer(3)] ?? 'clerk';
    }),
    income: draws(seed, 400, (random, i) =>
      i === 7 ? secrets.largest : i === 8 ? secrets.smallest : 30_000 + 5_000 * random.normal(),
    ),
    born: draws(seed, 400, (random, i) =>
      i === 300
        ? new Date('1911-11-11T11:11:11Z')
        : new Date(Date.UTC(1980, 0, 1) + random.integer(1e9) * 600),
    ),
    said: draws(
      seed,
      400,
      (random, i) =>
        `${i} of ${random.integer(999)} ${isCurrent && i % 2 ? secrets.word : 'plain'} words`,
    ),
  });
  report = await judged(table(1, false), table(2, true), { baseline: true });
  report = {
    ...report,
    notes: [
      ...report.notes,
      `2 rows of the reference file could not be read: 2 for "no number: 'Peter Pan'".`,
      `"name = 'Peter Pan'" is not true for them.`,
    ],
    reference: {
      ...report.reference,
      rejectedRowCount: 2,
      rejectedReasons: [{ reason: "no number: 'Peter Pan'", rowCount: 2 }],
      rejectedRows: [
        { file: 'a.csv', lineNumber: 3, columnName: 'x', reason: 'x', text: 'Peter Pan,1' },
      ],
    },
  };
});

describe('what tells of few rows', () => {
  test('stands in the whole report, and nowhere in the masked one', () => {
    const [whole, masked] = [report, maskReport(report, below)].map((one) => JSON.stringify(one));
    const said = [
      'harpsichord',
      secrets.newJob,
      secrets.goneJob,
      secrets.word,
      'Peter Pan',
      '987654.321',
      '-87654.321',
      '1911-11',
    ];
    expect(said.filter((text) => !whole?.includes(text))).toEqual([]);
    expect(said.filter((text) => masked?.includes(text))).toEqual([]);
  });

  test('in words: a rare value in quotes, and the ends of a range', () => {
    const { job, income } = shown(maskReport(report, below));
    expect(findingOf(report, 'income').channels.support.reason).toMatch(
      /range, -87.700 to 988.000/,
    );
    expect(income?.channels.support.reason).not.toMatch(/87/);
    expect(findingOf(report, 'job').channels.support.reason).toContain(secrets.newJob);
    expect(job?.channels.support.reason).toContain(rareValues);
  });

  test('values of as many rows stay named', () => {
    const { job } = shown(maskReport(report, below));
    const names = job?.charts.categories?.levels.map(({ value }) => value);
    expect(new Set(names)).toEqual(new Set(['clerk', 'nurse', 'driver', rareValues]));
    const { job: lax } = shown(maskReport(report, 2));
    expect(lax?.charts.categories?.levels.map(({ value }) => value)).toContain(secrets.rareJob);
  });

  test('what is folded is still counted', () => {
    const { categories } = findingOf(report, 'job').charts;
    const masked = shown(maskReport(report, below)).job?.charts.categories;
    const sum = (levels: { referenceCount: number }[] = []) =>
      levels.reduce((total, { referenceCount }) => total + referenceCount, 0);
    expect(sum(masked?.levels)).toBe(sum(categories?.levels));
    expect(masked?.newLevels).toEqual([{ value: rareValues, count: 3 }]);
  });

  test('curves and bins end where enough rows lie beyond', () => {
    const { income } = shown(maskReport(report, below));
    const { histogram, ecdf } = income?.charts ?? {};
    for (const count of [
      ...(histogram?.referenceCounts ?? [1]),
      ...(histogram?.currentCounts ?? [1]),
      ...[histogram?.below.reference, histogram?.above.current],
    ])
      expect((count ?? 1) % below).toBe(0);
    const inner = (curve: number[] = []) => curve.filter((share) => share > 0);
    expect(Math.min(...inner(ecdf?.reference))).toBeGreaterThanOrEqual(below / 400);
    expect(Math.max(...inner(ecdf?.reference))).toBeLessThanOrEqual(1 - below / 400);
    const quantiles = Object.keys(income?.reference.quantiles ?? {});
    expect(quantiles).toContain('0.5');
    expect(quantiles).not.toContain('0.01');
    expect(income?.reference.min).toBeNull();
    expect(income?.reference.extremes).toBeUndefined();
  });

  test('twice is the same as once', () => {
    const once = maskReport(report, below);
    expect(JSON.stringify(maskReport(once, below).columns)).not.toContain('Peter');
  });
});

describe('what is chosen', () => {
  test('all of it is the report itself', () => {
    expect(chooseContents(report, {})).toEqual(report);
    expect(chooseContents(report, { sections: [...reportSections] })).toEqual(report);
  });

  test('a section that is left out is not in it, and that is told', () => {
    const bare = chooseContents(report, { sections: [] });
    expect(bare.contents).toEqual({ sections: [], maskedBelow: null });
    const text = JSON.stringify(bare);
    for (const part of ['"ecdf"', '"categories"', '"ks"', 'Peter Pan,1', 'plain"'])
      expect([part, text.includes(part)]).toEqual([part, false]);
    expect(bare.columns.map(({ verdict }) => verdict)).toEqual(
      report.columns.map(({ verdict }) => verdict),
    );
    expect(findingOf(bare, 'income').charts.histogram).toBeDefined();
    expect(text.length).toBeLessThan(0.75 * JSON.stringify(report).length);
    const charts = chooseContents(report, { sections: ['charts'] });
    expect(findingOf(charts, 'income').charts.ecdf).toBeDefined();
    expect(findingOf(charts, 'income').measures).toEqual({});
  });

  test('what was left out once does not come back', () => {
    const first = chooseContents(report, { sections: ['charts'], maskBelow: 7 });
    const again = chooseContents(first, { sections: ['charts', 'measures'] });
    expect(again.contents).toEqual({ sections: ['charts'], maskedBelow: 7 });
  });

  test('title and notes are the author’s, and empty notes are none', () => {
    const authorNotes = { report: '**hello**', columns: { job: 'so' } };
    const named = chooseContents(report, { title: 'Mine', authorNotes });
    expect(named.options.title).toBe('Mine');
    expect(named.authorNotes).toEqual(authorNotes);
    expect(chooseContents(named, {}).authorNotes).toEqual(authorNotes);
    const taken = chooseContents(named, { authorNotes: { report: null, columns: {} } });
    expect('authorNotes' in taken).toBe(false);
  });

  test('it is a report by the schema', () => {
    const file = builtFile('report.schema.json');
    if (!existsSync(file)) throw new Error(`${file} is not there; run npm run build first`);
    const ajv = new Ajv({ allErrors: true, allowUnionTypes: true });
    const validate = ajv.compile(JSON.parse(readFileSync(file, 'utf8')));
    for (const choice of [{ sections: [] }, { maskBelow: 5 }, { title: 'x' }]) {
      validate(chooseContents(report, choice));
      expect(ajv.errorsText(validate.errors)).toBe('No errors');
    }
  });
});

function shown(masked: DriftReport) {
  return Object.fromEntries(masked.columns.map((finding) => [finding.name, finding]));
}
