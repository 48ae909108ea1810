/** How text tables are read: detected, or as asked for. */
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { Reading } from '../../../core/contract.js';
import { messages } from '../../../core/errors.js';
import { createTemporaryFolder } from '../../createTemporaryFolder.js';
import { errorCode, opened, ownColumns, runSql } from './opened.js';

const folder = createTemporaryFolder();
let fileCount = 0;

function read(content: string | Uint8Array, reading?: Reading, rowCount = 100) {
  const path = folder.write(`file-${fileCount++}.csv`, content);
  return opened({ path, ...(reading && { reading }) }, rowCount);
}

function utf16(text: string, isBigEndian: boolean): Buffer {
  const bytes = Buffer.from(text, 'utf16le');
  return isBigEndian ? bytes.swap16() : bytes;
}

const towns = 'town;street\nKøln;Straße 5\nŁódź;œuvre\n';

describe('encodings', () => {
  it.each([
    ['UTF-8', Buffer.from(towns), 'utf-8'],
    ['UTF-8 after a mark', Buffer.from(`\ufeff${towns}`), 'utf-8'],
    ['UTF-16 little-endian after a mark', utf16(`\ufeff${towns}`, false), 'utf-16'],
    ['UTF-16 big-endian after a mark', utf16(`\ufeff${towns}`, true), 'utf-16'],
    ['UTF-16 little-endian', utf16(towns, false), 'utf-16'],
    ['UTF-16 big-endian', utf16(towns, true), 'utf-16'],
  ])('are known by content: %s', async (_, bytes, encoding) => {
    const { dataset, rows } = await read(bytes);
    expect(dataset.dialect).toMatchObject({ encoding, delimiter: ';' });
    expect(dataset.columns.map(({ name }) => name)).toEqual(['town', 'street']);
    expect(rows).toEqual([
      ['Køln', 'Straße 5'],
      ['Łódź', 'œuvre'],
    ]);
  });

  it('of Windows are read as such, euro and quotes included', async () => {
    const bytes = Buffer.from([0x61, 0x2c, 0x62, 10, 0x80, 0x2c, 0xe9, 10, 0x93, 0x2c, 0xfc, 10]);
    const { dataset, rows } = await read(bytes);
    expect(dataset.dialect?.encoding).toBe('latin-1');
    expect(rows).toEqual([
      ['€', 'é'],
      ['“', 'ü'],
    ]);
  });

  it('show themselves late: latin-1 after a megabyte of ASCII', async () => {
    const ascii = 'id,name\n'.padEnd(1_500_000, '1,abcdefgh\n');
    const bytes = Buffer.concat([
      Buffer.from(`${ascii.slice(0, -3)}\n`),
      Buffer.from([0x32, 0x2c, 0xe9, 10]),
    ]);
    const { dataset, rows } = await read(bytes, undefined, 200_000);
    expect(dataset).toMatchObject({ rejectedRowCount: 0, dialect: { encoding: 'latin-1' } });
    expect(rows.at(-1)).toEqual(['2', 'é']);
  });

  it('are broken in a few rows, which are counted', async () => {
    const good = Buffer.from('id,name\n1,é\n2,ü\n3,ö\n');
    const { dataset } = await read(Buffer.concat([good, Buffer.from([0x34, 0x2c, 0xff, 10])]));
    expect(dataset).toMatchObject({
      rowCount: 3,
      rejectedReasons: [{ reason: 'not valid UTF-8', rowCount: 1 }],
      rejectedRows: [{ lineNumber: 5, text: '4,\ufffd' }],
    });
  });

  it('may hold a replacement character of their own', async () => {
    const { dataset, rows } = await read('id,name\n1,\ufffd\n2;x,y\n3,z,\n');
    expect(dataset.rejectedRowCount).toBe(0);
    expect(rows[0]).toEqual(['1', '\ufffd']);
  });

  it('are what was asked for', async () => {
    const { rows } = await read(Buffer.from('a,b\n1,é\n'), { encoding: 'latin-1' });
    expect(rows).toEqual([['1', 'Ã©']]);
  });
});

