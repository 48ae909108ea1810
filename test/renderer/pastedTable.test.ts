import { describe, expect, test } from 'vitest';
import { pastedTable } from '../../renderer/pastedTable.js';

describe('a pasted table', () => {
  test.each([
    ['cells of a spreadsheet', 'a\tb\n1\t2,5\n2\t3,5\n', '\t', 'a,b\n1,"2,5"\n2,"3,5"\n'],
    ['lines that end as on Windows', 'a\tb\r\n1\t2\r\n', '\t', 'a,b\n1,2\n'],
    [
      'semicolons with decimal commas',
      'a;b\n1,5;2,5\n1,7;2,9\n',
      ';',
      'a,b\n"1,5","2,5"\n"1,7","2,9"\n',
    ],
    [
      'commas, with blank lines around',
      '\n\na,b,c\n1,2,3\n\n4,5,6\n\n',
      ',',
      'a,b,c\n1,2,3\n4,5,6\n',
    ],
    ['bars', 'a|b\n1|2\n', '|', 'a,b\n1,2\n'],
    ['a quoted line break', 'a\tb\n"x\ny"\t2\n', '\t', 'a,b\n"x\ny",2\n'],
    ['a byte order mark', '\ufeffa\tb\n1\t2\n', '\t', 'a,b\n1,2\n'],
    ['zeros in front, and no typing', 'id\tv\n0012\t1e5\n', '\t', 'id,v\n0012,1e5\n'],
  ])('is taken from %s', (_name, text, delimiter, csv) => {
    expect(pastedTable(text)).toMatchObject({ delimiter, csv });
  });

  test('may be one column', () => {
    const { csv, columnCount, lineCount } = pastedTable('age\n31\n44\n');
    expect({ csv, columnCount, lineCount }).toEqual({
      csv: 'age\n31\n44\n',
      columnCount: 1,
      lineCount: 3,
    });
  });

  test('keeps a line of another length, for the engine to count', () => {
    const rows = 'x\ty\n'.repeat(9);
    expect(pastedTable(`${rows}1\t2\t3\n`)).toMatchObject({ columnCount: 2, lineCount: 10 });
    expect(pastedTable(`${rows}1\t2\t3\n`).csv).toContain('1,2,3\n');
  });

  test.each([
    ['nothing', ' \n\n', /^Nothing but white space was pasted;/],
    ['one line', 'a\tb\tc', /is one line only;/],
    ['prose', 'Dear all,\nplease find attached\nthe numbers; they are new\nBest', /is no table:/],
    ['lines of any length', 'a,b\n1\n1,2,3\n1,2,3,4\n,,,,\n', /is no table:/],
  ])('is not %s', (_name, text, sentence) => {
    expect(() => pastedTable(text)).toThrow(sentence);
  });
});
