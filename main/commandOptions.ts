import { type Command, InvalidArgumentError, Option } from 'commander';
import {
  type CompareOptions,
  DriftError,
  type Kind,
  messages,
  type Reading,
  type Source,
} from '../core/index.js';

/** What commander collects for the options below. */
export interface OptionValues {
  [name: string]: unknown;
}

/** Options that say how to read the files; each again for one side only. */
export function addReadingOptions(command: Command): Command {
  for (const prefix of ['', 'reference-', 'current-']) {
    const side = prefix === '' ? 'both files' : `the ${prefix.slice(0, -1)} file`;
    command.addOption(
      new Option(`--${prefix}delimiter <character>`, `delimiter of ${side} (detected)`).argParser(
        delimiter,
      ),
    );
    // commander gives `--no-x` a default of true, which would hide that nothing was said
    command.addOption(
      new Option(`--${prefix}no-header`, `${side}: the first row is data`).default(undefined),
    );
    command.addOption(
      new Option(`--${prefix}names <a,b,c>`, `column names of ${side}`).argParser(list),
    );
    command.addOption(
      new Option(`--${prefix}null-values <?,NA>`, `spellings of missing in ${side}`).argParser(
        list,
      ),
    );
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
    .option('--alpha <number>', 'level of the corrected tests (0.05)', number)
    .option('--correction <method>', 'for many columns: bh, holm or none (bh)')
    .option(
      '--limit <number|column=number>',
      'from where on a difference of shape matters (0.1)',
      collect,
      [],
    )
    .option('--bins <number>', 'bins of PSI and Jensen-Shannon, at most (10)', number)
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
    ...optional('names', of('names')),
    ...optional('nullValues', of('null-values')),
    ...(isHeaderless(values, side) && { header: false }),
  };
  return { path, ...(Object.keys(reading).length > 0 && { reading }) };
}

export function toCompareOptions(values: OptionValues): CompareOptions {
  const { limit, limits } = toLimits(values.limit as string[]);
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
    ...optional('limit', limit),
    ...(Object.keys(limits).length > 0 && { limits }),
    ...optional('bins', values.bins),
    ...optional('seed', values.seed),
    ...optional('memoryBytes', values.memory),
  };
}

function isHeaderless(values: OptionValues, side: string): boolean {
  return values.header === false || values[camelCase(`${side}-no-header`)] === true;
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

function toLimits(texts: string[]): { limit: number | undefined; limits: Record<string, number> } {
  let limit: number | undefined;
  const limits: Record<string, number> = {};
  for (const text of texts) {
    if (!text.includes('=')) limit = finite(text, '--limit');
    else {
      const [name, value] = pair(text, 'limit');
      limits[name] = finite(value, '--limit');
    }
  }
  return { limit, limits };
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

function delimiter(text: string): string {
  const character = text === '\\t' ? '\t' : text;
  if ([...character].length !== 1) throw new InvalidArgumentError('it must be one character.');
  return character;
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