describe('the dialect', () => {
  it.each<
    [
      string,
      string,
      Partial<NonNullable<Awaited<ReturnType<typeof read>>['dataset']['dialect']>>,
      (string | null)[][],
    ]
  >([
    [
      'tabs',
      'a\tb\n1\tx y\n2\tz\n',
      { delimiter: '\t' },
      [
        ['1', 'x y'],
        ['2', 'z'],
      ],
    ],
    [
      'bars',
      'a|b\n1|x,y\n2|z,z\n',
      { delimiter: '|' },
      [
        ['1', 'x,y'],
        ['2', 'z,z'],
      ],
    ],
    [
      'commas with a blank',
      'a, b\n1, "x, y"\n2, z\n',
      { delimiter: ',' },
      [
        ['1', 'x, y'],
        ['2', 'z'],
      ],
    ],
    [
      'single quotes',
      "a,b\n1,'x, y'\n2,'it''s'\n",
      { quote: "'" },
      [
        ['1', 'x, y'],
        ['2', "it's"],
      ],
    ],
    [
      'apostrophes only',
      "a,b\n1,it's\n2,o'clock\n",
      { quote: '"' },
      [
        ['1', "it's"],
        ['2', "o'clock"],
      ],
    ],
    [
      'a backslash before quotes',
      'a,b\n1,"x \\"y\\", z"\n2,"w"\n',
      { escape: '\\' },
      [
        ['1', 'x "y", z'],
        ['2', 'w'],
      ],
    ],
    [
      'a preamble',
      'Export of May\n\na,b\n1,x\n2,y\n',
      { skipLineCount: 2, header: true },
      [
        ['1', 'x'],
        ['2', 'y'],
      ],
    ],
    [
      'comments above',
      '# made by\n# somebody\na,b\n1,x\n2,y\n',
      { comment: '#', header: true },
      [
        ['1', 'x'],
        ['2', 'y'],
      ],
    ],
    [
      'a hash among the values',
      'tag,n\n#one,1\n#two,2\n',
      { header: true },
      [
        ['#one', '1'],
        ['#two', '2'],
      ],
    ],
    [
      'no header',
      '1,x\n2,y\n',
      { header: false },
      [
        ['1', 'x'],
        ['2', 'y'],
      ],
    ],
  ])('is detected: %s', async (_, content, dialect, rows) => {
    const found = await read(content);
    expect(found.dataset).toMatchObject({ rejectedRowCount: 0, dialect });
    expect(found.rows).toEqual(rows);
  });

  it('is what was asked for', async () => {
    const content = 'nothing\na;b\n%note\n1;%x\\%;y%\n2;z\n';
    const { dataset, rows } = await read(content, {
      delimiter: ';',
      quote: '%',
      escape: '\\',
      skipLineCount: 1,
      comment: '%n',
    });
    expect(dataset.dialect).toMatchObject({
      delimiter: ';',
      quote: '%',
      escape: '\\',
      skipLineCount: 1,
      comment: '%n',
    });
    expect(rows).toEqual([
      ['1', 'x%;y'],
      ['2', 'z'],
    ]);
  });

  it('has no quotes where none are asked for', async () => {
    const { rows } = await read('a;b\n"1";"x\n2;y"\n', { quote: '' });
    expect(rows).toEqual([
      ['"1"', '"x'],
      ['2', 'y"'],
    ]);
  });

  it.each<[Reading, string]>([
    [{ quote: 'ab' }, messages.badCharacter('quote', 'ab')],
    [{ escape: '\n' }, messages.badCharacter('escape', '\n')],
    [{ delimiter: ';', quote: ';' }, messages.badCharacter('quote', ';')],
    [{ skipLineCount: -1 }, messages.badSkipLineCount(-1)],
    [{ dateFormat: '%H:%M' }, messages.badDateFormat('%H:%M')],
    [{ decimal: ',', thousands: ',' }, messages.badNumberMarks(',', ',')],
  ])('cannot be %j', async (reading, message) => {
    await expect(read('a,b\n1,2\n', reading)).rejects.toMatchObject({
      code: 'bad-option',
      message,
    });
  });
});

