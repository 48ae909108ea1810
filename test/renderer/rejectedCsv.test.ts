import { array, assert, constantFrom, property, string, tuple } from 'fast-check';
import Papa from 'papaparse';
import { describe, expect, test } from 'vitest';
import type { RejectedRow } from '../../core/contract.js';
import { rejectedCsv } from '../../renderer/rejectedCsv.js';
import { hostileNames } from './exampleReport.js';

function row(text: string): RejectedRow {
  return { file: 'a.csv', lineNumber: 7, columnName: null, reason: 'cut', text };
}

function textOf(csv: string): string | undefined {
  return Papa.parse<string[]>(csv).data[1]?.[4];
}

describe('rejected rows as CSV', () => {
  test('have a header, and a line each', () => {
    expect(rejectedCsv([row('1;2'), { ...row('x'), lineNumber: null, columnName: 'age' }])).toBe(
      '"file",line,"column","reason","text"\n"a.csv",7,,"cut","1;2"\n"a.csv",,"age","cut","x"\n',
    );
  });

  test.each([
    '=1+1',
    '  =1+1',
    '\t=1',
    '\r=1',
    '+1',
    '@SUM(A1)',
    '-1+cmd|calc',
    '-x',
    '\uff1d1+1',
    '-2,3+4',
  ])('never begin like a formula: %j', (text) => {
    expect(textOf(rejectedCsv([row(text)]))).toBe(`'${text}`);
  });

  test.each(['-5', '-1.5e-3', '-1,5', 'a=b', ''])('leave %j as it is', (text) => {
    expect(textOf(rejectedCsv([row(text)]))).toBe(text);
  });

  test('come back whole from a parser, whatever they hold', () => {
    const part = constantFrom('=', '+', '-', '@', '"', ',', ';', '\n', '\r', '\t', ' ', '1', 'a');
    const odd = array(part).map((parts) => parts.join(''));
    assert(
      property(tuple(odd, string(), constantFrom(...hostileNames)), (texts) => {
        const { data } = Papa.parse<string[]>(rejectedCsv(texts.map(row)), { newline: '\n' });
        const found = data.slice(1, -1).map((cells) => cells[4] ?? '');
        expect(found.map((text, index) => (text === texts[index] ? text : text.slice(1)))).toEqual(
          texts,
        );
        for (const text of found) expect(text).not.toMatch(/^\s*[=+@]|^\s*-(?![\d])/);
      }),
    );
  });
});
