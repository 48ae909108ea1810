import { join } from 'node:path';
import { expect, it } from 'vitest';
import { createKeptRows } from '../../../core/scan/keptRows.js';
import { withDataset } from '../../../core/scan/openPair.js';
import type { CodedColumn } from '../../../core/scan/scan.js';
import { createRandom } from '../../../core/stats/random.js';
import { createTemporaryFolder } from '../../createTemporaryFolder.js';
import { runSql } from './opened.js';

const folder = createTemporaryFolder();
const rowCount = 30_000;
const [sampleCount, seed] = [1_000, 7];

const random = createRandom(3);
const lines = Array.from({ length: rowCount }, (_, row) => {
  const number = row % 11 === 0 ? '' : random.normal().toFixed(6);
  const time = new Date(1.7e12 + 1e7 * random.uniform() * row).toISOString().slice(0, 19);
  return `${number},${row % 7},${time},${row % 5 === 0 ? 'inf' : random.normal()},w${row % 3}`;
});
const csv = folder.write('kept.csv', `number,few,time,infinite,word\n${lines.join('\n')}\n`);

const columns: CodedColumn[] = [
  { index: 0, missingValues: [], cut: { by: 'edges', reading: 'number', edges: [-1, 0, 0.5] } },
  { index: 0, missingValues: ['-1'], cut: { by: 'edges', reading: 'number', edges: [0] } },
  { index: 1, missingValues: ['3'], cut: { by: 'levels', reading: 'number', levels: ['1', '5'] } },
  { index: 2, missingValues: [], cut: { by: 'edges', reading: 'datetime', edges: [1.705e12] } },
  { index: 3, missingValues: [], cut: { by: 'edges', reading: 'number', edges: [-1, 1, 2] } },
  { index: 4, missingValues: [], cut: { by: 'levels', reading: 'text', levels: ['w0', 'w2'] } },
];

it.each(['csv', 'parquet'])(
  'codes of values that went by are those of values read again: %s',
  async (format) => {
    const path = format === 'csv' ? csv : await asParquet();
    await withDataset({ path }, {}, async (scan) => {
      const read = await scan.codedRows(columns, sampleCount, seed);
      scan.expectCodedRows(sampleCount, seed);
      for (const index of [0, 1, 3]) await scan.numbers(index, 'number');
      await scan.numbers(2, 'datetime');
      expect(await scan.codedRows(columns, sampleCount, seed)).toEqual(read);
      // other rows than those that were kept
      expect(await scan.codedRows(columns, sampleCount, seed + 1)).not.toEqual(read);
      for (const codes of read) expect(new Set(codes).size).toBeGreaterThan(1);
    });
  },
);

it('what cannot be known of values that went by is read again', async () => {
  const numbers = async (_: string, count: number, onChunk: (values: Float64Array) => void) =>
    onChunk(Float64Array.from({ length: count }, (_, i) => 10 * i));
  const dataset = { rowCount: 1_000, columns: [] } as never;
  const kept = createKeptRows({ numbers } as never, dataset);
  const column = (infiniteCount: number) =>
    ({ values: Float64Array.from({ length: 1_000 }, (_, row) => row), infiniteCount }) as never;
  const [first, , few] = columns as [CodedColumn, CodedColumn, CodedColumn];
  await kept.keep(0, 'number', column(0));
  expect(kept.valuesOf(first, 100, 1)).toBeNull();
  kept.expect(100, 1);
  await kept.keep(0, 'number', column(0));
  expect(kept.valuesOf(first, 100, 1)?.slice(0, 3)).toEqual(Float64Array.of(0, 10, 20));
  expect(kept.valuesOf(first, 100, 2)).toBeNull();
  expect(kept.valuesOf(first, 99, 1)).toBeNull();
  await kept.keep(1, 'number', column(1));
  expect(kept.valuesOf(few, 100, 1)).toBeNull();
  kept.expect(500, 1);
  expect(kept.valuesOf(first, 500, 1)).toBeNull();
});

async function asParquet(): Promise<string> {
  const path = join(folder.path, 'kept.parquet');
  await runSql(`COPY (SELECT * FROM read_csv('${csv}')) TO '${path}' (FORMAT parquet)`);
  return path;
}
