/** The reference against itself: what differs between its halves is no drift. */
import { describe, expect, test } from 'vitest';
import type { CompareOptions, DriftReport, Source } from '../../../core/contract.js';
import { type Input, toSource } from '../../../core/inputs.js';
import { compareDatasets } from '../../../core/worker/compareDatasets.js';
import { createTemporaryFolder } from '../../createTemporaryFolder.js';
import { draws, judged, level } from '../drift/judged.js';
import { errorCode, runSql } from '../scan/opened.js';

const rows = 3000;
const start = Date.UTC(2026, 0, 5);
const hourMs = 3_600_000;
const folder = createTemporaryFolder();

type Table = Record<string, unknown[]>;

/** In order of time; from the middle on `amount` and `job` may be others. */
function table(seed: number, shift: number): Table {
  const isLate = (i: number) => i >= rows / 2;
  return {
    seen_at: draws(seed, rows, (_, i) => new Date(start + i * hourMs)),
    step: draws(seed, rows, (_, i) => 2 * i + (i % 2)),
    amount: draws(seed, rows, (random, i) => random.normal() + (isLate(i) ? shift : 0)),
    job: draws(seed + 10, rows, (random, i) =>
      level(random, isLate(i) ? [0.5 - 0.3 * shift, 0.3, 0.2] : [0.5, 0.3, 0.2]),
    ),
    plain: draws(seed + 20, rows, (random) => random.normal()),
    flag: draws(seed + 30, rows, (random) => random.uniform() < 0.4),
  };
}

const homogeneous = table(1, 0);
const shifted = table(1, 1);
const current = table(2, 1);

async function baselineOf(
  reference: Input,
  options: CompareOptions = {},
): Promise<NonNullable<DriftReport['baseline']>> {
  const { baseline } = await judged(reference, current, { baseline: true, ...options });
  if (!baseline) throw new Error('no baseline');
  return baseline;
}

/** The same rows in three places. */
const places: [string, (name: string, columns: Table) => Promise<Input>][] = [
  ['memory', async (_, columns) => columns],
  ['a CSV file', async (name, columns) => ({ path: folder.write(`${name}.csv`, csv(columns)) })],
  ['a Parquet file', parquet],
];

describe.each(places)('a reference in %s', (_, put) => {
  test('of one piece', async () => {
    const reference = await put('homogeneous', homogeneous);
    for (const timestamp of [undefined, 'seen_at']) {
      // numbers that rise by row differ between halves by time
      const options = { exclude: ['step'], ...(timestamp !== undefined && { timestamp }) };
      expect(await baselineOf(reference, options)).toMatchObject({
        split: timestamp === undefined ? 'random' : 'time',
        timestamp: timestamp ?? null,
        driftedCount: 0,
      });
    }
  });

  test('of two pieces: found by time, and not at random', async () => {
    const reference = await put('shifted', shifted);
    const byTime = await baselineOf(reference, { timestamp: 'seen_at' });
    const names = byTime.columns.flatMap(({ name, verdict }) =>
      verdict === 'drifted' ? [name] : [],
    );
    expect(names.sort()).toEqual(['amount', 'job', 'step']);
    expect(byTime.driftedCount).toBe(3);
    const atRandom = await baselineOf(reference);
    expect(atRandom.driftedCount).toBe(0);
  });

  test('split by whole numbers that rise', async () => {
    const reference = await put('shifted', shifted);
    const { columns, split } = await baselineOf(reference, { timestamp: 'step' });
    expect(split).toBe('time');
    expect(columns.map(({ name }) => name)).toEqual(expect.arrayContaining(['amount', 'job']));
    expect(columns.map(({ name }) => name)).not.toContain('step');
  });

  test('split by a column that is not compared', async () => {
    const reference = await put('shifted', shifted);
    const { split, columns } = await baselineOf(reference, {
      timestamp: 'seen_at',
      columns: ['amount', 'plain'],
    });
    expect(split).toBe('time');
    expect(columns.filter(({ verdict }) => verdict === 'drifted')).toMatchObject([
      { name: 'amount' },
    ]);
  });

  test.each(['job', 'flag'])('that %s cannot split', async (timestamp) => {
    const reference = await put('homogeneous', homogeneous);
    const failed = baselineOf(reference, { timestamp });
    await expect(failed).rejects.toMatchObject({
      code: 'bad-option',
      message: `the times in "${timestamp}" do not part the reference in two.`,
    });
  });

  test('of one row', async () => {
    const first = Object.fromEntries(
      Object.entries(homogeneous).map(([name, values]) => [name, values.slice(0, 1)]),
    );
    await expect(baselineOf(await put('single', first))).rejects.toMatchObject({
      code: 'bad-option',
      message: 'the reference has too few rows to be split for a baseline.',
    });
  });

  test('cancelled meanwhile', async () => {
    const reference = await put('shifted', shifted);
    const stop = new AbortController();
    const running = compareDatasets(
      {
        reference: toSource(reference, 'reference'),
        current: toSource(current, 'current'),
        options: { baseline: true },
      },
      {
        signal: stop.signal,
        // with the last column only the baseline is left
        onProgress: (progress) => {
          if (progress.stage !== 'measure' || progress.columnIndex < progress.columnCount - 1)
            return;
          stop.abort();
        },
      },
    );
    expect(await errorCode(running)).toBe('cancelled');
  });
});

