/** Rows as they stand: files and arrays answer alike, but for which rows a seed draws. */
import { describe, expect, test } from 'vitest';
import type { MemorySource, SampledRow, Source } from '../../../core/contract.js';
import { withPair } from '../../../core/scan/openPair.js';
import type { Scan } from '../../../core/scan/scan.js';
import { createTemporaryFolder } from '../../createTemporaryFolder.js';

const folder = createTemporaryFolder();
const rowCount = 500;
const names = Array.from({ length: rowCount }, (_, i) => (i === 7 ? null : `name ${i + 1}`));
const source: Source = {
  path: folder.write(
    'people.csv',
    `id,name,side\n${names.map((name, i) => `${i + 1},${name ?? ''},${i % 2 ? 'b' : 'a'}`).join('\n')}\nx,1,2,3,4\n`,
  ),
};
const memory: MemorySource = {
  name: 'people',
  columns: [
    { name: 'id', values: { type: 'number', values: Float64Array.from(names, (_, i) => i + 1) } },
    { name: 'name', values: { type: 'string', values: names } },
    { name: 'side', values: { type: 'string', values: names.map((_, i) => (i % 2 ? 'b' : 'a')) } },
  ],
};

function scanned<T>(
  of: Source | MemorySource,
  work: (scan: Scan) => Promise<T>,
  options: Parameters<typeof withPair>[1] = {},
): Promise<T> {
  return withPair({ reference: of, current: of }, options, ({ reference }) => work(reference));
}

const ids = (rows: SampledRow[]) => rows.map(({ values }) => Number(values[0]));

describe.each([
  ['a file', source],
  ['arrays', memory],
])('of %s', (_, of) => {
  test('are whole rows with their numbers, each once', async () => {
    const rows = await scanned(of, (scan) => scan.drawRows(40, 1));
    expect(rows).toHaveLength(40);
    expect(new Set(ids(rows)).size).toBe(40);
    for (const { rowNumber, values, cut } of rows) {
      const side = rowNumber % 2 ? 'a' : 'b';
      expect(values).toEqual([String(rowNumber), names[rowNumber - 1], side]);
      expect(cut).toBeUndefined();
    }
  });

  test('are the same for a seed, others for another, and the first of a larger sample', async () => {
    const [one, again, other, more] = await scanned(of, async (scan) => [
      await scan.drawRows(20, 1),
      await scan.drawRows(20, 1),
      await scan.drawRows(20, 2),
      await scan.drawRows(100, 1),
    ]);
    expect(again).toEqual(one);
    expect(other).not.toEqual(one);
    expect(more?.slice(0, 20)).toEqual(one);
  });

  test('come from all parts, and from each about as often', async () => {
    const counts = new Map<number, number>();
    await scanned(of, async (scan) => {
      for (let seed = 1; seed <= 60; seed++)
        for (const id of ids(await scan.drawRows(25, seed)))
          counts.set(Math.floor((id - 1) / 50), (counts.get(Math.floor((id - 1) / 50)) ?? 0) + 1);
    });
    // 1 500 draws over 10 parts, 150 each; the standard deviation is 11.6
    expect(counts.size).toBe(10);
    for (const count of counts.values()) expect(Math.abs(count - 150)).toBeLessThan(5 * 11.6);
  });

  test('are all where there are no more, a missing value null', async () => {
    const rows = await scanned(of, (scan) => scan.drawRows(1000, 1));
    expect(ids(rows).sort((a, b) => a - b)).toEqual(names.map((_, i) => i + 1));
    expect(rows.find(({ rowNumber }) => rowNumber === 8)?.values[1]).toBeNull();
  });
});

test('are those that are in the numbers: condition, sample and split', async () => {
  const where = { ...source, where: 'id > 490' };
  const chosen = await scanned(where, (scan) => scan.drawRows(100, 1));
  expect(ids(chosen).sort((a, b) => a - b)).toEqual([
    491, 492, 493, 494, 495, 496, 497, 498, 499, 500,
  ]);
  expect(chosen.map(({ rowNumber }) => rowNumber).sort((a, b) => a - b)).toEqual([
    1, 2, 3, 4, 5, 6, 7, 8, 9, 10,
  ]);
  const [drawn, sample] = await scanned(
    source,
    async (scan) => [ids(await scan.drawRows(10, 1)), await scan.rows(0, 30)] as const,
    { sample: 30, seed: 1 },
  );
  const inSample = sample.map(([id]) => Number(id));
  expect(inSample).toHaveLength(30);
  expect(drawn.filter((id) => !inSample.includes(id))).toEqual([]);
  const part = await scanned(source, (scan) => scan.drawRows(1000, 1), {
    splitBy: { column: 'side', at: 'b' },
  });
  expect(part).toHaveLength(250);
  expect(new Set(part.map(({ values }) => values[2]))).toEqual(new Set(['b']));
});

test('rows that could not be read are not among them', async () => {
  const { rows, rejectedCount } = await scanned(source, async (scan) => ({
    rows: await scan.drawRows(1000, 1),
    rejectedCount: scan.dataset.rejectedRowCount,
  }));
  expect(rejectedCount).toBe(1);
  expect(rows).toHaveLength(rowCount);
});

test('a value of more than 200 characters is cut, by characters, and told', async () => {
  const texts = ['🦆'.repeat(200), '🦆'.repeat(201), 'a'.repeat(200), `${'b'.repeat(199)}🦆c`];
  const lines = texts.map((text, i) => `${i},${text}`).join('\n');
  const file: Source = { path: folder.write('long.csv', `id,text\n${lines}\n`) };
  const columns: MemorySource['columns'] = [
    { name: 'id', values: { type: 'number', values: Float64Array.of(0, 1, 2, 3) } },
    { name: 'text', values: { type: 'string', values: texts } },
  ];
  for (const of of [file, { name: 'long', columns }]) {
    const rows = await scanned(of, (scan) => scan.drawRows(10, 1));
    rows.sort((a, b) => a.rowNumber - b.rowNumber);
    expect(rows.map(({ cut }) => cut)).toEqual([undefined, [1], undefined, [1]]);
    expect(rows.map(({ values }) => values[1])).toEqual([
      texts[0],
      '🦆'.repeat(200),
      texts[2],
      `${'b'.repeat(199)}🦆`,
    ]);
  }
});
