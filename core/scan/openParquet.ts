import { basename } from 'node:path';
import type { ColumnSchema, Reading, Side } from '../contract.js';
import { DriftError, messages } from '../errors.js';
import type { Database } from './database.js';
import type { DataFiles } from './dataFiles.js';
import { fileStamp } from './fileStamp.js';
import type { ParquetSource } from './parquetNumbers.js';
import { partitionColumns } from './partitions.js';
import { readableParquet } from './readableParquet.js';
import { columnId, knownColumn, literal, literalList } from './sql.js';
import { uniqueNames } from './uniqueNames.js';

/** Bytes that a few bytes of a file may stand for, and times as many; a constant column packs well. */
const largestUnfolded = 5e8;
const mostTimesUnfolded = 10_000;

export interface OpenedParquet {
  columns: ColumnSchema[];
  /** Null where the view is over other files, which were written for it. */
  source: ParquetSource | null;
}

/**
 * Puts Parquet files behind a view; they are read when it is. Files of one dataset are matched by
 * column name, and a column takes a type that holds the values of all.
 */
export async function openParquet(
  database: Database,
  files: DataFiles,
  side: Side,
  { nullValues }: Reading,
  signal?: AbortSignal,
): Promise<OpenedParquet> {
  try {
    const stamped = await Promise.all(
      files.paths.map(async (path) => ({ path, stamp: await fileStamp(path).catch(() => '') })),
    );
    const described = await describe(database, parquetSource(files.paths));
    const footers = await readFooters(database, files);
    checkSize(files, footers, described.length);
    await checkAlike(database, files, described);
    const own = await ownNames(database, files, described);
    const paths = footers.isDoubtful ? await readable(database, files, side, signal) : files.paths;
    const source = parquetSource(paths);
    const columns = described.map(({ storageType }, index) => ({
      name: own[index] ?? '',
      storageType,
    }));
    const lost = await unreadable(database, source, files, columns);
    const ids = columns.map((_, index) => columnId(index));
    const list = columns.map(({ storageType }, index) =>
      lost.has(index)
        ? `NULL::VARCHAR AS ${ids[index]}`
        : knownColumn(index, storageType, nullValues),
    );
    const partitions = partitionColumns(files.partitions, columns.length);
    await database.run(
      `CREATE VIEW ${side} AS SELECT ${list.join(', ')}${partitions} FROM ${source} AS files(${ids.join(', ')})`,
    );
    const isAsItStands = paths.every((path, index) => path === files.paths[index]);
    return {
      columns: columns.map((column, index) => {
        const why = lost.get(index);
        return why === undefined
          ? column
          : { ...column, storageType: `${column.storageType}, unreadable: ${why}` };
      }),
      source: isAsItStands ? { files: stamped, names: described.map(({ name }) => name) } : null,
    };
  } catch (error) {
    if (isReadFault(error)) throw damaged(files, error);
    throw error;
  }
}

/** Not ours, not a wrong statement of ours. */
export function isReadFault(error: unknown): boolean {
  return (
    error instanceof Error &&
    !(error instanceof DriftError) &&
    !(error instanceof RangeError) &&
    !(error instanceof TypeError) &&
    !/^(Binder|Parser|Catalog) Error/.test(error.message)
  );
}

/** What is wrong with a file, in one sentence. */
export function damaged(files: DataFiles, cause: unknown): DriftError {
  const why = cause instanceof Error ? unsupported(cause) : null;
  if (cause instanceof Error && cause.message.includes('Need at least one non-root column'))
    return new DriftError('file-without-rows', messages.withoutColumns(files.name), { cause });
  return why === null
    ? new DriftError('file-damaged', messages.parquetDamaged(files.name), { cause })
    : new DriftError('file-unreadable', messages.unsupported(files.name, why), { cause });
}

/** What DuckDB cannot read although nothing is broken; null for anything else. */
function unsupported({ message }: Error): string | null {
  const codec = /compression codec "([A-Z0-9_]{1,20})"/.exec(message)?.[1];
  // of a file that is whole there is no page of the first LZ4 codec left
  if (codec && codec !== 'LZ4') return `its compression ${codec} is not supported`;
  const encoding = /([A-Z_]{3,40}) encoding is only supported/.exec(message)?.[1];
  if (encoding) return `${encoding} is not supported for all of its types`;
  if (message.includes('Invalid string encoding')) return 'a text in it is not UTF-8';
  if (message.includes('Variant column')) return 'a variant in it is laid out in no usual order';
  if (/no encryption|encrypted|encryption key/i.test(message)) return 'a part of it is encrypted';
  const isUnknown = message.includes('Not implemented Error');
  return isUnknown ? 'a column has a type that is not supported' : null;
}

/** Columns of several files are matched by name, and take types that hold the values of all. */
function parquetSource(paths: readonly string[]): string {
  const isMany = paths.length > 1;
  return `read_parquet(${literalList(paths)}, hive_partitioning = false, union_by_name = ${isMany})`;
}

