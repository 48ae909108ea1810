import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { messages } from '../../../core/errors.js';
import { createTemporaryFolder } from '../../createTemporaryFolder.js';
import { opened, ownColumns } from './opened.js';

const folder = createTemporaryFolder();

function lines(...rows: unknown[]): string {
  return rows.map((row) => (typeof row === 'string' ? row : JSON.stringify(row))).join('\n');
}

async function read(content: string | Uint8Array, name = 'rows.jsonl') {
  const { dataset, rows } = await opened({ path: folder.write(name, content) });
  const types = Object.fromEntries(
    dataset.columns.map((column) => [column.name, column.storageType]),
  );
  return { dataset, rows, types };
}

function manyKeys(): Record<string, number>[] {
  return Array.from({ length: 11 }, (_, part) =>
    Object.fromEntries(Array.from({ length: 1_000 }, (_, i) => [`k${part * 1_000 + i}`, i])),
  );
}

describe('rows of JSON', () => {
  const rows = [
    { n: 1, x: 1.5, text: 'a', flag: true, day: '2025-01-02', at: '2025-01-02T03:04:05Z' },
    { n: 2, x: null, text: '', flag: false, day: '2025-01-03', at: '2025-01-02T05:04:05+01:00' },
  ];
  const expected = [
    ['1', '1.5', 'a', 'true', '2025-01-02', '2025-01-02 03:04:05+00'],
    ['2', null, '', 'false', '2025-01-03', '2025-01-02 04:04:05+00'],
  ];

  it.each([
    ['lines', lines(...rows)],
    ['lines with a byte order mark and CRLF', `\ufeff${lines(...rows).replace('\n', '\r\n')}\r\n`],
    ['lines between blank ones', `\n\n${lines(...rows).replace('\n', '\n  \n')}\n\n`],
    ['an array', JSON.stringify(rows)],
    ['an array over many lines', JSON.stringify(rows, null, 2)],
    ['objects over many lines', rows.map((row) => JSON.stringify(row, null, 2)).join('\n')],
    ['gzip', gzipSync(lines(...rows))],
  ])('%s', async (_, content) => {
    const { dataset, rows: found, types } = await read(content, 'any name.csv');
    expect(dataset).toMatchObject({
      format: 'json',
      rowCount: 2,
      rejectedRowCount: 0,
      dialect: null,
    });
    expect(found).toEqual(expected);
    expect(types).toEqual({
      n: 'DOUBLE',
      x: 'DOUBLE',
      text: 'VARCHAR',
      flag: 'BOOLEAN',
      day: 'DATE',
      at: 'TIMESTAMP WITH TIME ZONE',
    });
  });

  it('have the columns of all of them, whatever their order and their names', async () => {
    const odd = { A: 3, 'q"u\'o/t~e': 4, '': 5, __proto: 6, 'nul\0': 7, 'a.b[0]': 8, $: 9 };
    const { dataset, rows: found } = await read(lines({ b: 1, a: 2 }, odd, { a: 10, b: 11 }));
    expect(dataset.columns.map(({ name }) => name)).toEqual(['b', 'a', ...Object.keys(odd)]);
    expect(found[1]).toEqual([null, null, '3', '4', '5', '6', '7', '8', '9']);
    expect(found[2]?.slice(0, 3)).toEqual(['11', '10', null]);
  });

  it('with a key that only the last one has', async () => {
    const many = Array.from({ length: 21_000 }, (_, i) => ({ n: i }));
    const path = folder.write('late.jsonl', lines(...many, { n: 1, late: [1] }));
    const { dataset } = await opened({ path }, 0);
    expect(dataset.columns).toEqual([
      { name: 'n', storageType: 'DOUBLE' },
      { name: 'late', storageType: 'UBIGINT[]' },
    ]);
  });
});

