import { basename } from 'node:path';
import type { Dataset, Reading, RejectedRow, Side } from '../contract.js';
import { DriftError, messages } from '../errors.js';
import type { Database } from './database.js';
import type { DataFiles } from './dataFiles.js';
import { columnId, literal, literalList } from './sql.js';

/** Spellings that mean *missing* unless told otherwise. */
export const usualNullValues = ['', 'NA', 'N/A', 'n/a', '#N/A', 'NaN', 'nan', 'NULL', 'null'];

const keptRejectCount = 1_000;

interface Dialect {
  delimiter: string;
  quote: string;
  escape: string;
  comment: string;
  skipCount: number;
  header: boolean;
  dateFormat: string | null;
  timestampFormat: string | null;
  columns: { name: string; storageType: string }[];
}

export interface LoadedCsv {
  columns: { name: string; storageType: string }[];
  dialect: NonNullable<Dataset['dialect']>;
  rejectedRowCount: number;
  rejectedRows: RejectedRow[];
}

/**
 * Parses CSV files into a table once, with types from a sample. Only where a type proves wrong
 * further down are the files parsed again, with that column as text, so that no row is lost to it.
 */
export async function loadCsv(
  database: Database,
  files: DataFiles,
  side: Side,
  reading: Reading,
): Promise<LoadedCsv> {
  const dialect = await detectDialect(database, files, reading);
  const nullValues = reading.nullValues ? ['', ...reading.nullValues] : usualNullValues;
  let rejects = await load(database, files, side, dialect, nullValues);
  const wrong = new Set(
    rejects.filter((reject) => reject.isCast).map((reject) => reject.columnIndex),
  );
  if (wrong.size > 0) {
    for (const index of wrong) {
      const column = dialect.columns[index];
      if (column) column.storageType = 'VARCHAR';
    }
    await database.run(`DROP TABLE ${side}; DROP TABLE rejects_${side}; DROP TABLE scans_${side}`);
    rejects = await load(database, files, side, dialect, nullValues);
  }
  const rows = await database.rows(
    `SELECT count(*) FROM (SELECT DISTINCT file_id, line FROM rejects_${side})`,
  );
  const names = files.paths.map((path) => basename(path));
  return {
    columns: dialect.columns,
    dialect: {
      delimiter: dialect.delimiter,
      quote: dialect.quote,
      header: dialect.header,
      compression: files.compression,
    },
    rejectedRowCount: Number(rows[0]?.[0] ?? 0),
    rejectedRows: oncePerLine(rejects).map((reject) => ({
      file: names[reject.fileIndex] ?? files.name,
      lineNumber: reject.lineNumber,
      columnName: dialect.columns[reject.columnIndex]?.name ?? null,
      reason: reject.reason,
      text: reject.text,
    })),
  };
}

async function detectDialect(
  database: Database,
  files: DataFiles,
  reading: Reading,
): Promise<Dialect> {
  const options = [
    `nullstr = ${literalList(reading.nullValues ? ['', ...reading.nullValues] : usualNullValues)}`,
    reading.delimiter === undefined ? null : `delim = ${literal(reading.delimiter)}`,
    reading.header === undefined ? null : `header = ${reading.header}`,
  ].filter((option) => option !== null);
  let first: Dialect | null = null;
  for (const path of files.paths) {
    const dialect = await sniff(database, path, options, files.name);
    if (first && first.columns.length !== dialect.columns.length) {
      throw new DriftError(
        'file-damaged',
        messages.fileDamaged(files.name, `${basename(path)} has other columns than the first file`),
      );
    }
    first ??= dialect;
  }
  if (!first) throw new RangeError('detectDialect requires at least one file');
  first.columns = first.columns.map(({ name, storageType }, index) => ({
    name: reading.names?.[index] ?? name,
    storageType: loadedType(storageType),
  }));
  return first;
}

/** Strict first; then forgiving, so that a few ragged rows do not make a file unreadable. */
async function sniff(
  database: Database,
  path: string,
  options: string[],
  name: string,
): Promise<Dialect> {
  for (const tolerance of [
    [],
    ['ignore_errors = true'],
    ['ignore_errors = true', 'strict_mode = false'],
  ]) {
    const sql = `SELECT Delimiter, Quote, Escape, Comment, SkipRows, HasHeader, Columns, DateFormat, TimestampFormat
      FROM sniff_csv(${[literal(path), ...options, ...tolerance].join(', ')})`;
    const rows = await database.rows(sql).catch((error: unknown) => {
      if (error instanceof DriftError) throw error;
      return null;
    });
    const row = rows?.[0];
    if (!row) continue;
    const [
      delimiter,
      quote,
      escapeCharacter,
      comment,
      skipCount,
      header,
      columns,
      dateFormat,
      timestampFormat,
    ] = row;
    return {
      delimiter: optional(delimiter) || ',',
      // where the sample has no quotes, later rows may
      quote: optional(quote) || '"',
      escape: optional(escapeCharacter) || optional(quote) || '"',
      comment: optional(comment),
      skipCount: Number(skipCount),
      header: header === true,
      columns: (columns as { name: string; type: string }[]).map((column) => ({
        name: column.name,
        storageType: column.type,
      })),
      dateFormat: typeof dateFormat === 'string' ? dateFormat : null,
      timestampFormat: typeof timestampFormat === 'string' ? timestampFormat : null,
    };
  }
  throw new DriftError('file-not-data', messages.fileNotData(name));
}

