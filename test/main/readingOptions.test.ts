import { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { addReadingOptions, toSource } from '../../main/readingOptions.js';
import { parseOpenRequest } from '../../main/requests.js';

function sourcesOf(...args: string[]) {
  const command = addReadingOptions(new Command())
    .exitOverride()
    .configureOutput({ writeErr: () => {} });
  command.parse(args, { from: 'user' });
  const values = command.opts();
  return [toSource('r.csv', values, 'reference'), toSource('c.csv', values, 'current')];
}

describe('reading options of the command', () => {
  it('say nothing where nothing is said', () => {
    expect(sourcesOf()).toEqual([{ path: 'r.csv' }, { path: 'c.csv' }]);
  });

  it('hold for both files, and for one of them', () => {
    const [reference, current] = sourcesOf(
      ...[
        '--delimiter',
        '\\t',
        '--quote',
        '',
        '--escape',
        '\\',
        '--comment',
        '#',
        '--skip-lines',
        '2',
      ],
      ...['--no-header', '--names', 'a,b', '--null-values', '?,NA', '--encoding', 'ISO-8859-1'],
      ...['--decimal', ',', '--thousands', '.', '--date-format', '%d.%m.%Y', '--strict'],
      ...['--current-delimiter', ';', '--current-encoding', 'utf8', '--current-skip-lines', '0'],
    );
    const both = {
      delimiter: '\t',
      quote: '',
      escape: '\\',
      comment: '#',
      skipLineCount: 2,
      header: false,
      names: ['a', 'b'],
      nullValues: ['?', 'NA'],
      encoding: 'latin-1',
      decimal: ',',
      thousands: '.',
      dateFormat: '%d.%m.%Y',
      strict: true,
    };
    expect(reference).toEqual({ path: 'r.csv', reading: both });
    const own = { delimiter: ';', encoding: 'utf-8', skipLineCount: 0 };
    expect(current).toEqual({ path: 'c.csv', reading: { ...both, ...own } });
  });

  it('for one file leave the other alone', () => {
    expect(sourcesOf('--reference-no-header', '--reference-strict')).toEqual([
      { path: 'r.csv', reading: { header: false, strict: true } },
      { path: 'c.csv' },
    ]);
  });

  it.each([
    ['--delimiter', 'ab'],
    ['--quote', '""'],
    ['--skip-lines', '-1'],
    ['--skip-lines', '1.5'],
    ['--encoding', 'klingon'],
    ['--decimal', ';'],
  ])('cannot be %s %s', (...args) => {
    expect(() => sourcesOf(...args)).toThrow();
  });
});

describe('reading options over HTTP', () => {
  const parse = (reading: unknown) => parseOpenRequest({ source: { path: 'x', reading } });

  it('are those of the contract', () => {
    const reading = {
      delimiter: '\\t',
      quote: '',
      escape: '"',
      comment: '//',
      skipLineCount: 3,
      header: true,
      names: ['a'],
      nullValues: [''],
      encoding: 'utf-16',
      decimal: ',',
      thousands: '',
      dateFormat: '%Y%m%d',
      strict: false,
    };
    expect(parse(reading).source.reading).toEqual(reading);
  });

  it.each([
    { delimiter: '' },
    { delimiter: 'abc' },
    { skipLineCount: -1 },
    { encoding: 'utf-32' },
    { decimal: ';' },
    { other: 1 },
  ])('cannot be %j', (reading) => {
    expect(() => parse(reading)).toThrow();
  });
});
