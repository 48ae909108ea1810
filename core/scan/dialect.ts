import { basename } from 'node:path';
import type { ColumnSchema, Reading } from '../contract.js';
import { DriftError, messages } from '../errors.js';
import type { Database } from './database.js';
import type { DataFiles } from './dataFiles.js';
import { columnId, literal, literalList } from './sql.js';

/** Spellings that mean *missing* unless told otherwise. */
export const usualNullValues = ['', 'NA', 'N/A', 'n/a', '#N/A', 'NaN', 'nan', 'NULL', 'null'];

/** How a text file is written. */
export interface Dialect {
  delimiter: string;
  quote: string;
  escape: string;
  /** False where `quote` is only a guess, because the sample has none. */
  hasQuotes: boolean;
  comment: string;
  skipCount: number;
  header: boolean;
  dateFormat: string | null;
  timestampFormat: string | null;
  /** False where quotes or line ends follow no rule; values are then taken as they come. */
  isStrict: boolean;
  /** Under the storage types that the sample suggests. */
  columns: ColumnSchema[];
}

/**
 * The dialect of the first file, in which all of them are read.
 *
 * @throws {DriftError} when there is none to be found, when the files differ in it or in their
 *   columns, or when what was asked for is impossible
 */
export async function detectDialect(
  database: Database,
  files: DataFiles,
  reading: Reading,
): Promise<Dialect> {
  checkReading(reading);
  const options = [
    `compression = '${files.compression ?? 'none'}'`,
    'hive_partitioning = false',
    `nullstr = ${literalList(nullValuesOf(reading))}`,
    reading.delimiter === undefined ? null : `delim = ${literal(reading.delimiter)}`,
    reading.header === undefined ? null : `header = ${reading.header}`,
  ].filter((option) => option !== null);
  let first: Dialect | null = null;
  for (const path of files.paths) {
    const dialect = await sniff(database, path, options, files.name);
    dialect.columns = await withOwnNames(database, path, files, dialect);
    if (first && !isSameLayout(first, dialect)) {
      throw new DriftError(
        'file-damaged',
        messages.fileDamaged(files.name, `${basename(path)} has other columns than the first file`),
      );
    }
    first ??= dialect;
  }
  if (!first) throw new RangeError('detectDialect requires at least one file');
  const { names = [] } = reading;
  if (names.length > first.columns.length) {
    throw new DriftError(
      'bad-option',
      messages.tooManyNames(files.name, names.length, first.columns.length),
    );
  }
  first.columns = first.columns.map(({ name, storageType }, index) => ({
    name: names[index] ?? name,
    storageType,
  }));
  return first;
}

export function nullValuesOf(reading: Reading): string[] {
  return reading.nullValues ? ['', ...reading.nullValues] : usualNullValues;
}

