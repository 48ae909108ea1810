import { describe, expect, test } from 'vitest';
import type { MemorySource, Source } from '../../../core/contract.js';
import { withPair } from '../../../core/scan/openPair.js';
import type { Scan } from '../../../core/scan/scan.js';
import { readWholeRows } from '../../../core/worker/readWholeRows.js';
import { createTemporaryFolder } from '../../createTemporaryFolder.js';

const { write } = createTemporaryFolder();

/** 300 rows, the last 20 of which repeat the first 20; `again` repeats `n`, `late` does but for one row. */
const rows = Array.from({ length: 300 }, (_, i) => {
  const n = i % 280;
  return [n, n, n === 279 ? 0 : n, n % 5 === 0 ? null : n / 2, `w${n % 3}`];
});
const names = ['n', 'again', 'late', 'half', 'word'];
const text = [names, ...rows].map((row) => row.join(',')).join('\n');
const column = (index: number) => rows.map((row) => row[index] ?? null);

const file: Source = { path: write('rows.csv', text) };
const memory: MemorySource = {
  name: 'rows',
  columns: names.map((name, index) => ({
    name,
    values:
      name === 'word'
        ? { type: 'string', values: column(index).map(String) }
        : { type: 'number', values: Float64Array.from(column(index), (v) => Number(v ?? NaN)) },
  })),
};

function scanned<T>(source: Source | MemorySource, work: (scan: Scan) => Promise<T>): Promise<T> {
  return withPair({ reference: source, current: source }, {}, ({ reference }) => work(reference));
}

describe.each<[string, Source | MemorySource]>([
  ['a file', file],
  ['arrays', memory],
])('whole rows of %s', (_, source) => {
  test('that stand there twice are counted', async () => {
    expect(await scanned(source, (scan) => scan.duplicateRowCount())).toBe(20);
  });

  test('have the same values in two columns, or not', async () => {
    const pairs = [
      [0, 1],
      [0, 2],
      [4, 4],
    ] as const;
    const same = await scanned(source, (scan) => scan.areSame(pairs));
    expect(same).toEqual([true, false, true]);
  });

  test('are sampled by a seed, all columns from the same rows', async () => {
    const columns = [
      { index: 0, as: 'number' },
      { index: 3, as: 'number' },
      { index: 4, as: 'presence' },
    ] as const;
    const sampled = (seed: number) =>
      scanned(source, (scan) => scan.sampledRows(columns, 100, seed));
    const [n = new Float64Array(), half, word] = await sampled(1);
    expect(n.length).toBeGreaterThan(60);
    expect(n.length).toBeLessThan(140);
    expect(Array.from(half ?? [])).toEqual(Array.from(n, (v) => (v % 5 === 0 ? NaN : v / 2)));
    expect(word?.every((value) => value === 1)).toBe(true);
    expect(await sampled(1)).toEqual([n, half, word]);
    expect((await sampled(2))[0]).not.toEqual(n);
    const all = await scanned(source, (scan) => scan.sampledRows(columns, 5_000, 1));
    expect(all[0]).toHaveLength(300);
  });
});

test('a report of few rows without drift has no groups', async () => {
  const report = await scanned(file, async (scan) =>
    readWholeRows({ reference: scan, current: scan }, [], {
      columns: [],
      options: { missingValues: {}, seed: 1 },
    } as never),
  );
  expect(report.groups).toEqual([]);
  expect(report.quality.current).toEqual({ duplicateRowCount: 20, sameColumns: [] });
});