describe('values that do not fit', () => {
  const many = Array.from({ length: 21_000 }, (_, i) => ({ n: i, day: '2025-01-02', flag: true }));

  it('after the sample make the column text, and none is lost', async () => {
    const path = folder.write('unfit.jsonl', lines(...many, { n: 'many', day: 'soon', flag: 'x' }));
    const { dataset, rows } = await opened({ path }, 30_000);
    expect(dataset.columns.map(({ storageType }) => storageType)).toEqual([
      'VARCHAR',
      'VARCHAR',
      'VARCHAR',
    ]);
    expect(rows.at(-1)).toEqual(['many', 'soon', 'x']);
    expect(rows[7]).toEqual(['7', '2025-01-02', 'true']);
  });

  it('among numbers are a fraction: nothing changes', async () => {
    const path = folder.write('fraction.jsonl', lines(...many, { n: 0.5, day: null, flag: null }));
    const { dataset, rows } = await opened({ path }, 30_000);
    expect(dataset.columns.map(({ storageType }) => storageType)).toEqual([
      'DOUBLE',
      'DATE',
      'BOOLEAN',
    ]);
    expect(rows.at(-1)).toEqual(['0.5', null, null]);
  });

  it('whole numbers beyond 2^53 keep their digits', async () => {
    const { rows, types } = await read('{"n": 9007199254740993}\n{"n": 1}\n');
    expect(types).toEqual({ n: 'BIGINT' });
    expect(rows).toEqual([['9007199254740993'], ['1']]);
  });

  it.each([
    ['more than 64 bits', '123456789012345678901234567890', 'VARCHAR'],
    ['a word after them', '"many"', 'VARCHAR'],
    ['a fraction after them', '0.5', 'DOUBLE'],
  ])('whole numbers beyond 2^53 with %s', async (_, last, type) => {
    const { rows, types } = await read(`{"n": 9007199254740993}\n{"n": null}\n{"n": ${last}}\n`);
    expect(types).toEqual({ n: type });
    expect(rows.at(-1)).toEqual([last.replaceAll('"', '')]);
    if (type === 'VARCHAR') expect(rows[0]).toEqual(['9007199254740993']);
  });

  it('after the sample beside big numbers are kept', async () => {
    const big = Array.from({ length: 21_000 }, (_, i) => `{"n": ${9007199254740993n + BigInt(i)}}`);
    const path = folder.write('big.jsonl', [...big, '{"n": "many"}'].join('\n'));
    const { rows } = await opened({ path }, 30_000);
    expect([rows[0], rows[20_999], rows[21_000]]).toEqual([
      ['9007199254740993'],
      ['9007199254761992'],
      ['many'],
    ]);
  });

  it('of several kinds are text', async () => {
    const { rows, types } = await read(lines({ a: 1 }, { a: 'x' }, { a: false }));
    expect(types).toEqual({ a: 'VARCHAR' });
    expect(rows).toEqual([['1'], ['x'], ['false']]);
  });

  it('that are lists or objects are shown as what they are, and have no kind', async () => {
    const content = lines({ l: [1, 2], o: { p: 1, q: 'x' }, m: 1 }, { l: [], o: null, m: [{}] });
    const { rows, types } = await read(content);
    expect(types).toEqual({
      l: 'UBIGINT[]',
      o: 'STRUCT(p UBIGINT, q VARCHAR)',
      m: 'JSON',
    });
    expect(rows[0]).toEqual(['[1,2]', '{"p":1,"q":"x"}', '1']);
  });
});