function checkReading({ delimiter, names = [] }: Reading): void {
  if (delimiter !== undefined && !/^([^\r\n"]|\\t)$/u.test(delimiter)) {
    throw new DriftError('bad-option', messages.badDelimiter(delimiter));
  }
  const repeated = names.find((name, index) => names.indexOf(name) < index);
  if (repeated !== undefined) {
    throw new DriftError('bad-option', messages.repeatedName(repeated));
  }
}

/** By position, so the names must stand in the same order. */
function isSameLayout(first: Dialect, other: Dialect): boolean {
  const { columns } = other;
  return (
    columns.length === first.columns.length &&
    (columns.length === 1 || other.delimiter === first.delimiter) &&
    other.header === first.header &&
    (!first.header || columns.every(({ name }, index) => name === first.columns[index]?.name))
  );
}

const strict: string[] = [];
const forgiving = ['ignore_errors = true'];
const careless = ['ignore_errors = true', 'strict_mode = false'];

/** Strict first; then forgiving, so that a few ragged rows do not make a file unreadable. */
async function sniff(
  database: Database,
  path: string,
  options: string[],
  name: string,
): Promise<Dialect> {
  let cause: unknown;
  for (const tolerance of [strict, forgiving, careless]) {
    try {
      const dialect = await sniffOnce(database, path, [...options, ...tolerance]);
      if (tolerance === strict) return await lessNarrow(database, path, options, dialect);
      return { ...dialect, isStrict: tolerance !== careless };
    } catch (error) {
      if (error instanceof DriftError) throw error;
      cause = error;
    }
  }
  throw new DriftError('file-not-data', messages.fileNotData(name), { cause });
}

/** Ragged rows make the strict sniffer see one wide column whose name holds all the delimiters. */
async function lessNarrow(
  database: Database,
  path: string,
  options: string[],
  dialect: Dialect,
): Promise<Dialect> {
  const [only, second] = dialect.columns;
  if (!only || second || !/[,;|\t]/.test(only.name)) return dialect;
  try {
    const wide = await sniffOnce(database, path, [...options, ...forgiving]);
    return wide.columns.length > 1 && only.name.includes(wide.delimiter) ? wide : dialect;
  } catch (error) {
    if (error instanceof DriftError) throw error;
    return dialect;
  }
}

async function sniffOnce(database: Database, path: string, options: string[]): Promise<Dialect> {
  const rows = await database.rows(
    `SELECT Delimiter, Quote, Escape, Comment, SkipRows, HasHeader, Columns, DateFormat, TimestampFormat
     FROM sniff_csv(${[literal(path), ...options].join(', ')})`,
  );
  const [delimiter, quote, escaped, comment, skipCount, header, columns, dateFormat, timeFormat] =
    rows[0] ?? [];
  return {
    delimiter: optional(delimiter) || ',',
    quote: optional(quote) || '"',
    escape: optional(escaped) || optional(quote) || '"',
    hasQuotes: optional(quote) !== '',
    comment: optional(comment),
    skipCount: Number(skipCount),
    header: header === true,
    columns: (columns as { name: string; type: string }[]).map(({ name, type }) => ({
      name,
      storageType: type,
    })),
    dateFormat: typeof dateFormat === 'string' ? dateFormat : null,
    timestampFormat: typeof timeFormat === 'string' ? timeFormat : null,
    isStrict: true,
  };
}

function optional(value: unknown): string {
  return typeof value === 'string' && value !== '(empty)' ? value : '';
}

/** DuckDB renames columns that differ in case only (a, A becomes a, A_1); here they are two names. */
async function withOwnNames(
  database: Database,
  path: string,
  files: DataFiles,
  { columns, ...dialect }: Dialect,
): Promise<ColumnSchema[]> {
  const found = columns.map(({ name }) => name.toLowerCase());
  const base = (name: string) => name.replace(/(_\d+)+$/, '');
  const isRenamed = found.some((name) => name !== base(name) && found.includes(base(name)));
  if (!dialect.header || !isRenamed) return columns;
  const texts = columns.map((_, index) => `'${columnId(index)}': 'VARCHAR'`).join(', ');
  const rows = await database.rows(
    `SELECT * FROM read_csv(${literal(path)}, auto_detect = false, columns = {${texts}},
      compression = '${files.compression ?? 'none'}', hive_partitioning = false, ignore_errors = true, header = false,
      strict_mode = ${dialect.isStrict}, delim = ${literal(dialect.delimiter)}, quote = ${literal(dialect.quote)},
      escape = ${literal(dialect.escape)}, comment = ${literal(dialect.comment)}, skip = ${dialect.skipCount}) LIMIT 1`,
  );
  const names = (rows[0] ?? []).map((name) => String(name ?? '').trim());
  const used = new Set<string>();
  return columns.map(({ name, storageType }, index) => {
    // only where it is the same name, and not a row that was taken for the header
    const own = names[index] || name;
    let free = base(name.toLowerCase()) === base(own.toLowerCase()) ? own : name;
    while (used.has(free)) free = `${free}_1`;
    used.add(free);
    return { name: free, storageType };
  });
}
