import { mkdirSync, writeFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { messages } from '../../../core/errors.js';
import { createTemporaryFolder } from '../../createTemporaryFolder.js';
import { columnPairs, errorCode, opened, ownColumns } from './opened.js';

const folder = createTemporaryFolder();

/** More rows than the sample that types are taken from. */
const longRowCount = 60_000;

function lines(rowCount: number, line: (row: number) => string): string {
  return Array.from({ length: rowCount }, (_, row) => `${line(row)}\n`).join('');
}

describe('types that prove wrong further down', () => {
  it('lose no row and no value of a column of words among numbers', async () => {
    const path = folder.write(
      'late-word.csv',
      `id,code\n${lines(longRowCount, (row) => (row < 50_000 ? `${row},${row % 7}` : `${row},x${row % 5}`))}`,
    );
    const { dataset, rows } = await opened({ path }, longRowCount);
    expect(dataset).toMatchObject({ rowCount: longRowCount, rejectedRowCount: 0 });
    expect(dataset.columns.map(({ storageType }) => storageType)).toEqual(['DOUBLE', 'VARCHAR']);
    expect([rows[0], rows[49_999], rows[59_999]]).toEqual([
      ['0', '0'],
      ['49999', String(49_999 % 7)],
      ['59999', 'x4'],
    ]);
  });

  it('leave a column numeric where only a few values are no numbers', async () => {
    const path = folder.write(
      'late-junk.csv',
      `id,x\n${lines(longRowCount, (row) => `${row},${row === 55_000 || row === 58_000 ? 'broken' : row / 2}`)}`,
    );
    const [, x] = await ownColumns(path);
    expect(x).toMatchObject({
      kind: 'numeric',
      numbers: { reference: { missingCount: 2, unparsedCount: 2, infiniteCount: 0 } },
    });
    expect(x?.numbers?.reference.values[54_999]).toBe(27_499.5);
    expect(x?.numbers?.reference.values[55_000]).toBeNaN();
  });

  it('are found in several columns of one row and of different rows', async () => {
    const path = folder.write(
      'late-several.csv',
      `a,b,c,d\n${lines(longRowCount, (row) => {
        if (row === 50_000) return 'x,y,2025-01-01,true';
        if (row === 50_001) return '1,2,never,true';
        if (row === 50_002) return '1,2,2025-01-01,perhaps';
        return `${row},${row},2025-01-01,${row % 2 === 0}`;
      })}`,
    );
    const { dataset, rows } = await opened({ path }, 50_003);
    expect(dataset).toMatchObject({ rowCount: longRowCount, rejectedRowCount: 0 });
    expect(rows.slice(50_000)).toEqual([
      ['x', 'y', '2025-01-01', 'true'],
      ['1', '2', 'never', 'true'],
      ['1', '2', '2025-01-01', 'perhaps'],
    ]);
  });

  it('are no surprise for fractions after thousands of whole numbers', async () => {
    const path = folder.write(
      'late-fraction.csv',
      `x\n${lines(longRowCount, (row) => (row < 50_000 ? '0' : '0.25'))}`,
    );
    const { dataset } = await opened({ path });
    expect(dataset.columns).toEqual([{ name: 'x', storageType: 'DOUBLE' }]);
  });

  it('keep the digits of integers beyond 2^53, also where they come late', async () => {
    const path = folder.write(
      'late-big.csv',
      `a,b\n${lines(longRowCount, (row) => (row < 50_000 ? `${row},${row}` : '9007199254740993,99999999999999999999'))}`,
    );
    const { dataset, rows } = await opened({ path }, 50_001);
    expect(dataset.columns.map(({ storageType }) => storageType)).toEqual(['BIGINT', 'VARCHAR']);
    expect(rows[50_000]).toEqual(['9007199254740993', '99999999999999999999']);
  });
});

describe('rows that cannot be read', () => {
  const ragged = [
    'id,note,amount',
    '1,plain,1.5',
    '2,"two',
    'lines",2.5',
    '3,short',
    '4,"three\r',
    '',
    'lines",4.5',
    '5,too,5.5,long,by,three',
    '6,plain,6.5',
    '7,short',
    '8,plain,8.5',
  ].join('\n');

  it.each([
    ['plain', 'ragged.csv', ragged],
    ['compressed', 'ragged.csv.gz', gzipSync(ragged)],
    ['after a byte order mark', 'marked.csv', `\ufeff${ragged}`],
  ])('are counted, with the line where each stands: %s', async (_, file, content) => {
    const { dataset } = await opened({ path: folder.write(file, content) });
    expect(dataset).toMatchObject({ rowCount: 5, rejectedRowCount: 3 });
    expect(dataset.rejectedRows).toEqual([
      {
        file,
        lineNumber: 5,
        columnName: 'note',
        reason: 'expected 3 values, found 2',
        text: '3,short',
      },
      {
        file,
        lineNumber: 9,
        columnName: null,
        reason: 'expected 3 values, found 6',
        text: '5,too,5.5,long,by,three',
      },
      {
        file,
        lineNumber: 11,
        columnName: 'note',
        reason: 'expected 3 values, found 2',
        text: '7,short',
      },
    ]);
  });

  it('have the right line in files with the line ends of Windows', async () => {
    const windows = 'a,b\r\n1,"x\r\ny"\r\n2\r\n3,z\r\n';
    const { dataset } = await opened({ path: folder.write('windows.csv', windows) });
    expect(dataset.rejectedRows.map(({ lineNumber, text }) => [lineNumber, text])).toEqual([
      [4, '2'],
    ]);
  });

  it('are counted in full, the first 1 000 are kept', async () => {
    const path = folder.write(
      'many.csv',
      `a,b,c\n${lines(20_000, (row) => (row % 8 === 3 ? `${row},short` : `${row},"x\ny",1`))}`,
    );
    const { dataset } = await opened({ path });
    expect(dataset).toMatchObject({ rowCount: 17_500, rejectedRowCount: 2_500 });
    expect(dataset.rejectedRows).toHaveLength(1_000);
    // 3 rows of two lines stand before the first one, 7 between any two
    expect(dataset.rejectedRows.map(({ lineNumber }) => lineNumber)).toEqual(
      Array.from({ length: 1_000 }, (_, index) => 8 + 15 * index),
    );
  });

  it('are told apart by file', async () => {
    const path = `${folder.path}/two`;
    mkdirSync(path);
    writeFileSync(`${path}/1.csv`, 'a,b\n1,"x\ny"\n2,x\n3\n');
    writeFileSync(`${path}/2.csv`, 'a,b\n1\n2,x\n3,x\n4,x\n');
    const { dataset } = await opened({ path });
    expect(dataset.rowCount).toBe(5);
    expect(dataset.rejectedRows.map(({ file, lineNumber }) => [file, lineNumber])).toEqual([
      ['1.csv', 5],
      ['2.csv', 2],
    ]);
  });

  it('are none where quotes are part of the values', async () => {
    const path = folder.write(
      'inches.tsv',
      `id\tsize\n${lines(30_000, (row) => `${row}\t${row > 25_000 && row % 3 === 0 ? '"half" inch' : 'whole'}`)}`,
    );
    const { dataset, rows } = await opened({ path }, 30_000);
    expect(dataset).toMatchObject({ rowCount: 30_000, rejectedRowCount: 0 });
    expect(rows[29_997]).toEqual(['29997', '"half" inch']);
  });

  it('may be all rows, which is said', async () => {
    const path = folder.write('none.csv', 'a,b\n1\n2\n3\n');
    await expect(opened({ path, reading: { delimiter: ',' } })).rejects.toMatchObject({
      code: expect.stringMatching(/^file-/),
    });
  });
});

describe('line ends', () => {
  it.each([
    ['of two systems in one file', 'a,b\r\n1,x\n2,y\r\n3,z\n'],
    ['of an old system', 'a,b\r1,x\r2,y\r3,z\r'],
  ])('%s', async (_, content) => {
    const { dataset, rows } = await opened({ path: folder.write('ends.csv', content) });
    expect(dataset).toMatchObject({ rowCount: 3, rejectedRowCount: 0 });
    expect(rows[2]).toEqual(['3', 'z']);
  });

  it('change further down than the sample', async () => {
    const path = folder.write(
      'late-ends.csv',
      `a,b\n${lines(longRowCount, (row) => `${row},x${row > 50_000 ? '\r' : ''}`)}`,
    );
    const { dataset, rows } = await opened({ path }, longRowCount);
    expect(dataset).toMatchObject({ rowCount: longRowCount, rejectedRowCount: 0 });
    expect(rows.at(-1)).toEqual([String(longRowCount - 1), 'x']);
  });
});

describe('missing values', () => {
  it('have the usual spellings', async () => {
    const spellings = ['', 'NA', 'N/A', 'n/a', '#N/A', 'NaN', 'nan', 'NULL', 'null', '""'];
    const path = folder.write(
      'missing.csv',
      `id,x\n${lines(40, (row) => `k${row},${spellings[row] ?? row}`)}`,
    );
    const [, x] = await ownColumns(path);
    expect(x?.numbers?.reference).toMatchObject({ missingCount: 10, unparsedCount: 0 });
  });

  it('have the spellings that are asked for, and the empty one', async () => {
    const path = folder.write(
      'asked.csv',
      `id,x,y\n${lines(40, (row) => `k${row},${row % 4 === 0 ? '?' : row},${row % 4 === 0 ? 'NA' : ''}`)}`,
    );
    const { rows } = await opened({ path, reading: { nullValues: ['?'] } });
    expect(rows.slice(0, 2)).toEqual([
      ['k0', null, 'NA'],
      ['k1', '1', null],
    ]);
  });

  it("may be spelled with quotes: '", async () => {
    const path = folder.write('quotes.csv', "id,x\n1,''\n2,5\n3,'\n");
    const { rows } = await opened({ path, reading: { nullValues: ["''"] } });
    expect(rows.map(([, x]) => x)).toEqual([null, '5', "'"]);
  });
});

describe('what is asked for', () => {
  const path = folder.write('plain.csv', 'a;b\n1,5;x\n2,5;y\n');

  it('is the delimiter', async () => {
    const { rows } = await opened({ path, reading: { delimiter: ';' } });
    expect(rows).toEqual([
      ['1.5', 'x'],
      ['2.5', 'y'],
    ]);
    const tabbed = folder.write('tabbed.csv', 'a\tb\n1\t2\n');
    for (const delimiter of ['\t', '\\t']) {
      const { dataset } = await opened({ path: tabbed, reading: { delimiter } });
      expect(dataset.columnCount).toBe(2);
    }
  });

  it.each(['', 'ab', '\n', '"'])('is a delimiter that cannot be: %j', async (delimiter) => {
    await expect(opened({ path, reading: { delimiter } })).rejects.toMatchObject({
      code: 'bad-option',
      message: messages.badDelimiter(delimiter),
    });
  });

  it('is no header, or one', async () => {
    const numbers = folder.write('numbers.csv', '1,2\n3,4\n');
    const without = await opened({ path: numbers, reading: { header: false } });
    expect(without.rows).toEqual([
      ['1', '2'],
      ['3', '4'],
    ]);
    const having = await opened({ path: numbers, reading: { header: true } });
    expect(having.dataset.columns.map(({ name }) => name)).toEqual(['1', '2']);
    expect(having.rows).toEqual([['3', '4']]);
  });

  it('is names, all of them or the first ones', async () => {
    const names = async (asked: string[]) =>
      (await opened({ path, reading: { delimiter: ';', names: asked } })).dataset.columns.map(
        ({ name }) => name,
      );
    expect(await names(['p', 'q'])).toEqual(['p', 'q']);
    expect(await names(['p'])).toEqual(['p', 'b']);
    expect(await errorCode(names(['p', 'q', 'r']))).toBe('bad-option');
    expect(await errorCode(names(['p', 'p']))).toBe('bad-option');
  });
});

describe('column names', () => {
  const hostile = [
    'with "quotes"',
    'dots.and.more',
    '</script><script>alert(1)</script>',
    "'; DROP TABLE reference; --",
    'c1',
    'reference',
    '😀 größe 数据',
    'two\nlines',
    'comma, semicolon; pipe|',
    'constructor',
    'x'.repeat(10_000),
  ];

  it('come through unchanged', async () => {
    const header = hostile.map((name) => `"${name.replaceAll('"', '""')}"`).join(',');
    const path = folder.write(
      'hostile.csv',
      `${header}\n${lines(30, (row) => hostile.map((_, index) => row * 20 + index).join(','))}`,
    );
    const { dataset, rows } = await opened({ path });
    expect(dataset.columns.map(({ name }) => name)).toEqual(hostile);
    expect(rows[1]).toEqual(hostile.map((_, index) => String(20 + index)));
    const columns = await columnPairs({ reference: { path }, current: { path } });
    expect(columns.map(({ name }) => name)).toEqual(hostile);
  });

  it('may differ in case only; the same twice gets a suffix', async () => {
    const path = folder.write('case.csv', `Id,id,ID,id,x_1,x\n${lines(5, () => '1,2,3,4,5,6')}`);
    const { dataset } = await opened({ path });
    expect(dataset.columns.map(({ name }) => name)).toEqual(['Id', 'id', 'ID', 'id_1', 'x_1', 'x']);
  });
});
