import { beforeAll, describe, expect, it } from 'vitest';
import type { Dataset, Source, Split } from '../../../core/contract.js';
import { withPair } from '../../../core/scan/openPair.js';
import { createTemporaryFolder } from '../../createTemporaryFolder.js';
import { runSql } from './opened.js';

const folder = createTemporaryFolder();
const lines = Array.from({ length: 60 }, (_, i) =>
  [
    i,
    i % 10 === 9 ? '' : ['train', 'test'][i % 2],
    ['Rome', 'Oslo', 'Kyiv'][i % 3],
    i % 2,
    i % 12 === 5 ? '' : i / 4,
    `2026-01-${String(1 + (i % 30)).padStart(2, '0')} 06:00:00`,
    i < 20 ? 'yes' : 'no',
    'same',
    `it's ${i % 2}`,
  ].join(','),
);
const path = folder.write(
  'all.csv',
  `n,period,city,flag,size,ts,active,one,quoted\n${lines.join('\n')}\n`,
);
const parquet = `${folder.path}/all.parquet`;
beforeAll(() => runSql(`COPY (SELECT * FROM read_csv('${path}', header = true)) TO '${parquet}'`));

interface Parts {
  reference: { dataset: Dataset; rows: string[] };
  current: { dataset: Dataset; rows: string[] };
}

/** Both sides' datasets and the values of their first column. */
function parts(splitBy: Split, source: Source = { path }, current = source): Promise<Parts> {
  return withPair({ reference: source, current }, { splitBy }, async (scans) => {
    const side = async (name: 'reference' | 'current') => ({
      dataset: scans[name].dataset,
      rows: (await scans[name].rows(0, 100)).map(([n]) => n ?? ''),
    });
    const [reference, other] = await Promise.all([side('reference'), side('current')]);
    return { reference, current: other };
  });
}

const range = (isIn: (n: number) => boolean) =>
  Array.from({ length: 60 }, (_, i) => i)
    .filter(isIn)
    .map(String);

describe.each([
  ['CSV', () => path],
  ['Parquet', () => parquet],
])('of %s', (_, file) => {
  it.each<[string, Split, string[], (n: number) => boolean, (n: number) => boolean]>([
    [
      'two words: the first in the file is the reference',
      { column: 'period' },
      ['period = train', 'period = test'],
      (n) => n % 10 !== 9 && n % 2 === 0,
      (n) => n % 10 !== 9 && n % 2 === 1,
    ],
    [
      'two words, the second one asked for',
      { column: 'period', at: 'test' },
      ['period = test', 'period = train'],
      (n) => n % 10 !== 9 && n % 2 === 1,
      (n) => n % 10 !== 9 && n % 2 === 0,
    ],
    [
      'one of three words',
      { column: 'city', at: 'Oslo' },
      ['city = Oslo', 'city other than Oslo'],
      (n) => n % 3 === 1,
      (n) => n % 3 !== 1,
    ],
    [
      'a flag of 0 and 1',
      { column: 'flag', at: '1' },
      ['flag = 1', 'flag = 0'],
      (n) => n % 2 === 1,
      (n) => n % 2 === 0,
    ],
    [
      'numbers at their median',
      { column: 'size' },
      ['size before 7.5', 'size from 7.5'],
      (n) => n % 12 !== 5 && n / 4 < 7.5,
      (n) => n % 12 !== 5 && n / 4 >= 7.5,
    ],
    [
      'numbers before one',
      { column: 'size', at: '3' },
      ['size before 3', 'size from 3'],
      (n) => n % 12 !== 5 && n < 12,
      (n) => n % 12 !== 5 && n >= 12,
    ],
    [
      'times before one',
      { column: 'ts', at: '2026-01-11' },
      ['ts before 2026-01-11', 'ts from 2026-01-11'],
      (n) => n % 30 < 10,
      (n) => n % 30 >= 10,
    ],
    [
      'a value with a quote in it',
      { column: 'quoted', at: "it's 1" },
      ["quoted = it's 1", "quoted = it's 0"],
      (n) => n % 2 === 1,
      (n) => n % 2 === 0,
    ],
  ])('%s', async (_name, split, names, isReference, isCurrent) => {
    const { reference, current } = await parts(split, { path: file() });
    const name = file().split('/').at(-1);
    expect([reference.dataset.name, current.dataset.name]).toEqual(
      names.map((part) => `${name}, ${part}`),
    );
    expect(reference.rows).toEqual(range(isReference));
    expect(current.rows).toEqual(range(isCurrent));
    for (const { dataset, rows } of [reference, current])
      expect(dataset.rowCount).toBe(rows.length);
    const absentCount = 60 - reference.rows.length - current.rows.length;
    const leftOut = absentCount === 0 ? [] : [{ why: 'split', rowCount: absentCount }];
    expect([reference.dataset.leftOut, current.dataset.leftOut]).toEqual([leftOut, leftOut]);
  });
});

it('times at their median', async () => {
  const { reference, current } = await parts({ column: 'ts' });
  expect(reference.dataset.name).toBe('all.csv, ts before 2026-01-15 06:00:00');
  expect([reference.rows.length, current.rows.length]).toEqual([28, 32]);
});

it('numbers that are mostly the lowest one are parted above it', async () => {
  const skewed = folder.write('skewed.csv', `n,v\n1,0\n2,0\n3,0\n4,0\n5,3\n6,4\n`);
  const { reference, current } = await parts({ column: 'v' }, { path: skewed });
  expect([reference.rows, current.rows]).toEqual([
    ['1', '2', '3', '4'],
    ['5', '6'],
  ]);
});

it('each side has its own condition', async () => {
  const { reference, current } = await parts(
    { column: 'flag' },
    { path, where: 'n < 10' },
    { path, where: "city = 'Rome'" },
  );
  expect(reference.rows).toEqual(['0', '2', '4', '6', '8']);
  expect(reference.dataset.leftOut).toEqual([{ why: 'condition', rowCount: 25 }]);
  expect(current.rows).toEqual(range((n) => n % 2 === 1 && n % 3 === 0));
});

describe('what cannot be parted gets one sentence', () => {
  it.each<[Split, RegExp]>([
    [{ column: 'nope' }, /no column is called "nope", there are "n", "period"/],
    [{ column: 'city' }, /more than two values, such as "Rome", "Oslo", "Kyiv"/],
    [{ column: 'city', at: 'Lima' }, /does not hold "Lima" but "Rome", "Oslo", "Kyiv"/],
    [{ column: 'one' }, /one value only/],
    [{ column: 'one', at: 'same' }, /one value only/],
    [{ column: 'size', at: 'large' }, /"large" is no number/],
    [{ column: 'ts', at: 'spring' }, /"spring" is no time/],
    [{ column: 'size', at: '1000' }, /no row is left for the current side/],
    [{ column: 'size', at: '-5' }, /no row is left for the reference side/],
  ])('%j', async (split, why) => {
    await expect(parts(split)).rejects.toMatchObject({
      code: 'bad-option',
      message: expect.stringMatching(/^The rows cannot be parted by ".*\.$/),
    });
    await expect(parts(split)).rejects.toThrowError(why);
  });

  it('two files, or arrays', async () => {
    await expect(parts({ column: 'n' }, { path }, { path: parquet })).rejects.toMatchObject({
      code: 'bad-option',
    });
    const source = { name: 'a', columns: [] };
    const asked = withPair(
      { reference: source, current: source },
      { splitBy: { column: 'n' } },
      async () => null,
    );
    await expect(asked).rejects.toMatchObject({ code: 'bad-option' });
  });
});
