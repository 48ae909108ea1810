import { type Command, InvalidArgumentError, Option } from 'commander';
import {
  type CompareOptions,
  DriftError,
  type Encoding,
  type Kind,
  messages,
  type Reading,
  type Source,
  type Split,
} from '../core/index.js';

/** What commander collects for the options below. */
export interface OptionValues {
  [name: string]: unknown;
}

/** Options that say how to read text tables; each again for one side only. */
const readingOptions: [flags: string, what: string, parse?: (text: string) => unknown][] = [
  ['delimiter <character>', 'between values, such as ; or \\t (detected)', character],
  ['quote <character>', 'around values; empty for none (detected)', atMostCharacter],
  ['escape <character>', 'before a quote within quotes (detected)', atMostCharacter],
  ['comment <text>', 'lines that start with it are no rows; empty for none (detected)'],
  ['skip-lines <number>', 'lines above the header (detected)', lineCount],
  ['header', 'the first row names the columns (detected)'],
  ['no-header', 'the first row is data (detected)'],
  ['names <a,b,c>', 'column names', list],
  [
    'null-values <?,NA>',
    'spellings of missing beside the empty one (NA, N/A, NaN, NULL, ...)',
    list,
  ],
  ['encoding <name>', 'utf-8, utf-16 or latin-1 (detected)', encoding],
  ['decimal <character>', 'decimal mark of numbers, . or , (detected)', decimal],
  ['thousands <character>', 'between groups of digits; empty for none (detected)', atMostCharacter],
  ['date-format <format>', 'of dates, such as %d/%m/%Y (detected); several with | between them'],
  ['strict', 'fail at a row that cannot be read, instead of counting it'],
];

export function addReadingOptions(command: Command): Command {
  for (const prefix of ['', 'reference-', 'current-']) {
    const side = prefix === '' ? 'both files' : `the ${prefix.slice(0, -1)} file`;
    for (const [flags, what, parse] of readingOptions) {
      // commander gives `--no-x` a default of true, which would hide that nothing was said
      const option = new Option(`--${prefix}${flags}`, `${what}: ${side}`).default(undefined);
      command.addOption(parse ? option.argParser(parse) : option);
    }
  }
  return command;
}

/** Options that choose columns and set how they are judged. */
export function addCompareOptions(command: Command): Command {
  return command
    .option('--title <text>', 'heads the report')
    .option('--columns <a,b>', 'compare only these columns', list)
    .option('--exclude <x,y>', 'compare all columns but these', list)
    .option(
      '--kind <column=kind>',
      'numeric, categorical, datetime, boolean, text or identifier',
      collect,
      [],
    )
    .option('--reference-where <SQL>', 'only reference rows for which this is true: "age >= 18"')
    .option('--current-where <SQL>', 'the same of the current file')
    .option(
      '--split-by <column[=value]>',
      'both sides from one file: rows with the value (of numbers and times: before it), and the others',
    )
    .option('--sample <number>', 'compare a seeded sample of at most so many rows a side', number)
    .option(
      '--rename <old=new>',
      'compare a column of the reference with one of another name',
      collect,
      [],
    )
    .option('--alpha <number>', 'level of the corrected tests (0.05)', number)
    .option('--correction <method>', 'for many columns: bh, holm or none (bh)')
    .option(
      '--limit <number|name=number>',
      'from where on a difference matters (0.1); name: a column, a kind, missing or support',
      collect,
      [],
    )
    .option(
      '--bins <number|column=edges>',
      'bins of PSI and its kin, at most (10); or the inner edges of a column’s bins, as age=18,65',
      collect,
      [],
    )
    .option('--missing <column=values>', 'values that mean missing, as age=-1,999', collect, [])
    .option('--measures <ids>', 'measures beside the usual ones, or all', list)
    .option('--baseline', 'compare the reference’s halves with each other as well')
    .option('--timestamp <column>', 'split the baseline’s halves by this column’s time')
    .option('--profile <name>', 'another tool’s verdicts beside ours: evidently')
    .option('--seed <number>', 'of every simulation (1)', number)
    .option(
      '--memory <size>',
      'for the data engine, such as 4GB (a quarter of the machine’s)',
      bytes,
    )
    .option('--threads <number>', 'workers at most (one less than processors)', number);
}

