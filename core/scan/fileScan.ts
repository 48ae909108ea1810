import type { Dataset, Reading, Side } from '../contract.js';
import { DriftError, messages } from '../errors.js';
import { checkCompression } from './compression.js';
import { loadCsv } from './csv.js';
import type { Database } from './database.js';
import type { DataFiles } from './dataFiles.js';
import { createRelationScan } from './relationScan.js';
import type { Scan } from './scan.js';
import { columnId, literalList } from './sql.js';

/** Opens data files as the table or view named after the side, with columns c0, c1, ... */
export async function createFileScan(
  database: Database,
  files: DataFiles,
  side: Side,
  reading: Reading,
  signal?: AbortSignal,
): Promise<Scan> {
  const dataset =
    files.format === 'csv'
      ? await openCsv(database, files, side, reading, signal)
      : await openParquet(database, files, side);
  if (dataset.rowCount === 0) {
    const message =
      dataset.rejectedRowCount > 0
        ? messages.fileDamaged(
            files.name,
            `none of its ${dataset.rejectedRowCount} rows could be read`,
          )
        : messages.fileWithoutRows(files.name);
    throw new DriftError('file-without-rows', message);
  }
  return createRelationScan(database, side, dataset, (reading) => whole(files, reading));
}

/** Parquet is read when it is asked for, so damage in the middle shows only then. */
async function whole<T>(files: DataFiles, reading: Promise<T>): Promise<T> {
  try {
    return await reading;
  } catch (error) {
    if (files.format === 'parquet' && isReadFault(error)) throw damaged(files, error);
    throw error;
  }
}

/** Not ours, not a wrong statement of ours. */
function isReadFault(error: unknown): boolean {
  return (
    error instanceof Error &&
    !(error instanceof DriftError) &&
    !(error instanceof RangeError) &&
    !(error instanceof TypeError) &&
    !/^(Binder|Parser|Catalog) Error/.test(error.message)
  );
}

function damaged(files: DataFiles, cause: unknown): DriftError {
  if (cause instanceof Error && /schema mismatch/i.test(cause.message)) {
    const message = messages.fileDamaged(files.name, 'its files do not have the same columns');
    return new DriftError('file-damaged', message, { cause });
  }
  return new DriftError('file-damaged', messages.parquetDamaged(files.name), { cause });
}

async function openCsv(
  database: Database,
  files: DataFiles,
  side: Side,
  reading: Reading,
  signal: AbortSignal | undefined,
): Promise<Dataset> {
  const stopping = new AbortController();
  const signals = signal ? [signal, stopping.signal] : [stopping.signal];
  const checking = checkCompression(files, AbortSignal.any(signals)).then(
    () => null,
    (error: unknown) => error,
  );
  try {
    const { columns, ...loaded } = await loadCsv(database, files, side, reading);
    const fault = await checking;
    if (fault !== null) throw fault;
    return { ...(await describe(database, files, side, columns)), ...loaded };
  } catch (error) {
    if (signal?.aborted) throw new DriftError('cancelled', messages.cancelled(), { cause: error });
    // damage explains whatever else went wrong
    throw (await checking) ?? error;
  } finally {
    stopping.abort();
    await checking;
  }
}

async function openParquet(database: Database, files: DataFiles, side: Side): Promise<Dataset> {
  const source = `read_parquet(${literalList(files.paths)}, hive_partitioning = false)`;
  try {
    const described = await database.rows(`DESCRIBE SELECT * FROM ${source}`);
    const columns = described.map(([name, type]) => ({
      name: String(name),
      storageType: String(type),
    }));
    const ids = columns.map((_, index) => columnId(index)).join(', ');
    await database.run(`CREATE VIEW ${side}(${ids}) AS SELECT * FROM ${source}`);
    return await describe(database, files, side, columns);
  } catch (error) {
    if (isReadFault(error)) throw damaged(files, error);
    throw error;
  }
}

async function describe(
  database: Database,
  files: DataFiles,
  side: Side,
  columns: Dataset['columns'],
): Promise<Dataset> {
  const counted = await database.rows(`SELECT count(*) FROM ${side}`);
  return {
    name: files.name,
    format: files.format,
    sizeBytes: files.sizeBytes,
    rowCount: Number(counted[0]?.[0]),
    columnCount: columns.length,
    rejectedRowCount: 0,
    rejectedReasons: [],
    rejectedRows: [],
    columns,
    leftOut: [],
    dialect: null,
  };
}
