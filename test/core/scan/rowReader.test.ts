import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  createRowReader,
  faults,
  longestRow,
  type RowFormat,
} from '../../../core/scan/rowReader.js';

const usual: RowFormat = {
  delimiter: ',',
  quote: '"',
  escape: '"',
  isTrimmed: false,
  comment: '',
  isCommentAsked: false,
  isCarriageReturn: false,
  width: 3,
};

interface Read {
  values: string[];
  lineNumber: number;
  fault: string | null;
}

function read(pieces: string | string[], format: Partial<RowFormat> = {}): Read[] {
  const rows: Read[] = [];
  const reader = createRowReader(
    { ...usual, ...format },
    {
      onRow: ({ values, lineNumber, fault }) => rows.push({ values, lineNumber, fault }),
      onBlank: () => {},
      onComment: () => {},
    },
  );
  for (const piece of [pieces].flat()) reader.push(piece);
  reader.end();
  return rows;
}

const values = (rows: Read[]) => rows.map((row) => (row.fault === null ? row.values : row.fault));

describe('rows', () => {
  it('hold delimiters, quotes and line ends within quotes', () => {
    expect(read('"a,b","c ""d""","e\r\nf"\r\n,,\n"",x,\n')).toEqual([
      { values: ['a,b', 'c "d"', 'e\r\nf'], lineNumber: 1, fault: null },
      { values: ['', '', ''], lineNumber: 3, fault: null },
      { values: ['', 'x', ''], lineNumber: 4, fault: null },
    ]);
  });

  it('are the same wherever the text is cut', () => {
    const text = 'a,"b\n""c""",d\r\n1,"2"x,3\n\n4,5,6\n"7,8,9\n10,11,12\nend,"of,file';
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 12 }), { minLength: 1 }), (lengths) => {
        const pieces: string[] = [];
        for (let from = 0, i = 0; from < text.length; i++) {
          const length = lengths[i % lengths.length] as number;
          pieces.push(text.slice(from, from + length));
          from += length;
        }
        expect(read(pieces)).toEqual(read(text));
      }),
    );
  });

  it('lose no line whatever quotes stand in them', () => {
    const line = fc.array(
      fc.constantFrom('x', 'y z', '"q"', '"', '""', 'a"b', ',', '"u,v"', '\r'),
      { maxLength: 6 },
    );
    fc.assert(
      fc.property(fc.array(line, { maxLength: 12 }), (lines) => {
        const texts = lines.map((parts, index) => `n${index}n,${parts.join('')}`);
        const rows: string[] = [];
        const reader = createRowReader(usual, {
          onRow: ({ text }) => rows.push(text),
          onBlank: () => {},
          onComment: () => {},
        });
        reader.push(texts.map((text) => `${text}\n`).join(''));
        reader.end();
        const all = rows.join('\n');
        for (const [index] of texts.entries()) expect(all.split(`n${index}n`)).toHaveLength(2);
      }),
      { numRuns: 500 },
    );
  });
});

describe('quotes in the wrong place', () => {
  it.each([
    [
      'that open nothing',
      'a,"b,c\n1,2,3\n',
      [
        ['a', '"b', 'c'],
        ['1', '2', '3'],
      ],
    ],
    [
      'before a quoted value',
      '"a,"b, x",c\n1,2,3\n',
      [
        ['"a', 'b, x', 'c'],
        ['1', '2', '3'],
      ],
    ],
    ['doubled at the start', 'a,""b, x",c\n', [['a', '"b, x', 'c']]],
    [
      'alone at the end of a line',
      'a,b,"\n1,"2",3\n',
      [
        ['a', 'b', '"'],
        ['1', '2', '3'],
      ],
    ],
    ['within a quoted value', 'a,"b "x" c",d\n', [['a', 'b "x" c', 'd']]],
    ['around inches', 'a,5" pipe,"6" pipe\n', [['a', '5" pipe', '"6" pipe']]],
  ])('are part of the value: %s', (_, text, rows) => {
    expect(values(read(text))).toEqual(rows);
  });

  it('cost their own line only where no repair fits', () => {
    expect(read('"a,b\n1,2,3\n4,"5,6\n7,8,9\n')).toEqual([
      { values: expect.any(Array), lineNumber: 1, fault: faults.stray },
      { values: ['1', '2', '3'], lineNumber: 2, fault: null },
      { values: ['4', '"5', '6'], lineNumber: 3, fault: null },
      { values: ['7', '8', '9'], lineNumber: 4, fault: null },
    ]);
  });

  it('that never close cost their own line, too', () => {
    expect(values(read('a,b,"c d\n'))).toEqual([['a', 'b', '"c d']]);
    expect(values(read('"a,b\n1,2,3\n'))).toEqual([faults.open, ['1', '2', '3']]);
  });

  it('take no time that grows with what follows them', () => {
    const text = Array.from({ length: 30_000 }, (_, row) => `"${row},x\n`).join('');
    const start = performance.now();
    expect(read(text)).toHaveLength(30_000);
    expect(performance.now() - start).toBeLessThan(20_000);
  });
});

describe('a value of several lines', () => {
  it('is a value where its lines are no rows', () => {
    const text = 'a,"Dear all,\nit is, as I said,\nover",c\n';
    expect(values(read(text))).toEqual([['a', 'Dear all,\nit is, as I said,\nover', 'c']]);
  });

  it('is rows between two stray quotes where they are', () => {
    expect(values(read('1,"a,x\n2,b,y\n3,c,z\n4,d",w\n'))).toEqual([
      ['1', '"a', 'x'],
      ['2', 'b', 'y'],
      ['3', 'c', 'z'],
      ['4', 'd"', 'w'],
    ]);
  });
});

describe('line ends', () => {
  it('of an old system', () => {
    expect(values(read('a,b,c\r1,2,3\r', { isCarriageReturn: true }))).toEqual([
      ['a', 'b', 'c'],
      ['1', '2', '3'],
    ]);
  });

  it('of an old system among others part rows that would not fit otherwise', () => {
    expect(values(read('a,b,c\r1,2,3\nx,y\rz,w\n'))).toEqual([
      ['a', 'b', 'c'],
      ['1', '2', '3'],
      ['x', 'y\rz', 'w'],
    ]);
  });
});

describe('a line without end', () => {
  it('is reported and passed over, in pieces or whole', () => {
    const long = 'x'.repeat(longestRow + 10);
    for (const pieces of [
      `1,2,3\n${long}\n4,5,6\n`,
      ['1,2,3\n', ...Array<string>(4).fill(long), '\n4,5,6\n'],
    ]) {
      expect(read(pieces).map(({ lineNumber, fault }) => [lineNumber, fault])).toEqual([
        [1, null],
        [2, faults.long],
        [3, null],
      ]);
    }
  });
});

describe('comments', () => {
  const text = '#,x,y\n# note\n1,2,3\n';
  it('that are detected are lines that are no rows', () => {
    expect(values(read(text, { comment: '#' }))).toEqual([
      ['#', 'x', 'y'],
      ['1', '2', '3'],
    ]);
  });
  it('that are asked for are all lines that start so', () => {
    expect(values(read(text, { comment: '#', isCommentAsked: true }))).toEqual([['1', '2', '3']]);
  });
});
