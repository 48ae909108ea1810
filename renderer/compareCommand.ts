import {
  type CompareOptions,
  type Kind,
  kinds,
  type Reading,
  type Side,
  type Source,
} from '../core/contract.js';
import { chosenOptions, shownPath } from './chosenOptions.js';

/** The comparison as a command line: what differs from the defaults, quoted for a POSIX shell. */
export function compareCommand(
  reference: Source,
  current: Source,
  options: CompareOptions,
): string {
  const files = options.splitBy === undefined ? [reference, current] : [reference];
  const words = [
    ...['npx', 'driftglass', 'compare', ...files.map(fileWord)],
    ...readingWords(reference.reading ?? {}, current.reading ?? {}),
    ...word('--reference-where', reference.where),
    ...word('--current-where', current.where),
    ...optionWords(options),
  ];
  return words.map(shellWord).join(' ');
}

/** What was chosen for one side alone, as options to add to a command. */
export function sideOptions(side: Side, source: Source, kinds: Record<string, Kind>): string {
  const words = [
    ...readingKeys.flatMap((key) => readingWord(source.reading ?? {}, key, `${side}-`)),
    ...word(`--${side}-where`, source.where),
    ...byName('--kind', kinds, (kind) => kind),
  ];
  return words.map(shellWord).join(' ');
}

/** One option by itself, as `--missing age=-1,999`. */
export function missingOption(column: string, values: string[]): string {
  return `--missing ${shellWord(`${column}=${values.join(',')}`)}`;
}

/** One rename by itself, as `--rename customer=client`. */
export function renameOption(reference: string, current: string): string {
  return `--rename ${shellWord(`${reference}=${current}`)}`;
}

/** A word that the shell hands on as it is. */
export function shellWord(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}

/** One that starts like an option is none. */
function fileWord(source: Source): string {
  const shown = shownPath(source);
  return shown.startsWith('-') ? `./${shown}` : shown;
}

const readingKeys = [
  'delimiter',
  'quote',
  'escape',
  'comment',
  'skipLineCount',
  'header',
  'names',
  'nullValues',
  'encoding',
  'decimal',
  'thousands',
  'dateFormat',
  'strict',
] as const satisfies readonly (keyof Reading)[];

/** Said once for both sides where it is the same, else for each. */
function readingWords(reference: Reading, current: Reading): string[] {
  return readingKeys.flatMap((key) => {
    const both = readingWord(reference, key, '');
    if (both.join('\0') === readingWord(current, key, '').join('\0')) return both;
    return [...readingWord(reference, key, 'reference-'), ...readingWord(current, key, 'current-')];
  });
}

function readingWord(reading: Reading, key: keyof Reading, prefix: string): string[] {
  const value = reading[key];
  if (key === 'header')
    return value === undefined ? [] : [`--${prefix}${value ? '' : 'no-'}header`];
  if (key === 'strict') return value === true ? [`--${prefix}strict`] : [];
  const name = {
    skipLineCount: 'skip-lines',
    nullValues: 'null-values',
    dateFormat: 'date-format',
  };
  const option = `--${prefix}${Object.hasOwn(name, key) ? name[key as keyof typeof name] : key}`;
  if (Array.isArray(value)) return word(option, value.join(','));
  return word(option, value === '\t' ? '\\t' : (value as string | number | undefined));
}

function optionWords(asked: CompareOptions): string[] {
  const options = chosenOptions(asked);
  const { columns, exclude, kinds, limits, kindLimits, binEdges, missingValues, measures } =
    options;
  return [
    ...word('--title', options.title),
    ...word('--columns', columns?.join(',')),
    ...word('--exclude', exclude?.join(',')),
    ...byName('--kind', kinds, (kind) => kind),
    ...word('--alpha', options.alpha),
    ...word('--correction', options.correction),
    ...word('--limit', options.limit),
    ...word('--limit', named('missing', options.missingLimit)),
    ...word('--limit', named('support', options.supportLimit)),
    ...byName('--limit', kindLimits, String),
    ...byName('--limit', limits, String, limitName),
    ...word('--bins', options.bins),
    ...byName('--bins', binEdges, (edges) => edges.join(',')),
    ...byName('--missing', missingValues, (values) => values.join(',')),
    ...word('--measures', measures === 'all' ? 'all' : measures?.join(',')),
    ...(options.baseline === true ? ['--baseline'] : []),
    ...word('--timestamp', options.timestamp),
    ...word('--profile', options.profile),
    ...(options.cube === false ? ['--no-cube'] : []),
    ...word('--seed', options.seed),
    ...word('--sample', options.sample),
    ...word('--sample-rows', options.sampleRows),
    ...word('--split-by', splitWord(options.splitBy)),
    ...byName('--rename', options.renames, (current) => current),
  ];
}

function splitWord(split: CompareOptions['splitBy']): string | undefined {
  return split?.at === undefined ? split?.column : `${split.column}=${split.at}`;
}

function word(option: string, value: string | number | undefined): string[] {
  if (value === undefined) return [];
  const text = String(value);
  return text.startsWith('-') ? [`${option}=${text}`] : [option, text];
}

function byName<T>(
  option: string,
  values: Partial<Record<string, T>> | undefined,
  write: (value: T) => string,
  name: (column: string) => string = (column) => column,
): string[] {
  return Object.entries(values ?? {}).flatMap(([column, value]) =>
    value === undefined ? [] : word(option, `${name(column)}=${write(value)}`),
  );
}

function named(name: string, value: number | undefined): string | undefined {
  return value === undefined ? undefined : `${name}=${value}`;
}

const limitWords = new Set<string>(['missing', 'support', ...kinds]);

/** A column that is called like a channel or a kind says that it is one. */
function limitName(column: string): string {
  return limitWords.has(column) || column.startsWith('column:') ? `column:${column}` : column;
}