async function describe(database: Database, source: string): Promise<ColumnSchema[]> {
  const rows = await database.rows(`DESCRIBE SELECT * FROM ${source}`);
  return rows.map(([name, type]) => ({ name: String(name), storageType: String(type) }));
}

/** What stands in the footers, before any row is read. */
interface Footers {
  rowCount: number;
  /** 0 where DuckDB cannot show them, as with statistics of some types, though it reads the rows. */
  unfoldedBytes: number;
  /** Whether there may be something in them that DuckDB cannot read as it stands. */
  isDoubtful: boolean;
}

async function readFooters(database: Database, { paths }: DataFiles): Promise<Footers> {
  const list = literalList(paths);
  const [[rowCount, isOld] = []] = await database.rows(
    `SELECT sum(num_rows), bool_or(starts_with(created_by, 'parquet-cpp version 1.')) FROM parquet_file_metadata(${list})`,
  );
  const [[unfoldedBytes, isLz4] = []] = await database
    .rows(
      `SELECT sum(total_uncompressed_size), bool_or(compression = 'LZ4') FROM parquet_metadata(${list})`,
    )
    .catch((error) => {
      if (isReadFault(error)) return [[0, true]];
      throw error;
    });
  return {
    rowCount: Number(rowCount),
    unfoldedBytes: Number(unfoldedBytes),
    isDoubtful: isOld === true || isLz4 === true,
  };
}

function checkSize(
  files: DataFiles,
  { rowCount, unfoldedBytes }: Footers,
  columnCount: number,
): void {
  const unfolded = Math.max(rowCount * columnCount * 8, unfoldedBytes);
  if (unfolded > largestUnfolded && unfolded > files.sizeBytes * mostTimesUnfolded) {
    throw new DriftError(
      'file-unreadable',
      messages.unfolds(files.name, files.sizeBytes, unfolded),
    );
  }
}

async function readable(
  database: Database,
  files: DataFiles,
  side: Side,
  signal: AbortSignal | undefined,
): Promise<string[]> {
  try {
    return await readableParquet(database, files.paths, side, signal);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    if (error.message.includes('allocation failed'))
      throw new DriftError('out-of-memory', messages.outOfMemory(), { cause: error });
    throw damaged(files, error);
  }
}

/** A column that only some files have would be missing in the others' rows. */
async function checkAlike(
  database: Database,
  files: DataFiles,
  described: readonly ColumnSchema[],
): Promise<void> {
  if (files.paths.length === 1) return;
  for (const path of files.paths) {
    const own = await describe(database, parquetSource([path]));
    const names = new Set(own.map(({ name }) => name.toLowerCase()));
    const lacking = described.find(({ name }) => !names.has(name.toLowerCase()));
    if (!lacking) continue;
    throw new DriftError(
      'file-damaged',
      messages.filesUnlike(files.name, basename(path), lacking.name),
    );
  }
}

/** DuckDB renames columns that differ in case only (a, A becomes a, A_1); here they are two names. */
async function ownNames(
  database: Database,
  files: DataFiles,
  described: readonly ColumnSchema[],
): Promise<string[]> {
  const found = described.map(({ name }) => name);
  if (!found.some((name) => /_\d+$/.test(name))) return found;
  const rows = await database.rows(
    `SELECT name, num_children FROM parquet_schema(${literal(files.paths[0] ?? '')})`,
  );
  const nodes = rows.map(([name, count]) => ({
    name: String(name ?? ''),
    count: Number(count ?? 0),
  }));
  const names: string[] = [];
  let next = 1;
  while (next < nodes.length) {
    names.push(nodes[next]?.name ?? '');
    // over all that is below it
    for (let left = 1; left > 0; left--) left += nodes[next++]?.count ?? 0;
  }
  return names.length === found.length ? uniqueNames(names) : found;
}

/** Columns that are whole but of an encoding or a type that is not read here, and why; found by reading a row. */
async function unreadable(
  database: Database,
  source: string,
  files: DataFiles,
  columns: readonly ColumnSchema[],
): Promise<Map<number, string>> {
  const ids = columns.map((_, index) => columnId(index));
  const named = `${source} AS files(${ids.join(', ')})`;
  const fault = await faultOf(database, `SELECT * FROM ${named} LIMIT 1`);
  if (fault === null || unsupported(fault) === null) return new Map();
  const lost = new Map<number, string>();
  for (const [index, id] of ids.entries()) {
    const own = await faultOf(database, `SELECT ${id} FROM ${named} LIMIT 1`);
    if (own !== null) lost.set(index, unsupported(own) ?? 'it is damaged');
  }
  if (lost.size === columns.length) throw damaged(files, fault);
  return lost;
}

async function faultOf(database: Database, sql: string): Promise<Error | null> {
  try {
    await database.rows(sql);
    return null;
  } catch (error) {
    if (isReadFault(error)) return error as Error;
    throw error;
  }
}
