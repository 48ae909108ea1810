import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { previewSource } from '../../../core/scan/previewSource.js';
import { createTemporaryFolder } from '../../createTemporaryFolder.js';
import { errorCode, runSql } from './opened.js';

const folder = createTemporaryFolder();
const { signal } = new AbortController();

const small = 'day;amount;city\n25.03.2024;1,5;Oslo\nbad\n26.03.2024;2,5;Rome\n';

describe('the beginning of a text table', () => {
  it('is shown as it will be read, with its lines as they stand', async () => {
    const path = folder.write('small.csv', small);
    const preview = await previewSource({ path }, { signal });
    expect(preview).toMatchObject({
      name: 'small.csv',
      format: 'csv',
      isWhole: true,
      dialect: { delimiter: ';', decimal: ',', dateFormat: '%d.%m.%Y' },
      lines: small.trimEnd().split('\n'),
      rows: [
        ['2024-03-25', '1.5', 'Oslo'],
        ['2024-03-26', '2.5', 'Rome'],
      ],
      rejectedRows: [{ lineNumber: 3, text: 'bad' }],
    });
    expect(preview.columns.map(({ name, storageType, kind }) => [name, storageType, kind])).toEqual(
      [
        ['day', 'DATE', 'datetime'],
        ['amount', 'DOUBLE', 'numeric'],
        ['city', 'VARCHAR', 'categorical'],
      ],
    );
  });

  it('has the rows for which a condition is true', async () => {
    const path = folder.write('where.csv', small);
    const rowsWhere = async (where: string) =>
      (await previewSource({ path, where }, { signal })).rows.map(([, amount]) => amount);
    expect(await rowsWhere('amount > 2')).toEqual(['2.5']);
    expect(await rowsWhere('amount > 9')).toEqual([]);
    expect(await errorCode(rowsWhere('price > 2'))).toBe('bad-option');
    expect(await errorCode(rowsWhere('city + 1 > 2'))).toBe('bad-option');
  });

  it('follows what is asked for', async () => {
    const path = folder.write('asked.csv', small);
    const { rows, columns } = await previewSource(
      {
        path,
        name: 'shown',
        reading: { decimal: '.', header: false, skipLineCount: 1, names: ['x'] },
      },
      { signal },
    );
    expect(columns.map(({ name }) => name)).toEqual(['x', 'column1', 'column2']);
    expect(rows[0]).toEqual(['2024-03-25', '1,5', 'Oslo']);
  });

  const rows = Array.from({ length: 400_000 }, (_, row) => `${row},${'abc '.repeat(20)}${row}\n`);
  const large = `id,text\n${rows.join('')}`;

  it.each([
    ['plain', large],
    ['gzip', gzipSync(large, { level: 1 })],
  ])('takes a moment whatever its size: %s', async (name, content) => {
    const path = folder.write(`large-${name}.csv`, content);
    const start = process.cpuUsage();
    const preview = await previewSource({ path }, { signal });
    const { user, system } = process.cpuUsage(start);
    expect(preview).toMatchObject({ isWhole: false });
    expect([preview.rows.length, preview.lines.length]).toEqual([100, 20]);
    expect(preview.lines[1]?.length).toBeLessThanOrEqual(500);
    // processor time, since others may be at work on this machine
    expect((user + system) / 1_000).toBeLessThan(1_500);
  });

  it('may be damaged, or nothing that can be read', async () => {
    const cut = gzipSync(small).subarray(0, 40);
    const path = folder.write('cut.csv.gz', cut);
    expect(await errorCode(previewSource({ path }, { signal }))).toBe('file-damaged');
  });
});

describe('the beginning of a Parquet file', () => {
  it('has rows and kinds, and no lines', async () => {
    const path = `${folder.path}/some.parquet`;
    await runSql(`COPY (SELECT i AS id, 'c' || i % 3 AS c FROM range(5000) t(i)) TO '${path}'`);
    const preview = await previewSource({ path }, { signal });
    expect(preview).toMatchObject({ format: 'parquet', dialect: null, lines: [], isWhole: false });
    expect(preview.rows).toHaveLength(100);
    expect(preview.columns.map(({ kind }) => kind)).toEqual(
      ['identifier', 'categorical'].map(() => expect.any(String)),
    );
  });
});
