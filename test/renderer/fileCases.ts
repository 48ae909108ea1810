import { gzipSync } from 'node:zlib';
import { tableToIPC } from 'apache-arrow';
import type { CompareOptions, Source, Split } from '../../core/contract.js';
import {
  after,
  arrowTable,
  before,
  jsonLines,
  objects,
  type Row,
  textTable,
} from './tableFiles.js';

const comma = (value: number) => String(value).replace('.', ',');
const grouped = (value: number) => value.toLocaleString('en-US', { maximumFractionDigits: 10 });
const slashed = (day: string) => day.split('-').reverse().join('/');

export interface Case {
  files: Record<string, string | Uint8Array>;
  reference: Source;
  current: Source;
  options?: CompareOptions;
  /** What stands in the code, if the files are what they are called. */
  holds: string[];
  /** Numbers that the report has at least; with fewer, columns would be missing. Default 250. */
  least?: number;
  needs?: 'pyarrow';
}

function pair(
  [one, two]: [reference: string, current: string],
  content: (rows: Row[], side: 0 | 1) => string | Uint8Array,
  holds: string[],
  others: Partial<Case> = {},
): Case {
  return {
    files: { [one]: content(before, 0), [two]: content(after, 1) },
    reference: { path: one },
    current: { path: two },
    holds,
    ...others,
  };
}

const csv: [string, string] = ['a.csv', 'b.csv'];
const german = { delimiter: ';', number: comma };

function misfits(text: string): string {
  const wide = text.replace('\n', '\n1,2\n').replace(/\n(?=[^\n]*c7\n)/, '\nx,y,z,1,2,3,4,5\n');
  return `${wide}amount,people,day,note,word,code\n`;
}

function withLatinRow(text: string): Buffer {
  const start = text.indexOf('\n') + 1;
  const row = Buffer.from('1,2,2026-01-01,bad \xff,b,c1\n', 'latin1');
  return Buffer.concat([Buffer.from(text.slice(0, start)), row, Buffer.from(text.slice(start))]);
}

function alone(path: string, content: string, splitBy: Split, holds: string[]): Case {
  const source = { path };
  const options = { splitBy };
  return {
    files: { [path]: content },
    reference: source,
    current: source,
    options,
    holds,
    least: 150,
  };
}

const all = [...before, ...after];

