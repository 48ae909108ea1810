import type { CompareOptions, Kind } from '../core/contract.js';

/** The comparison as a command line: what differs from the defaults, quoted for a POSIX shell. */
export function compareCommand(
  reference: string,
  current: string,
  options: CompareOptions,
): string {
  const words = ['npx', 'driftglass', 'compare', fileWord(reference), fileWord(current)];
  return [...words, ...optionWords(options)].map(shellWord).join(' ');
}

/** One option by itself, as `--missing age=-1,999`. */
export function missingOption(column: string, values: string[]): string {
  return `--missing ${shellWord(`${column}=${values.join(',')}`)}`;
}

/** A word that the shell hands on as it is. */
export function shellWord(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}

/** A name that starts like an option is no option. */
function fileWord(path: string): string {
  return path.startsWith('-') ? `./${path}` : path;
}

function optionWords(options: CompareOptions): string[] {
  const { columns, exclude, kinds, limits, kindLimits, binEdges, missingValues, measures } =
    options;
  return [
    ...word('--title', options.title),
    ...word('--columns', columns?.join(',')),
    ...word('--exclude', exclude?.join(',') || undefined),
    ...byName('--kind', kinds, (kind) => kind),
    ...word('--alpha', unless(options.alpha, 0.05)),
    ...word('--correction', unless(options.correction, 'bh')),
    ...word('--limit', unless(options.limit, 0.1)),
    ...word('--limit', named('missing', unless(options.missingLimit, 0.05))),
    ...word('--limit', named('support', unless(options.supportLimit, 0.01))),
    ...byName('--limit', kindLimits, String),
    ...byName('--limit', limits, String, limitName),
    ...word('--bins', unless(options.bins, 10)),
    ...byName('--bins', binEdges, (edges) => edges.join(',')),
    ...byName('--missing', missingValues, (values) => values.join(',')),
    ...word('--measures', (measures === 'all' ? 'all' : measures?.join(',')) || undefined),
    ...(options.baseline === true ? ['--baseline'] : []),
    ...word('--timestamp', options.timestamp),
    ...word('--profile', options.profile),
    ...word('--seed', unless(options.seed, 1)),
  ];
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

function unless<T>(value: T | undefined, usual: T): T | undefined {
  return value === usual ? undefined : value;
}

function named(name: string, value: number | undefined): string | undefined {
  return value === undefined ? undefined : `${name}=${value}`;
}

const limitWords = new Set<string>([
  'missing',
  'support',
  ...(['numeric', 'categorical', 'datetime', 'boolean', 'text', 'identifier'] satisfies Kind[]),
]);

/** A column that is called like a channel or a kind says that it is one. */
function limitName(column: string): string {
  return limitWords.has(column) || column.startsWith('column:') ? `column:${column}` : column;
}