export function toSource(
  path: string,
  values: OptionValues,
  side: 'reference' | 'current',
): Source {
  const of = (name: string) => values[camelCase(`${side}-${name}`)] ?? values[camelCase(name)];
  const reading: Reading = {
    ...optional('delimiter', of('delimiter')),
    ...optional('quote', of('quote')),
    ...optional('escape', of('escape')),
    ...optional('comment', of('comment')),
    ...optional('skipLineCount', of('skip-lines')),
    ...optional('names', of('names')),
    ...optional('nullValues', of('null-values')),
    ...optional('encoding', of('encoding')),
    ...optional('decimal', of('decimal')),
    ...optional('thousands', of('thousands')),
    ...optional('dateFormat', of('date-format')),
    ...optional('strict', of('strict')),
    ...headerOf(values, side),
  };
  const where = values[camelCase(`${side}-where`)];
  return {
    path,
    ...(Object.keys(reading).length > 0 && { reading }),
    ...optional('where', where),
  };
}

export function toCompareOptions(values: OptionValues): CompareOptions {
  const kinds = Object.fromEntries(
    (values.kind as string[]).map((text) => pair(text, 'kind')),
  ) as Record<string, Kind>;
  return {
    ...optional('title', values.title),
    ...optional('columns', values.columns),
    ...optional('exclude', values.exclude),
    ...(Object.keys(kinds).length > 0 && { kinds }),
    ...optional('alpha', values.alpha),
    ...optional('correction', values.correction),
    ...toLimits(values.limit as string[]),
    ...toBins(values.bins as string[]),
    ...toMissingValues(values.missing as string[]),
    ...optional('measures', toMeasures(values.measures)),
    ...optional('baseline', values.baseline),
    ...optional('timestamp', values.timestamp),
    ...optional('profile', values.profile),
    ...optional('seed', values.seed),
    ...optional('sample', values.sample),
    ...toRenames(values.rename as string[]),
    ...optional('splitBy', toSplit(values.splitBy)),
    ...optional('memoryBytes', values.memory),
  };
}

/** What is said of one side goes before what is said of both. */
function headerOf(values: OptionValues, side: string): Pick<Reading, 'header'> {
  if (values[camelCase(`${side}-no-header`)] === true) return { header: false };
  const header = values[camelCase(`${side}-header`)] ?? values.header;
  return typeof header === 'boolean' ? { header } : {};
}

function optional<K extends string>(
  key: K,
  value: unknown,
): Record<K, never> | Record<string, never> {
  return value === undefined ? {} : ({ [key]: value } as Record<K, never>);
}

function camelCase(name: string): string {
  return name.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());
}

/** `all` alone, or ids; resolveOptions knows which there are. */
function toMeasures(values: unknown): unknown {
  return Array.isArray(values) && values[0] === 'all' ? 'all' : values;
}

type LimitOptions = Pick<
  CompareOptions,
  'limit' | 'limits' | 'kindLimits' | 'missingLimit' | 'supportLimit'
>;

/** `0.2` for all, else of a channel, a kind, or a column; `column:missing` is a column of that name. */
function toLimits(texts: string[]): LimitOptions {
  const options: LimitOptions = {};
  for (const text of texts) {
    if (!text.includes('=')) {
      options.limit = finite(text, '--limit');
      continue;
    }
    const [name, value] = pair(text, 'limit');
    const limit = finite(value, '--limit');
    if (name === 'missing') options.missingLimit = limit;
    else if (name === 'support') options.supportLimit = limit;
    else if (isKind(name)) options.kindLimits = { ...options.kindLimits, [name]: limit };
    else options.limits = { ...options.limits, [name.replace(/^column:/, '')]: limit };
  }
  return options;
}

