import { type Command, InvalidArgumentError, Option } from 'commander';
import type { Encoding, Reading, Source } from '../core/index.js';
import { list, type OptionValues, optional } from './optionValues.js';

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

/** What is said of one side goes before what is said of both. */
function headerOf(values: OptionValues, side: string): Pick<Reading, 'header'> {
  if (values[camelCase(`${side}-no-header`)] === true) return { header: false };
  const header = values[camelCase(`${side}-header`)] ?? values.header;
  return typeof header === 'boolean' ? { header } : {};
}

function camelCase(name: string): string {
  return name.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());
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