describe('numbers', () => {
  const numbersOf = async (content: string, reading?: Reading) => {
    const { dataset, rows } = await read(content, reading);
    return {
      types: dataset.columns.map(({ storageType }) => storageType),
      rows,
      dialect: dataset.dialect,
    };
  };

  it('have a decimal comma, also beside columns with a point', async () => {
    const { types, rows, dialect } = await numbersOf('a;b;c\n1,5;1.5;x\n-0,25;2.25;y\n');
    expect(dialect).toMatchObject({ decimal: ',', thousands: '' });
    expect(types).toEqual(['DOUBLE', 'DOUBLE', 'VARCHAR']);
    expect(rows).toEqual([
      ['1.5', '1.5', 'x'],
      ['-0.25', '2.25', 'y'],
    ]);
  });

  it.each([
    ['points and a comma', '1.234,5;7\n12.345.678,25;8\n', '.', ['1234.5', '12345678.25']],
    ['commas and a point', '"1,234.5";7\n"12,345,678.25";8\n', ',', ['1234.5', '12345678.25']],
    ['blanks', '1 234,5;7\n12 345 678,25;8\n', ' ', ['1234.5', '12345678.25']],
    ['apostrophes', "1'234.5;7\n12'345'678.25;8\n", "'", ['1234.5', '12345678.25']],
  ])('are grouped by %s', async (_, body, thousands, values) => {
    const { rows, dialect } = await numbersOf(`a;b\n${body}`);
    expect(dialect?.thousands).toBe(thousands);
    expect(rows.map(([value]) => value)).toEqual(values);
  });

  it('that could be either follow the other columns, then the delimiter', async () => {
    expect((await numbersOf('a;b\n1,234;0,5\n5,678;1,25\n')).rows[0]).toEqual(['1.234', '0.5']);
    expect((await numbersOf('a,b\n"1,234","1,234.5"\n"5,678","2,000.5"\n')).rows[0]).toEqual([
      '1234',
      '1234.5',
    ]);
    expect((await numbersOf('a,b\n"1,234",x\n"5,678",y\n')).rows[0]).toEqual(['1234', 'x']);
    expect((await numbersOf('a;b\n1,234;x\n5,678;y\n')).rows[0]).toEqual(['1.234', 'x']);
  });

  it('are what was said', async () => {
    const content = 'a;b\n1.234;x\n5.678;y\n';
    expect((await numbersOf(content)).rows[0]).toEqual(['1.234', 'x']);
    expect((await numbersOf(content, { decimal: ',', thousands: '.' })).rows[0]).toEqual([
      '1234',
      'x',
    ]);
    const asked = await numbersOf('a;b\n1,234;x\n5,678;y\n', { thousands: ',', decimal: '.' });
    expect(asked.rows[0]).toEqual(['1234', 'x']);
    expect(asked.dialect).toMatchObject({ decimal: '.', thousands: ',' });
  });

  it('with a comma stay numbers beside a few that are none', async () => {
    const body = Array.from({ length: 100 }, (_, row) =>
      row === 50 ? 'n.v.;x' : `${row},5;x`,
    ).join('\n');
    const path = folder.write('junk.csv', `a;b\n${body}\n`);
    const [a] = await ownColumns(path);
    expect(a).toMatchObject({
      kind: 'numeric',
      numbers: { reference: { missingCount: 1, unparsedCount: 1 } },
    });
    expect(a?.numbers?.reference.values[1]).toBe(1.5);
  });
});

describe('dates', () => {
  const datesOf = async (values: string[], reading?: Reading) => {
    const { dataset, rows } = await read(
      `id;day\n${values.map((value, row) => `${row};${value}\n`).join('')}`,
      reading,
    );
    return {
      type: dataset.columns[1]?.storageType,
      days: rows.map(([, day]) => day),
      dialect: dataset.dialect,
    };
  };

  it.each([
    ['day first', ['05/03/2024', '25/03/2024'], '%d/%m/%Y', '2024-03-05'],
    ['month first', ['03/05/2024', '03/25/2024'], '%m/%d/%Y', '2024-03-05'],
    ['points', ['05.03.24', '25.03.24'], '%d.%m.%y', '2024-03-05'],
    ['names', ['5 Mar 2024', '25 Mar 2024'], '%d %b %Y', '2024-03-05'],
    ['slashes after the year', ['2024/03/05', '2024/03/25'], '%Y/%m/%d', '2024-03-05'],
  ])('are told apart: %s', async (_, values, dateFormat, first) => {
    const { type, days, dialect } = await datesOf(values);
    expect(type).toBe('DATE');
    expect(dialect).toMatchObject({ dateFormat });
    expect(dialect?.ambiguousDates).toBeUndefined();
    expect(days[0]).toBe(first);
  });

  it('have times', async () => {
    const { type, days, dialect } = await datesOf(['25/03/2024 07:05', '26/03/2024 19:30']);
    expect([type, dialect?.timestampFormat]).toEqual(['TIMESTAMP', '%d/%m/%Y %H:%M']);
    expect(days[1]).toBe('2024-03-26 19:30:00');
    expect((await datesOf(['3/25/2024 7:05 PM', '3/26/2024 12:30 AM'])).days).toEqual([
      '2024-03-25 19:05:00',
      '2024-03-26 00:30:00',
    ]);
  });

  it('that could be either are read with the smaller steps, and reported', async () => {
    const { days, dialect } = await datesOf(['09/03/2024', '10/03/2024', '11/03/2024']);
    expect(days[0]).toBe('2024-03-09');
    expect(dialect?.ambiguousDates).toEqual([
      { column: 'day', dateFormat: '%d/%m/%Y', otherDateFormat: '%m/%d/%Y' },
    ]);
  });

  it.each([
    ['25/03/2024', '%d/%m/%Y', '2024-02-01'],
    ['03/25/2024', '%m/%d/%Y', '2024-01-02'],
  ])('are told apart by a value beyond the beginning: %s', async (late, dateFormat, first) => {
    const values = Array.from({ length: 150_000 }, (_, row) =>
      row === 149_000 ? late : `0${1 + (row % 9)}/0${1 + ((row + 1) % 7)}/2024`,
    );
    const { type, days, dialect } = await datesOf(values);
    expect([type, dialect?.dateFormat, dialect?.ambiguousDates]).toEqual([
      'DATE',
      dateFormat,
      undefined,
    ]);
    expect(days[0]).toBe(first);
  });

  it('are what was said, in each column its own', async () => {
    const { days } = await datesOf(['01/02/2024', '02/02/2024'], { dateFormat: '%m/%d/%Y' });
    expect(days).toEqual(['2024-01-02', '2024-02-02']);
    const { rows } = await read('a,b,c\n20240305,5.3.2024,7\n20240306,6.3.2024,8\n', {
      dateFormat: '%Y%m%d|%d.%m.%Y',
    });
    expect(rows[0]).toEqual(['2024-03-05', '2024-03-05', '7']);
  });

  it('that cannot be are words', async () => {
    expect((await datesOf(['31/02/2024', '12/03/2024'])).type).toBe('VARCHAR');
  });
});