describe('rows that are none', () => {
  const content = lines({ a: 1 }, '', 'not json', '5', '{"a": 2', { a: 3 }, '[1]', '{"a": 4} x');

  it('are counted by reason, with their line and text', async () => {
    const { dataset, rows } = await read(content);
    expect(rows).toEqual([['1'], ['3']]);
    expect(dataset.rejectedRowCount).toBe(5);
    expect(dataset.rejectedReasons).toEqual([
      { reason: 'not valid JSON', rowCount: 3 },
      { reason: 'JSON, but no object', rowCount: 2 },
    ]);
    expect(dataset.rejectedRows.map(({ lineNumber, text }) => [lineNumber, text])).toEqual([
      [3, 'not json'],
      [4, '5'],
      [5, '{"a": 2'],
      [7, '[1]'],
      [8, '{"a": 4} x'],
    ]);
  });

  it('are told file by file, also of compressed ones', async () => {
    mkdirSync(join(folder.path, 'parts'));
    folder.write('parts/1.jsonl.gz', gzipSync(lines({ a: 1 }, { a: 2 }, 'bad')));
    folder.write('parts/2.jsonl.gz', gzipSync(lines({ a: 3 }, 'worse')));
    const { dataset } = await opened({ path: join(folder.path, 'parts') });
    expect(dataset.rowCount).toBe(3);
    expect(dataset.rejectedRows.map(({ file, lineNumber }) => [file, lineNumber])).toEqual([
      ['1.jsonl.gz', 3],
      ['2.jsonl.gz', 2],
    ]);
  });

  it('are counted all, and described up to a thousand', async () => {
    const { dataset } = await read(lines({ a: 1 }, ...Array<string>(1_500).fill('7')));
    expect(dataset.rejectedReasons).toEqual([{ reason: 'JSON, but no object', rowCount: 1_500 }]);
    expect(dataset.rejectedRows).toHaveLength(1_000);
    expect(dataset.rejectedRows.at(-1)?.lineNumber).toBe(1_001);
  });

  it('in an array have no line', async () => {
    const { dataset } = await read('[{"a": 1}, 5, null, {"a": 2}]');
    expect(dataset).toMatchObject({ rowCount: 2, rejectedRowCount: 2 });
    expect(dataset.rejectedRows).toContainEqual(
      expect.objectContaining({ lineNumber: null, text: '5' }),
    );
  });

  it('fail the whole where that is asked for', async () => {
    const path = folder.write('strict.jsonl', content);
    await expect(opened({ path, reading: { strict: true } })).rejects.toMatchObject({
      code: 'file-damaged',
      message: messages.rowRejected('strict.jsonl', 'strict.jsonl', 3, 'not valid JSON'),
    });
  });
});

describe('is refused in one sentence', () => {
  it.each([
    ['an array that breaks off', '[{"a": 1},\n{"a": 2}', 'file-damaged'],
    ['an array with a fault inside', '[{"a": 1}, oops, {"a": 2}]', 'file-damaged'],
    ['an empty array', '[]', 'file-without-rows'],
    ['objects without keys', '{}\n{}\n', 'file-without-rows'],
    ['objects without keys, and what is none', '{}\n5\n', 'file-without-rows'],
    ['a map instead of rows', lines(...manyKeys()), 'file-unreadable'],
    ['gzip that is cut short', gzipSync(lines({ a: 1 }, { a: 2 })).subarray(0, 30), 'file-damaged'],
    ['UTF-16', Buffer.from('\ufeff{"a": 1}\n', 'utf16le'), 'file-unreadable'],
  ])('%s', async (_, content, code) => {
    await expect(read(content)).rejects.toMatchObject({ name: 'DriftError', code });
  });
});

it('takes names and spellings of missing as asked for', async () => {
  const path = folder.write('asked.jsonl', lines({ a: '?', b: 1 }, { a: 'x', b: 2 }));
  const reading = { names: ['first'], nullValues: ['?'] };
  const { dataset, rows } = await opened({ path, reading });
  expect(dataset.columns.map(({ name }) => name)).toEqual(['first', 'b']);
  expect(rows).toEqual([
    [null, '1'],
    ['x', '2'],
  ]);
});

it('gives the reason why a list is not compared', async () => {
  const rows = Array.from({ length: 50 }, (_, i) => ({ x: i % 7, l: [i] }));
  const columns = await ownColumns(folder.write('kinds.jsonl', lines(...rows)));
  expect(columns.map(({ name, kind, skipReason }) => [name, kind, skipReason])).toEqual([
    ['x', 'numeric', null],
    ['l', 'text', expect.stringContaining('UBIGINT[]')],
  ]);
});
