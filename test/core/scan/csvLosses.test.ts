/** No row of a text table vanishes: each is in the table or among the rejected ones, wherever in the file it stands. */
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { createTemporaryFolder } from '../../createTemporaryFolder.js';
import { opened } from './opened.js';

const folder = createTemporaryFolder();

/** More than what is looked at to tell the dialect. */
const rowCount = 60_000;
const oddRow = 55_000;

function file(odd: string, end = '\n'): string {
  const lines = Array.from({ length: rowCount }, (_, row) =>
    row === oddRow ? odd : `k${row},some words for row ${row},${row / 4}`,
  );
  return `id,note,amount${end}${lines.join(end)}${end}`;
}

async function read(name: string, content: string | Uint8Array) {
  const { dataset } = await opened({ path: folder.write(name, content) });
  const { rowCount: read, rejectedRowCount, rejectedReasons, rejectedRows } = dataset;
  const reasons = rejectedReasons.reduce((sum, reason) => sum + reason.rowCount, 0);
  expect([reasons, rejectedRows.length]).toEqual([
    rejectedRowCount,
    Math.min(1_000, rejectedRowCount),
  ]);
  return { read, rejectedRowCount, rejectedRows };
}

describe('a late row', () => {
  it.each<[string, string, number, string | null]>([
    ['with too few values', 'k,x', rowCount - 1, 'expected 3 values, found 2'],
    ['with too many values', 'k,x,1,2', rowCount - 1, 'expected 3 values, found 4'],
    ['with empty values too many', 'k,x,1,,', rowCount, null],
    ['with a quote that is never closed', '"k,x', rowCount - 1, 'a quote is opened and not closed'],
    ['with a quote that could be a value', 'k,"x,1', rowCount, null],
    ['with quotes in a quoted value', 'k,"x "y" z",1', rowCount, null],
    ['with the header once more', 'id,note,amount', rowCount - 1, 'the header once more'],
    ['with a line end within', 'k,"x\ny",1', rowCount, null],
    ['with a carriage return within', 'k,x\ry,1', rowCount, null],
    ['of an old system', 'k,x,1\rl,y,2', rowCount + 1, null],
    ['with a NUL byte', 'k,x\0y,1', rowCount, null],
    [
      'longer than any row should be',
      `k,${'x'.repeat(3_000_000)},1`,
      rowCount - 1,
      'the line is longer than 2 MB',
    ],
    ['that is blank', '', rowCount - 1, null],
  ])('%s', async (_, odd, expected, reason) => {
    const { read: found, rejectedRowCount, rejectedRows } = await read('late.csv', file(odd));
    expect([found, rejectedRowCount]).toEqual([expected, reason === null ? 0 : 1]);
    expect(rejectedRows.map(({ reason, lineNumber }) => [reason, lineNumber])).toEqual(
      reason === null ? [] : [[reason, oddRow + 2]],
    );
  });

  it('is not swallowed by two quotes that do not belong together', async () => {
    const text = file('k,"x,1').replace(/^k55100,.*$/m, 'k,y",2');
    for (const content of [text, gzipSync(text)])
      expect(await read('swallowed.csv', content)).toMatchObject({
        read: rowCount,
        rejectedRowCount: 0,
      });
  });

  it('is found in compressed files and those of Windows', async () => {
    expect(await read('late.csv.gz', gzipSync(file('"k,x')))).toMatchObject({
      read: rowCount - 1,
      rejectedRowCount: 1,
    });
    expect(await read('windows.csv', file('"k,x', '\r\n'))).toMatchObject({
      read: rowCount - 1,
      rejectedRowCount: 1,
    });
  });

  it('with bytes that are no characters', async () => {
    const bytes = Buffer.from(file('k,é%,1'));
    bytes[bytes.indexOf('%')] = 0xff;
    expect(await read('invalid.csv', bytes)).toMatchObject({
      read: rowCount - 1,
      rejectedRows: [{ reason: 'not valid UTF-8', lineNumber: oddRow + 2 }],
    });
  });
});

describe('one column', () => {
  it('has rows without a value, and values with commas and quotes', async () => {
    const { dataset, rows } = await opened({
      path: folder.write('one.csv', 'city\nOslo\n\nRome\nParis, Texas\nthe "City"\n"half\nOslo\n'),
    });
    expect(dataset).toMatchObject({ rowCount: 7, rejectedRowCount: 0, columnCount: 1 });
    expect(rows.map(([city]) => city)).toEqual([
      'Oslo',
      null,
      'Rome',
      'Paris, Texas',
      'the "City"',
      '"half',
      'Oslo',
    ]);
  });
});

describe('a million reasons', () => {
  it('are counted in full, in a bounded number of words', async () => {
    const lines = Array.from({ length: 3_000 }, (_, row) =>
      row % 2 === 0 ? 'a,b' : Array.from({ length: 3 + (row % 700) }, () => 'x').join(','),
    );
    const { dataset } = await opened({
      path: folder.write('reasons.csv', `p,q\n${lines.join('\n')}\n`),
      reading: { delimiter: ',', header: true, names: ['p', 'q'] },
    });
    expect(dataset.rowCount + dataset.rejectedRowCount).toBe(3_000);
    expect(dataset.rejectedReasons.length).toBeLessThanOrEqual(101);
  });
});
