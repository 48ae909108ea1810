/** Values that are said to mean *missing* are treated as such, however a column is stored. */
import { beforeAll, describe, expect, test } from 'vitest';
import type { CompareOptions, DriftReport, Finding } from '../../../core/contract.js';
import { compareDatasets } from '../../../core/worker/compareDatasets.js';
import { createTemporaryFolder } from '../../createTemporaryFolder.js';
import { errorCode } from '../scan/opened.js';
import { draws, findingOf, judged, judgedColumn, level } from './judged.js';

const rows = 2000;
const folder = createTemporaryFolder();

type Row = Record<string, string>;

/** As a file writes them; every tenth current row has a value that means missing. */
const written = (seed: number, isCurrent: boolean): Row[] =>
  draws(seed, rows, (random, i) => {
    const isGone = isCurrent && i % 10 === 0;
    return {
      age: isGone ? '-1' : String(18 + random.integer(60)),
      amount: isGone ? 'unknown' : (100 + 20 * random.normal()).toFixed(2),
      job: isGone ? 'unknown' : level(random, [0.5, 0.3, 0.2]),
      flag: isGone ? 'n/a' : random.uniform() < 0.3 ? 'yes' : 'no',
      bit: isGone ? '9' : String(random.integer(2)),
      since: isGone ? '1970-01-01 08:30:00' : `2026-0${1 + random.integer(6)}-1${i % 9} 10:00:00`,
      note: isGone ? 'none' : `a loan of ${random.integer(9000)} for car number ${i}`,
      key: isGone ? 'TBD' : `k-${seed}-${i}`,
    };
  });

const missingValues = {
  age: ['-1'],
  amount: ['unknown'],
  job: ['unknown'],
  flag: ['n/a'],
  bit: ['9'],
  since: ['1970-01-01'],
  note: ['none'],
  key: ['TBD'],
};
const kinds: Record<string, Finding['kind']> = {
  age: 'numeric',
  amount: 'numeric',
  job: 'categorical',
  flag: 'boolean',
  bit: 'boolean',
  since: 'datetime',
  note: 'text',
  key: 'identifier',
};

describe.each(['a file', 'memory'])('said of %s', (where) => {
  const [reference, current] = [written(1, false), written(2, true)];
  const report = (options: CompareOptions) => {
    if (where === 'memory') return judged(reference, current, options);
    return compareDatasets(
      {
        reference: { path: folder.write('reference.csv', csv(reference)) },
        current: { path: folder.write('current.csv', csv(current)) },
        options,
      },
      { signal: new AbortController().signal, onProgress: () => undefined },
    );
  };

  let given: DriftReport;
  beforeAll(async () => {
    given = await report({ missingValues });
  });

  test.each(Object.entries(kinds))('%s stays %s and has them missing', (name, kind) => {
    const found = findingOf(given, name);
    expect(found).toMatchObject({ name, kind, verdict: 'drifted', channel: 'missing' });
    expect(found.reference).toMatchObject({ count: rows, missingCount: 0 });
    expect(found.current).toMatchObject({
      count: 0.9 * rows,
      missingCount: 0.1 * rows,
      unparsedCount: 0,
    });
    expect(found.reason).toMatch(/Missing values rose from 0\s% to 10\s%/);
    expect(found.channels.shape.verdict).not.toBe('drifted');
    expect(found.disguisedMissing).toEqual([]);
    expect(found.text?.risen ?? []).toEqual([]);
  });

  test('without it they are values, and a value of disguisedMissing can be given as it is', async () => {
    const columns = ['age', 'job', 'since'];
    const plain = await report({ columns });
    const found: Record<string, string[]> = {};
    for (const { name, current, disguisedMissing } of plain.columns) {
      expect(current.missingCount).toBe(0);
      expect(disguisedMissing.map(({ currentCount }) => currentCount)).toEqual([0.1 * rows]);
      found[name] = disguisedMissing.map(({ value }) => value);
    }
    const again = await report({ columns, missingValues: found });
    for (const { current } of again.columns) expect(current.missingCount).toBe(0.1 * rows);
  });

  test('of an unknown column it is an error', async () => {
    expect(await errorCode(report({ missingValues: { nope: ['-1'] } }))).toBe('unknown-column');
  });
});

describe('what is meant', () => {
  const numbers = Array.from({ length: 400 }, (_, i) => i % 20);
  test.each<[string[], number]>([
    [['0'], 20],
    [['0.0', '5e0'], 40],
    [['-0'], 20],
    [[''], 0],
    [[' '], 0],
    [['zero'], 0],
    [['0x5'], 0],
    [['NaN'], 0],
    [['21'], 0],
    [['0', '0', '5'], 40],
  ])('%j of numbers from 0 to 19, each 20 times', async (values, count) => {
    const { reference } = await judgedColumn(numbers, numbers, {
      missingValues: { value: values },
    });
    expect(reference.missingCount).toBe(count);
  });

  const hourly = Array.from({ length: 240 }, (_, hour) => new Date(Date.UTC(2026, 0, 1, hour)));
  test.each<[string[], number]>([
    [['2026-01-02'], 24],
    [['2026-01-02 03:00:00'], 1],
    [['2026-01-02T03:00:00Z'], 1],
    [['2026-01-02T05:00:00+02:00'], 1],
    [['2026-01-02', '2026-01-05'], 48],
    [['2026'], 0],
    [['5'], 0],
    [['2025-12-31'], 0],
  ])('%j of every hour of ten days, in UTC', async (values, count) => {
    const { reference } = await judgedColumn(hourly, hourly, { missingValues: { value: values } });
    expect(reference.missingCount).toBe(count);
  });

  test('levels are meant as they are written', async () => {
    const codes = Array.from({ length: 400 }, (_, i) => ['01', '1', 'x', 'X'][i % 4]);
    const { reference } = await judgedColumn(codes, codes, {
      kinds: { value: 'categorical' },
      missingValues: { value: ['1', 'x'] },
    });
    expect(reference.top?.map(({ value }) => value)).toEqual(['01', 'X']);
    expect(reference.missingCount).toBe(200);
  });

  test('the channel judges all that is missing, whatever it was written as', async () => {
    const values = (share: number) =>
      Array.from({ length: 1000 }, (_, i) =>
        i % 100 < share / 2 ? null : i % 100 < share ? -1 : 10 + (i % 37),
      );
    const found = findingOf(
      await judged(
        { value: values(10) },
        { value: values(30) },
        { missingValues: { value: ['-1'] } },
      ),
      'value',
    );
    expect([found.reference.missingCount, found.current.missingCount]).toEqual([100, 300]);
    expect(found.channels.missing.effect?.observed).toBeCloseTo(0.2, 12);
  });
});

function csv(table: readonly Row[]): string {
  const lines = table.map((row) => Object.values(row).join(','));
  return `${Object.keys(table[0] ?? {}).join(',')}\n${lines.join('\n')}\n`;
}