describe('strict reading', () => {
  it('fails at the first row that cannot be read, and not where there is none', async () => {
    const path = folder.write('strict.csv', 'a,b\n1,2\n3\n4,5,6\n');
    await expect(opened({ path, reading: { strict: true } })).rejects.toMatchObject({
      code: 'file-damaged',
      message: messages.rowRejected('strict.csv', 'strict.csv', 3, 'expected 2 values, found 1'),
    });
    expect((await opened({ path })).dataset.rejectedRowCount).toBe(2);
    expect((await read('a,b\n1,2\n', { strict: true })).dataset.rowCount).toBe(1);
  });
});

describe('compressed text', () => {
  const text = `a,b\n${Array.from({ length: 5_000 }, (_, row) => `${row},é${row}\n`).join('')}bad\n`;

  it.each(['latin1', 'utf8'] as const)('is mended and transcoded: gzip of %s', async (encoding) => {
    const { dataset, rows } = await read(gzipSync(Buffer.from(text, encoding)));
    expect(dataset).toMatchObject({
      rowCount: 5_000,
      rejectedRows: [{ lineNumber: 5_002, text: 'bad' }],
    });
    expect(rows[1]).toEqual(['1', 'é1']);
  });

  it('has line numbers in zstd, too', async () => {
    const path = `${folder.path}/ragged.zst`;
    await runSql(
      `COPY (SELECT CASE WHEN i = 7000 THEN 'x' ELSE i || ';é' END AS "a;b" FROM range(20000) t(i)) TO '${path}' (FORMAT csv, COMPRESSION zstd, QUOTE '', DELIMITER '|')`,
    );
    const { dataset } = await opened({ path });
    expect(dataset).toMatchObject({
      rowCount: 19_999,
      rejectedRows: [{ lineNumber: 7_002, text: 'x' }],
    });
  });
});

describe('several files', () => {
  it('may differ in how they are written, not in their columns', async () => {
    const { mkdirSync, writeFileSync } = await import('node:fs');
    const path = `${folder.path}/parts`;
    mkdirSync(path);
    writeFileSync(`${path}/1.csv`, 'a,b\n1,"x,y"\n');
    writeFileSync(`${path}/2.csv`, utf16('\ufeffa;b\n2;z\n', false));
    const { rows } = await opened({ path });
    expect(rows).toEqual([
      ['1', 'x,y'],
      ['2', 'z'],
    ]);
    writeFileSync(`${path}/3.csv`, 'a,c\n1,2\n');
    expect(await errorCode(opened({ path }))).toBe('file-damaged');
  });
});

it('keeps quotes of another kind beside a row that is none', async () => {
  const path = folder.write('single.csv', `a,b,c\n${"'x, 1',2,z\n".repeat(30)}1,2\n`);
  const { dataset, rows } = await opened({ path, reading: { quote: "'" } });
  expect([dataset.rowCount, dataset.rejectedRowCount]).toEqual([30, 1]);
  expect(rows[0]).toEqual(['x, 1', '2', 'z']);
});
