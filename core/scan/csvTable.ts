import type { ColumnSchema, Side } from '../contract.js';
import { DriftError } from '../errors.js';
import type { Database } from './database.js';
import type { DataFiles } from './dataFiles.js';
import { type Partition, partitionColumns } from './partitions.js';
import { columnId, literal, literalList } from './sql.js';

interface CsvSource {
  paths: string[];
  options: {
    delimiter: string;
    quote: string;
    header: boolean;
    lineEnd: '\n' | '\r\n';
    compression: DataFiles['compression'];
    longestRowBytes: number;
  };
  nullValues: string[];
  partitions: Partition[];
  /** The rows end with the number of the file that they come from. */
  isNumbered?: boolean;
}

/** The table named after a side, as the data engine parses it. */
export interface CsvTable {
  /** What could not be parsed; null where everything was. */
  load(): Promise<Error | null>;
  drop(): Promise<void>;
  /** Under the types that held. */
  columns(): ColumnSchema[];
  rowCount(): Promise<number>;
  /** Within values. */
  lineEndCount(): Promise<number>;
  /** Whether a value of several lines could be rows between two quotes that do not belong together. */
  hasRowsWithin(): Promise<boolean>;
  hasHeaderAgain(headerValues: readonly string[]): Promise<boolean>;
}

const usualRowBytes = 2_097_152;
/** Values that do not fit are told of up to here; more are found when the others are mended. */
const rejectsLimit = 10_000;

/**
 * Types come from a sample. Only where one proves wrong further down are the files parsed again, with that column as
 * text, so that no row is lost to it.
 */
export function createCsvTable(
  database: Database,
  side: Side,
  sniffed: readonly ColumnSchema[],
  source: CsvSource,
): CsvTable {
  const loaded = sniffed.map(({ name, storageType }) => ({
    name,
    storageType: loadedType(storageType),
  }));
  const texts = () =>
    loaded.flatMap(({ storageType }, index) =>
      storageType === 'VARCHAR' ? [columnId(index)] : [],
    );

  async function drop(): Promise<void> {
    for (const table of [side, `rejects_${side}`, `scans_${side}`]) {
      await database.run(`DROP TABLE IF EXISTS ${table}`);
    }
  }

  return {
    drop,
    columns: () => loaded,
    async load() {
      for (;;) {
        try {
          await database.run(createStatement(side, loaded, source));
        } catch (error) {
          if (error instanceof DriftError) throw error;
          await drop();
          return error instanceof Error ? error : new Error(String(error));
        }
        const [fault] = await database.rows(
          `SELECT error_message FROM rejects_${side} WHERE error_type <> 'CAST' LIMIT 1`,
        );
        if (fault) return new Error(String(fault[0]));
        const better = await betterTypes(database, side, sniffed, loaded);
        if (better.size === 0) return null;
        for (const [index, storageType] of better)
          Object.assign(loaded[index] ?? {}, { storageType });
        await drop();
      }
    },
    async rowCount() {
      const [counted = []] = await database.rows(`SELECT count(*) FROM ${side}`);
      return Number(counted[0]);
    },
    async lineEndCount() {
      const ids = texts();
      if (ids.length === 0) return 0;
      const counts = ids.map((id) => `coalesce(sum(${countIn(id, '\n')}), 0)`);
      const [counted = []] = await database.rows(`SELECT ${counts.join(' + ')} FROM ${side}`);
      return Number(counted[0]);
    },
    async hasRowsWithin() {
      // the lines between the first and the last would have all delimiters of a row
      const tests = texts().map((id) => {
        const lineEnds = countIn(id, '\n');
        const delimiters = countIn(id, source.options.delimiter);
        return `(${lineEnds} > 1 AND ${delimiters} >= (${lineEnds} - 1) * ${loaded.length - 1})`;
      });
      if (tests.length === 0 || loaded.length < 2) return false;
      const [found = []] = await database.rows(
        `SELECT count(*) FROM ${side} WHERE ${tests.join(' OR ')}`,
      );
      return Number(found[0]) > 0;
    },
    async hasHeaderAgain(headerValues) {
      // a name where numbers stand would not have been parsed
      if (headerValues.length < 2 || texts().length < loaded.length) return false;
      const tests = headerValues
        .slice(0, 50)
        .flatMap((value, index) =>
          value.includes('\0') ? [] : `coalesce(${columnId(index)}, '') = ${literal(value)}`,
        );
      const [found = []] = await database.rows(
        `SELECT count(*) FROM ${side} WHERE ${tests.join(' AND ') || 'false'}`,
      );
      return Number(found[0]) > 0;
    },
  };
}

/** How often a character stands in a text. */
function countIn(id: string, character: string): string {
  return `(length(${id}) - length(replace(${id}, ${literal(character)}, '')))`;
}

function createStatement(side: Side, loaded: readonly ColumnSchema[], source: CsvSource): string {
  const { paths, options, nullValues, partitions, isNumbered } = source;
  const columns = loaded.map(({ storageType }, index) => `'${columnId(index)}': '${storageType}'`);
  if (isNumbered) columns.push(`'file_number': 'BIGINT'`);
  const settings = [
    'auto_detect = false',
    'hive_partitioning = false',
    `compression = '${options.compression ?? 'none'}'`,
    `columns = {${columns.join(', ')}}`,
    `delim = ${literal(options.delimiter)}`,
    `quote = ${literal(options.quote)}`,
    `escape = ${literal(options.quote)}`,
    `comment = ''`,
    `header = ${options.header}`,
    // else it is told from the first one, also from one within a value
    `new_line = '${options.lineEnd === '\n' ? '\\n' : '\\r\\n'}'`,
    `nullstr = ${literalList(nullValues)}`,
    `max_line_size = ${Math.max(usualRowBytes, options.longestRowBytes + 1_000)}`,
    'store_rejects = true',
    `rejects_table = 'rejects_${side}'`,
    `rejects_scan = 'scans_${side}'`,
    `rejects_limit = ${rejectsLimit}`,
  ];
  const csv = `read_csv(${literalList(paths)}, ${settings.join(', ')})`;
  const ids = loaded.map((_, index) => columnId(index)).join(', ');
  if (partitions.length === 0) return `CREATE TABLE ${side} AS SELECT ${ids} FROM ${csv}`;
  const number = isNumbered ? 'file_number AS file_index' : 'file_index';
  return `CREATE TABLE ${side} AS SELECT ${ids}${partitionColumns(partitions, loaded.length)}
    FROM (SELECT ${ids}, ${number} FROM ${csv})`;
}

/**
 * Numbers are read as doubles, so that a fraction after thousands of whole numbers is no surprise, and
 * flags as they are written: a column of NO may hold a country.
 */
function loadedType(sniffed: string): string {
  return sniffed === 'BIGINT' ? 'DOUBLE' : sniffed;
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
  const unfit = await database.rows(
    `SELECT DISTINCT column_idx FROM rejects_${side} WHERE error_type = 'CAST'`,
  );
  for (const [number] of unfit) {
    const index = Number(number) - 1;
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
