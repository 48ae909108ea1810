import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
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

describe('the beginning of JSON', () => {
  const row = (n: number) => ({
    n,
    at: `2025-01-0${1 + (n % 9)}`,
    word: `w${n % 3}`,
    list: ['[{"'],
  });
  const texts = Array.from({ length: 120_000 }, (_, n) => JSON.stringify(row(n)));
  const few = texts.slice(0, 1_000);
  const layouts: [string, (rows: string[]) => string][] = [
    ['lines', (rows) => `${rows.join('\n')}\n`],
    ['lines after a byte order mark', (rows) => `\ufeff${rows.join('\r\n')}`],
    ['an array', (rows) => `[${rows.join(',\n')}]`],
    ['objects over many lines', (rows) => rows.join('\n').replaceAll('{"n', '{\n"n')],
  ];

  it.each(layouts)('is that of a small file of the same rows: %s', async (name, toText) => {
    const [small, large] = [toText(few), toText(texts)];
    expect(large.length).toBeGreaterThan(6e6);
    const whole = await previewSource({ path: folder.write('small.json', small) }, { signal });
    expect(whole).toMatchObject({ format: 'json', isWhole: true, lines: [], rejectedRows: [] });
    expect(whole.rows).toHaveLength(100);
    expect(whole.columns.map(({ storageType, kind }) => [storageType, kind])).toEqual([
      ['DOUBLE', 'numeric'],
      ['DATE', 'datetime'],
      ['VARCHAR', 'categorical'],
      ['VARCHAR[]', 'text'],
    ]);
    for (const content of [large, gzipSync(large, { level: 1 })]) {
      const path = folder.write(`${name}.json`, content);
      const preview = await previewSource({ path }, { signal });
      const { length: sizeBytes } = Buffer.from(content);
      expect(preview).toEqual({ ...whole, name: `${name}.json`, sizeBytes, isWhole: false });
    }
  });

  it.each([
    ['lines', `${texts.join('\n')}\nno JSON\n`, { rejectedRows: [] }],
    ['an array', `[${texts.join(',')}, oops]`, {}],
    ['objects over many lines', `${texts.join('\n').replaceAll('{"n', '{\n"n')} oops`, {}],
  ])('is all that is read: %s', async (_, content, expected) => {
    const path = folder.write('odd.json', content);
    expect(await previewSource({ path }, { signal })).toMatchObject({
      isWhole: false,
      ...expected,
    });
    const small = content.slice(0, 40_000) + content.slice(-10);
    const { rejectedRows } = await previewSource(
      { path: folder.write('odd-small.json', small) },
      { signal },
    ).catch((error) => {
      expect(error).toMatchObject({ code: 'file-damaged' });
      return { rejectedRows: [{}] };
    });
    expect(rejectedRows.length).toBeGreaterThan(0);
  });

  it('has the lines that are no rows, under the name of their file', async () => {
    const path = folder.write('rejects.jsonl', `${few[0]}\nno JSON\n${texts.join('\n')}`);
    const { rejectedRows } = await previewSource({ path }, { signal });
    expect(rejectedRows).toMatchObject([{ file: 'rejects.jsonl', lineNumber: 2, text: 'no JSON' }]);
  });

  it('takes a moment whatever the size', async () => {
    const content = `${texts.join('\n')}\n`.repeat(10);
    expect(content.length).toBeGreaterThan(60e6);
    const path = folder.write('long.jsonl', content);
    const start = process.cpuUsage();
    expect((await previewSource({ path }, { signal })).rows).toHaveLength(100);
    const { user, system } = process.cpuUsage(start);
    expect((user + system) / 1_000).toBeLessThan(1_500);
  });

  it('of several files is that of the first one, where they are much', async () => {
    const path = join(folder.path, 'parts');
    for (const [index, k] of ['a', 'b'].entries()) {
      mkdirSync(join(path, `k=${k}`), { recursive: true });
      folder.write(`parts/k=${k}/1.jsonl`, texts.slice(index, 60_000).join('\n'));
    }
    const preview = await previewSource({ path }, { signal });
    expect(preview.isWhole).toBe(false);
    expect(preview.rows[0]).toEqual(['0', '2025-01-01', 'w0', '["[{\\""]', 'a']);
    expect(preview.columns.map(({ name }) => name)).toEqual(['n', 'at', 'word', 'list', 'k']);
  });

  it('is not enough where a condition names a column that comes later', async () => {
    const path = folder.write('late.jsonl', `${texts.join('\n')}\n{"n": 7, "late": 1}\n`);
    const rowsWhere = async (where: string) =>
      (await previewSource({ path, where }, { signal })).rows.length;
    expect(await rowsWhere('n = 5')).toBe(1);
    expect(await rowsWhere('late = 1')).toBe(1);
    expect(await errorCode(rowsWhere('later = 1'))).toBe('bad-option');
  });

  it('may be a row that is longer than what is looked at', async () => {
    const long = JSON.stringify({ n: 1, text: 'x'.repeat(5e6) });
    for (const content of [`${long}\n`.repeat(3), `[${long}, ${long}]`]) {
      const { rows, columns } = await previewSource(
        { path: folder.write('wide.json', content) },
        { signal },
      );
      expect(rows[0]?.[0]).toBe('1');
      expect(columns.map(({ name }) => name)).toEqual(['n', 'text']);
    }
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
