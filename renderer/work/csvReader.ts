import type { Dataset, Dialect, Encoding } from '../../core/contract.js';
import { folderImports, partsCall, partsCode } from './partsCode.js';
import { pythonList, pythonString } from './python.js';
import { hasReason, openerOf, type Reader } from './reader.js';
import type { SideFile } from './sideFile.js';

/** Reads text tables; what the dialect does not need is not in the code. */
export function csvReader(
  { dataset, isFolder }: SideFile,
  given: string[],
  suffix: string,
): Reader {
  const dialect = dataset.dialect ?? usualDialect;
  const opener = openerOf(dialect.compression);
  const missing = `MISSING${suffix.toUpperCase()}`;
  const spellings = [...new Set([...dialect.nullValues, ...given])].map(pythonString);
  const name = `read_csv${suffix}`;
  const position = (column: string) => dataset.columns.findIndex(({ name }) => name === column);
  return {
    imports: [
      'import csv',
      ...(hasEscape(dialect) ? ['import re'] : []),
      ...opener.imports,
      ...(isFolder ? folderImports : []),
    ],
    blocks: [
      `${pythonList(missing, spellings, ['{', '}'])}

def ${name}(path, position):
    with ${opener.call}(path, ${fileWords(dialect, dataset)}) as file:
        rows = ${rowsOf(dialect, dataset)}
${rejecting(dialect, dataset)}    values = [${cellOf(dialect, dataset)} for row in ${keptRows(dialect, dataset)}]
    return [None if value in ${missing} else value for value in values]`,
      ...(hasEscape(dialect) ? [escapeCode(dialect)] : []),
      ...(isFolder ? [partsCode, folderCode(dataset, suffix)] : []),
    ],
    call: (path, column) =>
      partsCall(isFolder ? `read_parts${suffix}` : name, path, String(position(column))),
  };
}

const usualDialect: Dialect = {
  delimiter: ',',
  quote: '"',
  escape: '"',
  comment: '',
  skipLineCount: 0,
  header: true,
  nullValues: [''],
  encoding: 'utf-8',
  decimal: '.',
  thousands: '',
  dateFormat: null,
  timestampFormat: null,
  compression: null,
};

const noUtf8 = 'not valid UTF-8';
const headerAgain = 'the header once more';

function fileWords({ encoding, compression }: Dialect, dataset: Dataset): string {
  const names: Record<Encoding, string> = {
    'utf-8': 'utf-8-sig',
    'utf-16': 'utf-16',
    'latin-1': 'cp1252',
  };
  return [
    ...(compression === null ? [] : ['"rt"']),
    'newline=""',
    `encoding="${names[encoding]}"`,
    ...(encoding === 'latin-1' || hasReason(dataset, noUtf8) ? ['errors="replace"'] : []),
  ].join(', ');
}

/** Blank lines are no rows, unless there is but one column. */
function rowsOf(dialect: Dialect, { columns }: Dataset): string {
  const { delimiter, quote } = dialect;
  const words = [
    linesOf(dialect),
    ...(delimiter === ',' ? [] : [`delimiter=${pythonString(delimiter)}`]),
    ...(quote === '' ? ['quoting=csv.QUOTE_NONE'] : []),
    ...(quote === '' || quote === '"' ? [] : [`quotechar=${pythonString(quote)}`]),
  ];
  const reader = `csv.reader(${words.join(', ')})`;
  return columns.length === 1 ? `list(${reader})` : `[row for row in ${reader} if len(row) > 1]`;
}

function linesOf({ comment, skipLineCount, ...dialect }: Dialect): string {
  const lines = skipLineCount === 0 ? 'file' : `file.readlines()[${skipLineCount}:]`;
  const isComment = `line.startswith(${pythonString(comment)})`;
  const isEscaped = hasEscape(dialect);
  if (comment === '' && !isEscaped) return lines;
  const line = isEscaped ? 'ESCAPED.sub(doubled, line)' : 'line';
  return `(${line} for line in ${lines}${comment === '' ? '' : ` if not ${isComment}`})`;
}

function hasEscape({ quote, escape: escapes }: Pick<Dialect, 'quote' | 'escape'>): boolean {
  return quote !== '' && escapes !== '' && escapes !== quote;
}

/** Python would take escapes off outside of quotes as well, so they are turned into doubled quotes. */
function escapeCode({ quote, escape: escapes }: Dialect): string {
  const plain = (text: string) => text.replace(/[\\^\]-]/g, '\\$&');
  const pattern = `[${plain(escapes)}]([${plain(escapes)}${plain(quote)}])`;
  return `ESCAPED = re.compile(${pythonString(pattern)})

def doubled(found):
    return found[1] * 2 if found[1] == ${pythonString(quote)} else found[1]`;
}

/** Leaves out the rows that the report counts as not read. */
function rejecting({ header }: Dialect, dataset: Dataset): string {
  const tests = rejectTests(dataset);
  if (tests.length === 0) return '';
  return `    rows = [row for row in ${header ? 'rows[1:]' : 'rows'} if ${tests.join(' and ')}]\n`;
}

function rejectTests(dataset: Dataset): string[] {
  const counts = dataset.rejectedReasons.flatMap(({ reason }) => {
    const match = /^expected (\d+) values, found (\d+)$/.exec(reason);
    return match ? [{ width: Number(match[1]), found: Number(match[2]) }] : [];
  });
  const { width } = counts[0] ?? { width: dataset.columns.length };
  const short = counts.filter(({ found }) => found < width).map(({ found }) => found);
  const shortest = short.filter((found) => found > 1).sort((a, b) => a - b);
  return [
    ...(shortest.length > 0 ? [`len(row) not in {${shortest.join(', ')}}`] : []),
    // a delimiter too many at the end is none
    ...(counts.some(({ found }) => found > width) ? [`not "".join(row[${width}:]).strip()`] : []),
    ...(hasReason(dataset, headerAgain) ? ['row != rows[0]'] : []),
    ...(hasReason(dataset, noUtf8) ? ['"\\ufffd" not in "".join(row)'] : []),
  ];
}

function keptRows({ header }: Dialect, dataset: Dataset): string {
  return header && rejectTests(dataset).length === 0 ? 'rows[1:]' : 'rows';
}

/** Values at the end of a row may be left out; of one column, a line is the value. */
function cellOf({ delimiter }: Dialect, { columns }: Dataset): string {
  return columns.length === 1
    ? `${pythonString(delimiter)}.join(row)`
    : '"".join(row[position:position + 1])';
}

/** The keys of the folders are the last columns. */
function folderCode({ columns }: Dataset, suffix: string): string {
  return `def read_parts${suffix}(path, position):
    values = []
    for part, keys in parts(path):
        column, place = read_csv${suffix}(part, position), position - ${columns.length} + len(keys)
        values += column if place < 0 else [list(keys.values())[place]] * len(column)
    return values`;
}