function optional(value: unknown): string {
  return typeof value === 'string' && value !== '(empty)' ? value : '';
}

/** Numbers are read as doubles, so that a fraction after thousands of whole numbers is no surprise. */
function loadedType(sniffed: string): string {
  if (/^(TINYINT|SMALLINT|INTEGER|BIGINT|FLOAT|DOUBLE)$/.test(sniffed)) return 'DOUBLE';
  if (/^(BOOLEAN|DATE|TIMESTAMP|TIMESTAMP WITH TIME ZONE)$/.test(sniffed)) return sniffed;
  return 'VARCHAR';
}

interface Reject {
  fileIndex: number;
  lineNumber: number | null;
  columnIndex: number;
  isCast: boolean;
  reason: string;
  text: string;
}

async function load(
  database: Database,
  files: DataFiles,
  side: Side,
  dialect: Dialect,
  nullValues: string[],
): Promise<Reject[]> {
  const columns = dialect.columns.map(
    ({ storageType }, index) => `'${columnId(index)}': '${storageType}'`,
  );
  const options = [
    'auto_detect = false',
    `columns = {${columns.join(', ')}}`,
    `delim = ${literal(dialect.delimiter)}`,
    `quote = ${literal(dialect.quote)}`,
    `escape = ${literal(dialect.escape)}`,
    `comment = ${literal(dialect.comment)}`,
    `skip = ${dialect.skipCount}`,
    `header = ${dialect.header}`,
    `nullstr = ${literalList(nullValues)}`,
    'store_rejects = true',
    `rejects_table = 'rejects_${side}'`,
    `rejects_scan = 'scans_${side}'`,
    dialect.dateFormat ? `dateformat = ${literal(dialect.dateFormat)}` : null,
    dialect.timestampFormat ? `timestampformat = ${literal(dialect.timestampFormat)}` : null,
  ].filter((option) => option !== null);
  const source = `read_csv(${literalList(files.paths)}, ${options.join(', ')})`;
  try {
    await database.run(`CREATE TABLE ${side} AS SELECT * FROM ${source}`);
  } catch (error) {
    if (error instanceof DriftError) throw error;
    const why = error instanceof Error ? firstLine(error.message) : String(error);
    throw new DriftError('file-damaged', messages.fileDamaged(files.name, why), { cause: error });
  }
  const rows = await database.rows(
    `SELECT file_id, line, column_idx, error_type, csv_line, error_message FROM rejects_${side}
     WHERE error_type = 'CAST' QUALIFY row_number() OVER (PARTITION BY column_idx ORDER BY file_id, line) = 1
     UNION ALL
     (SELECT file_id, line, column_idx, error_type, left(csv_line, 200), error_message FROM rejects_${side}
      ORDER BY file_id, line, column_idx LIMIT ${4 * keptRejectCount})`,
  );
  return rows.map(([fileIndex, line, columnIndex, type, text, message]) => ({
    fileIndex: Number(fileIndex),
    lineNumber: line === null ? null : Number(line),
    columnIndex: Number(columnIndex) - 1,
    isCast: type === 'CAST',
    reason: rejectReason(String(type), String(message)),
    text: String(text ?? '').slice(0, 200),
  }));
}

function rejectReason(type: string, message: string): string {
  const counts = /Expected Number of Columns: (\d+) Found: (\d+)/.exec(message);
  if (counts) return `expected ${counts[1]} values, found ${counts[2]}`;
  const reasons: Record<string, string> = {
    'UNQUOTED VALUE': 'a quote is opened and not closed',
    'LINE SIZE OVER MAXIMUM': 'the line is longer than 2 MB',
    'INVALID ENCODING': 'not valid UTF-8',
    'INVALID STATE': 'quotes in the wrong place',
  };
  return reasons[type] ?? firstLine(message);
}

function oncePerLine(rejects: Reject[]): Reject[] {
  const byLine = new Map<string, Reject>();
  for (const reject of rejects) byLine.set(`${reject.fileIndex}:${reject.lineNumber}`, reject);
  return [...byLine.values()]
    .sort((a, b) => a.fileIndex - b.fileIndex || (a.lineNumber ?? 0) - (b.lineNumber ?? 0))
    .slice(0, keptRejectCount);
}

function firstLine(text: string): string {
  return (text.split('\n')[0] ?? '').replace(/^[A-Za-z ]*Error: /, '').slice(0, 160);
}
