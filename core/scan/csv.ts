import type { ColumnSchema, Dataset, Reading, Side } from '../contract.js';
import { DriftError, messages } from '../errors.js';
import type { Database } from './database.js';
import type { DataFiles } from './dataFiles.js';
import { type Dialect, detectDialect, nullValuesOf } from './dialect.js';
import { countRejects, firstLine, readRejects, unfitColumns } from './rejects.js';
import { columnId, literal, literalList } from './sql.js';

export interface LoadedCsv
  extends Pick<Dataset, 'columns' | 'rejectedRowCount' | 'rejectedReasons' | 'rejectedRows'> {
  dialect: NonNullable<Dataset['dialect']>;
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
  const nullValues = nullValuesOf(reading);
  const sniffed = dialect.columns;
  dialect.columns = sniffed.map(({ name, storageType }) => ({
    name,
    storageType: loadedType(storageType),
  }));
  await load(database, files, side, dialect, nullValues);
  const { rowCount, quoteFaultCount } = await countRejects(database, side);
  if (!dialect.hasQuotes && quoteFaultCount > 0) {
    // the sample has no quotes: perhaps those further down are part of the values
    const { quote, escape: escaped } = dialect;
    Object.assign(dialect, { quote: '', escape: '' });
    await reload(database, files, side, dialect, nullValues);
    if ((await countRejects(database, side)).rowCount >= rowCount) {
      Object.assign(dialect, { quote, escape: escaped });
      await reload(database, files, side, dialect, nullValues);
    }
  }
  for (;;) {
    const better = await betterTypes(database, side, sniffed, dialect.columns);
    if (better.size === 0) break;
    dialect.columns = dialect.columns.map(({ name, storageType }, index) => ({
      name,
      storageType: better.get(index) ?? storageType,
    }));
    await reload(database, files, side, dialect, nullValues);
  }
  const { delimiter, quote, header, columns } = dialect;
  return {
    columns,
    dialect: {
      delimiter,
      quote,
      escape: dialect.escape,
      comment: dialect.comment,
      skipLineCount: dialect.skipCount,
      header,
      nullValues,
      encoding: 'utf-8',
      decimal: '.',
      thousands: '',
      dateFormat: dialect.dateFormat,
      timestampFormat: dialect.timestampFormat,
      compression: files.compression,
    },
    ...(await readRejects(database, files, side, dialect)),
  };
}

async function reload(
  database: Database,
  files: DataFiles,
  side: Side,
  dialect: Dialect,
  nullValues: string[],
): Promise<void> {
  for (const table of [side, `rejects_${side}`, `scans_${side}`]) {
    await database.run(`DROP TABLE ${table}`);
  }
  await load(database, files, side, dialect, nullValues);
}

/**
 * Numbers are read as doubles, so that a fraction after thousands of whole numbers is no surprise, and
 * flags as they are written: a column of NO may hold a country.
 */
function loadedType(sniffed: string): string {
  if (/^(TINYINT|SMALLINT|INTEGER|BIGINT|FLOAT|DOUBLE)$/.test(sniffed)) return 'DOUBLE';
  if (/^(DATE|TIMESTAMP|TIMESTAMP WITH TIME ZONE)$/.test(sniffed)) return sniffed;
  return 'VARCHAR';
}

/** Text where a value did not fit, 64-bit integers where doubles lose digits; by column index. */
async function betterTypes(
  database: Database,
  side: Side,
  sniffed: readonly ColumnSchema[],
  columns: readonly ColumnSchema[],
): Promise<Map<number, string>> {
  const better = new Map<number, string>();
  const whole = columns.flatMap(({ storageType }, index) =>
    storageType === 'DOUBLE' && sniffed[index]?.storageType === 'BIGINT' ? [index] : [],
  );
  const extremes = await readExtremes(database, side, whole);
  const wide = whole.filter((_, position) => (extremes[position] ?? 0) > Number.MAX_SAFE_INTEGER);
  for (const index of wide) {
    const id = columnId(index);
    const rows = await database.rows(
      `SELECT bool_and(${id} = trunc(${id}) AND isfinite(${id})) FROM ${side}`,
    );
    if (rows[0]?.[0] === true) better.set(index, 'BIGINT');
  }
  for (const index of await unfitColumns(database, side)) {
    if (columns[index]?.storageType !== 'VARCHAR') better.set(index, 'VARCHAR');
  }
  return better;
}

/** The largest absolute value per column; a filter inside of many aggregates would be slow. */
async function readExtremes(
  database: Database,
  side: Side,
  indexes: readonly number[],
): Promise<number[]> {
  if (indexes.length === 0) return [];
  const list = indexes.map((index) => `max(abs(${columnId(index)}))`).join(', ');
  const rows = await database.rows(`SELECT ${list} FROM ${side}`);
  return (rows[0] ?? []).map(Number);
}

/** Strictly first; rules that are broken further down than the sample are then let go. */
async function load(
  database: Database,
  files: DataFiles,
  side: Side,
  dialect: Dialect,
  nullValues: string[],
): Promise<void> {
  const columns = dialect.columns.map(
    ({ storageType }, index) => `'${columnId(index)}': '${storageType}'`,
  );
  const options = [
    'auto_detect = false',
    'hive_partitioning = false',
    `compression = '${files.compression ?? 'none'}'`,
    `columns = {${columns.join(', ')}}`,
    `delim = ${literal(dialect.delimiter)}`,
    `quote = ${literal(dialect.quote)}`,
    `escape = ${literal(dialect.escape)}`,
    `comment = ${literal(dialect.comment)}`,
    `skip = ${dialect.skipCount}`,
    `header = ${dialect.header}`,
    `strict_mode = ${dialect.isStrict}`,
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
    if (dialect.isStrict) {
      dialect.isStrict = false;
      return load(database, files, side, dialect, nullValues);
    }
    const why = error instanceof Error ? firstLine(error.message) : String(error);
    throw new DriftError('file-damaged', messages.fileDamaged(files.name, why), { cause: error });
  }
}
