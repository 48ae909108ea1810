import { type Command, InvalidArgumentError } from 'commander';
import { badOption, type CompareOptions, type Kind, kinds, type Split } from '../core/index.js';
import { list, type OptionValues, optional } from './optionValues.js';

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
      '--sample-rows <number>',
      'put so many rows of each side, as they stand, into the HTML page and the JSON (none)',
      number,
    )
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
    .option('--no-cube', 'do not count columns together for linked selection')
    .option('--seed <number>', 'of every simulation (1)', number)
    .option(
      '--memory <size>',
      'for the data engine, such as 4GB (a quarter of the machine’s)',
      bytes,
    )
    .option('--threads <number>', 'workers at most (one less than processors)', number);
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
    // commander's default for what `--no-` begins is true
    ...(values.cube === false && { cube: false }),
    ...optional('seed', values.seed),
    ...optional('sample', values.sample),
    ...optional('sampleRows', values.sampleRows),
    ...toRenames(values.rename as string[]),
    ...optional('splitBy', toSplit(values.splitBy)),
    ...optional('memoryBytes', values.memory),
  };
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
  return (kinds as readonly string[]).includes(name);
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
  if (at < 1) throw badOption(`--${option} needs column=value (got ${text})`);
  return [text.slice(0, at), text.slice(at + 1)];
}

function finite(text: string, option: string): number {
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value)) {
    throw badOption(`${option} needs a number (got ${text})`);
  }
  return value;
}

function number(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value))
    throw new InvalidArgumentError('it must be a number.');
  return value;
}

function bytes(text: string): number {
  const match = /^(\d+(?:\.\d+)?)\s*(MB|GB|TB)$/i.exec(text);
  const unit = { MB: 1e6, GB: 1e9, TB: 1e12 }[match?.[2]?.toUpperCase() ?? ''];
  if (!match || unit === undefined)
    throw new InvalidArgumentError('it must be a size such as 500MB or 4GB.');
  return Number(match[1]) * unit;
}

function collect(text: string, earlier: string[]): string[] {
  return [...earlier, text];
}