/** Pairs of files of every kind, by what is odd about them. */
export const fileCases: Record<string, Case> = {
  'plain files': pair(csv, (rows) => textTable(rows), ['csv.reader(file) if']),
  'semicolon, decimal comma, Latin-1': pair(
    csv,
    (rows) => Buffer.from(textTable(rows, german).replace(/[“”]/g, "'"), 'latin1'),
    ['delimiter=";"', 'encoding="cp1252"', '0), ",", "")'],
  ),
  'decimal comma on one side only': pair(
    csv,
    (rows, side) => textTable(rows, side === 0 ? german : {}),
    ['read_csv_reference("a.csv", 0), ",", "")', 'numbers(read_csv_current("b.csv", 0))'],
  ),
  'lines above the header, and comments': pair(
    csv,
    (rows, side) =>
      textTable(rows, side === 0 ? { above: 'Export of today\nby "someone\n\n' } : {}).replace(
        /\n(?=[^\n]*c9\n)/g,
        '\n# a remark, no row\n',
      ),
    ['file.readlines()[3:]', 'if not line.startswith("#")'],
  ),
  'UTF-16 with tabs': pair(
    ['a.tsv', 'b.tsv'],
    (rows) => Buffer.from(`\ufeff${textTable(rows, { delimiter: '\t' })}`, 'utf16le'),
    ['encoding="utf-16"', 'delimiter="\\u0009"'],
  ),
  'spellings of missing on one side': pair(
    csv,
    (rows, side) => textTable(rows, { missing: side === 0 ? '?' : 'NA' }),
    ['MISSING_REFERENCE = {"", "?", "b"}', 'MISSING_CURRENT = {"", "NA"'],
    { reference: { path: 'a.csv', reading: { nullValues: ['?', 'b'] } } },
  ),
  'groups of thousands': pair(
    csv,
    (rows, side) => textTable(rows, side === 0 ? { number: grouped, delimiter: ';' } : {}),
    ['0), ".", ",")'],
  ),
  'days as dd/mm/yyyy, and with a time in a format that was asked for': pair(
    csv,
    (rows, side) =>
      textTable(rows, {
        day: side === 0 ? slashed : (day) => `${day.replaceAll('-', '.')}  10:30`,
      }),
    ['"%d/%m/%Y"', '"%Y.%m.%d %H:%M"'],
    { current: { path: 'b.csv', reading: { dateFormat: '%Y.%m.%d %R|%d/%m/%Y' } } },
  ),
  'JSON lines': pair(['a.jsonl', 'b.jsonl'], jsonLines, ['raw_decode']),
  'JSON lines with others between': pair(
    ['a.jsonl', 'b.jsonl'],
    (rows) => `${jsonLines(rows)}{"amount": \n[1]\n`,
    ['decoder.decode(line)', 'isinstance(row, dict)'],
  ),
  'a JSON array against objects over many lines': pair(
    ['a.json', 'b.json'],
    (rows, side) =>
      side === 0
        ? JSON.stringify(objects(rows))
        : objects(rows)
            .map((row) => JSON.stringify(row, null, 2))
            .join('\n'),
    ['raw_decode'],
  ),
  'a folder with keys': {
    files: {
      'old/region=north/year=2024/x.csv': textTable(before.slice(0, 100)),
      'old/region=a%2Fb/year=2025/x.csv': textTable(before.slice(100)),
      'new/region=north/year=2025/x.csv': textTable(after.slice(0, 150)),
      'new/region=__HIVE_DEFAULT_PARTITION__/year=2025/y.csv': textTable(after.slice(150)),
      'new/readme.md': 'no data',
      'new/_log/z.csv': textTable(after),
    },
    reference: { path: 'old' },
    current: { path: 'new' },
    options: { kinds: { region: 'text', year: 'numeric' } },
    holds: ['read_parts("old", 6)', 'read_parts("new", 7)'],
  },
  'a pattern of JSON files': {
    files: {
      'day-1.json': jsonLines(before.slice(0, 100)),
      'day-2.json': jsonLines(before.slice(100)),
      'day-3.json': jsonLines(after),
      'b.csv': textTable(after),
    },
    reference: { path: 'day-{1,2}.json' },
    current: { path: 'b.csv' },
    holds: ['read_parts("day-1.json", "amount") + read_parts("day-2.json", "amount")'],
  },
  compressed: pair(
    ['a.csv.gz', 'b.jsonl.gz'],
    (rows, side) => gzipSync(side === 0 ? textTable(rows) : jsonLines(rows)),
    ['gzip.open(path, "rt", newline=""', 'gzip.open(path, "rt", encoding'],
  ),
  'a renamed column': pair(
    ['a.jsonl', 'b.jsonl'],
    (rows, side) => (side === 0 ? jsonLines(rows) : jsonLines(rows).replaceAll('amount', "a'm")),
    ['read_json("a.jsonl", "amount")', 'read_json("b.jsonl", "a\'m")'],
    { options: { renames: { amount: "a'm" } } },
  ),
  'no header': pair(csv, (rows) => textTable(rows, { header: false }), ['for row in rows]'], {
    reference: { path: 'a.csv', reading: { header: false } },
    current: { path: 'b.csv', reading: { header: false } },
  }),
  'rows of another width, and the header again': pair(csv, (rows) => misfits(textTable(rows)), [
    'len(row) not in {2}',
    'row[6:]',
    'row != rows[0]',
  ]),
  'bytes that are no UTF-8': pair(csv, (rows) => withLatinRow(textTable(rows)), [
    'errors="replace"',
    '"\\ufffd" not in',
  ]),
  'empty values left out at the end': pair(
    csv,
    (rows) => textTable(rows).replace(/,c[1-4]\d\n/g, '\n'),
    ['row[position:position + 1]'],
  ),
  'an escape, and single quotes': pair(
    csv,
    (rows, side) =>
      textTable(rows, { delimiter: ';' }).replace(
        /größe (\d+) of “the” thing (\d+)/g,
        side === 0 ? "'gr\\'ö; C:\\dir, $1 of the \\\\ $2'" : 'C:\\dir of a thing $1',
      ),
    ['ESCAPED.sub(doubled, line)', 'quotechar="\'"'],
    {
      reference: { path: 'a.csv', reading: { quote: "'", escape: '\\' } },
      current: { path: 'b.csv', reading: { quote: "'", escape: '\\' } },
    },
  ),
  'one column': {
    files: {
      'a.txt': `size\n${before.map(({ amount }) => amount ?? '').join('\n')}\n`,
      'b.txt': `size\n${after.map(({ amount }) => amount ?? '').join('\n')}\n`,
    },
    reference: { path: 'a.txt' },
    current: { path: 'b.txt' },
    holds: ['rows = list(csv.reader(file))'],
    least: 40,
  },
  'row numbers, which are measured as numbers': {
    files: {
      'a.csv': `row_id,size\n${before.map(({ people }, i) => `${i},${people}`).join('\n')}\n`,
      'b.csv': `row_id,size\n${after.map(({ people }, i) => `${i + 9},${people}`).join('\n')}\n`,
    },
    reference: { path: 'a.csv' },
    current: { path: 'b.csv' },
    holds: ['the column "row_id"'],
    least: 80,
  },
  'one file split at a day': alone(
    'a.csv',
    textTable(all, { ...german, day: slashed }),
    { column: 'day' },
    ['keys = written_dates(read_csv("a.csv", 2), "%d/%m/%Y")', 'milliseconds("2026-05-10")'],
  ),
  'one file split at a number': alone(
    'a.csv',
    textTable(all, german),
    { column: 'amount', at: '60.5' },
    ['number(key) < 60.5', 'number(key) >= 60.5'],
  ),
  'one file split by a value': alone('a.json', jsonLines(all), { column: 'word', at: 'été' }, [
    'str(key) == "\\u00e9t\\u00e9"',
  ]),
  'Arrow, as a file and as a stream': pair(
    ['a.feather', 'b.arrows'],
    (rows, side) => tableToIPC(arrowTable(rows), side === 0 ? 'file' : 'stream'),
    ['open_stream'],
    { needs: 'pyarrow' },
  ),
};