describe('the report', () => {
  test('has no baseline unless it is asked for', async () => {
    expect((await judged(homogeneous, current)).baseline).toBeNull();
  });

  test('is otherwise the same with it', async () => {
    const [plain, more] = [
      await judged(shifted, current),
      await judged(shifted, current, { baseline: true }),
    ];
    expect(more.columns).toEqual(plain.columns);
    expect(more.summary).toEqual(plain.summary);
  });

  test('depends on the seed, and on nothing else', async () => {
    const few = Object.fromEntries(
      Object.entries(homogeneous).map(([name, values]) => [name, values.slice(0, 200)]),
    );
    const [one, again, other] = await Promise.all(
      [1, 1, 2].map((seed) => baselineOf(few, { seed })),
    );
    expect(again).toEqual(one);
    expect(other).not.toEqual(one);
  });

  test('lists the columns by rank, at most 20 of them', async () => {
    const many = Object.fromEntries(
      Array.from({ length: 30 }, (_, c) => [
        `column ${c}`,
        draws(c + 1, 400, (random, i) => random.normal() + (i < 200 ? 0 : 1 + c / 10)),
      ]),
    );
    const when = Array.from({ length: 400 }, (_, i) => new Date(start + i * hourMs));
    const { baseline } = await judged(
      { ...many, when },
      { ...many, when },
      {
        baseline: true,
        timestamp: 'when',
      },
    );
    expect(baseline?.driftedCount).toBe(30);
    expect(baseline?.columns).toHaveLength(20);
    const sizes = baseline?.columns.map(({ effect }) => (effect ? effect.value / effect.limit : 0));
    expect(sizes).toEqual(sizes?.toSorted((a, b) => b - a));
  });

  test('takes a half for no other kind than the whole', async () => {
    // every other number is in either half, which alone would be no unbroken run
    const index = Array.from({ length: 400 }, (_, i) => i);
    const mixed = Array.from({ length: 400 }, (_, i) => (i < 200 ? String(i % 7) : `w${i % 7}`));
    const when = Array.from({ length: 400 }, (_, i) => new Date(start + i * hourMs));
    for (const options of [{}, { timestamp: 'when' }]) {
      const { baseline, columns } = await judged(
        { index, mixed, when },
        { index, mixed, when },
        { baseline: true, ...options },
      );
      expect(columns.find(({ name }) => name === 'index')?.kind).toBe('identifier');
      expect(baseline?.columns.map(({ name }) => name)).not.toContain('index');
    }
  });
});

async function parquet(name: string, columns: Table): Promise<Source> {
  const path = folder.write(`${name}-source.csv`, csv(columns));
  const target = `${folder.path}/${name}.parquet`;
  await runSql(
    `COPY (SELECT * FROM read_csv('${path}')) TO '${target}' (FORMAT parquet, ROW_GROUP_SIZE 2048)`,
  );
  return { path: target };
}

function csv(columns: Table): string {
  const values = Object.values(columns);
  const cell = (value: unknown) => (value instanceof Date ? value.toISOString() : String(value));
  const lines = values[0]?.map((_, row) => values.map((column) => cell(column[row])).join(','));
  return `${Object.keys(columns).join(',')}\n${lines?.join('\n')}\n`;
}