function isKind(name: string): name is Kind {
  return ['numeric', 'categorical', 'datetime', 'boolean', 'text', 'identifier'].includes(name);
}

function toBins(texts: string[]): Pick<CompareOptions, 'bins' | 'binEdges'> {
  const options: Pick<CompareOptions, 'bins' | 'binEdges'> = {};
  for (const text of texts) {
    if (!text.includes('=')) {
      options.bins = finite(text, '--bins');
      continue;
    }
    const [name, edges] = pair(text, 'bins');
    const numbers = edges.split(',').map((edge) => finite(edge, '--bins'));
    options.binEdges = { ...options.binEdges, [name]: numbers };
  }
  return options;
}

function toMissingValues(texts: string[]): Pick<CompareOptions, 'missingValues'> {
  const entries = texts.map((text) => {
    const [name, values] = pair(text, 'missing');
    return [name, values.split(',')] as const;
  });
  return entries.length > 0 ? { missingValues: Object.fromEntries(entries) } : {};
}

function toRenames(texts: string[]): Pick<CompareOptions, 'renames'> {
  const renames = texts.map((text) => pair(text, 'rename'));
  return renames.length > 0 ? { renames: Object.fromEntries(renames) } : {};
}

function toSplit(text: unknown): Split | undefined {
  if (typeof text !== 'string') return undefined;
  if (!text.includes('=')) return { column: text };
  const [column, at] = pair(text, 'split-by');
  return { column, at };
}

/** Column names may hold `=` themselves, so the last one parts. */
function pair(text: string, option: string): [string, string] {
  const at = text.lastIndexOf('=');
  if (at < 1)
    throw new DriftError(
      'bad-option',
      messages.badOption(`--${option} needs column=value (got ${text})`),
    );
  return [text.slice(0, at), text.slice(at + 1)];
}

function finite(text: string, option: string): number {
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value)) {
    throw new DriftError(
      'bad-option',
      messages.badOption(`${option} needs a number (got ${text})`),
    );
  }
  return value;
}

function number(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value))
    throw new InvalidArgumentError('it must be a number.');
  return value;
}

function character(text: string): string {
  const found = text === '\\t' ? '\t' : text;
  if ([...found].length !== 1) throw new InvalidArgumentError('it must be one character.');
  return found;
}

function atMostCharacter(text: string): string {
  return text === '' ? '' : character(text);
}

function lineCount(text: string): number {
  if (!/^\d{1,6}$/.test(text)) throw new InvalidArgumentError('it must be a whole number.');
  return Number(text);
}

function encoding(text: string): Encoding {
  const name = text.toLowerCase().replace('_', '-');
  if (/^utf-?8$/.test(name)) return 'utf-8';
  if (/^utf-?16([lb]e)?$/.test(name)) return 'utf-16';
  if (/^(latin-?1|iso-?8859-1|windows-?1252|cp1252|ansi)$/.test(name)) return 'latin-1';
  throw new InvalidArgumentError('it must be utf-8, utf-16 or latin-1.');
}

function decimal(text: string): '.' | ',' {
  if (text !== '.' && text !== ',') throw new InvalidArgumentError('it must be . or a comma.');
  return text;
}

function bytes(text: string): number {
  const match = /^(\d+(?:\.\d+)?)\s*(MB|GB|TB)$/i.exec(text);
  const unit = { MB: 1e6, GB: 1e9, TB: 1e12 }[match?.[2]?.toUpperCase() ?? ''];
  if (!match || unit === undefined)
    throw new InvalidArgumentError('it must be a size such as 500MB or 4GB.');
  return Number(match[1]) * unit;
}

function list(text: string): string[] {
  return text.split(',');
}

function collect(text: string, earlier: string[]): string[] {
  return [...earlier, text];
}
