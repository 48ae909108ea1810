import type { Dataset, Reading, Side } from '../contract.js';
import { DriftError, messages } from '../errors.js';
import { checkCompression } from './compression.js';
import { loadCsv } from './csv.js';
import type { CsvHead } from './csvLayout.js';
import type { Database } from './database.js';
import type { DataFiles } from './dataFiles.js';
import { loadJson } from './loadJson.js';
import { damaged, isReadFault, openParquet } from './openParquet.js';
import { createParquetNumbers, type ParquetSource } from './parquetNumbers.js';
import { createRelationScan } from './relationScan.js';
import type { Scan } from './scan.js';
import { uniqueNames } from './uniqueNames.js';

/** What a format's own reader tells; the rest is the same for all. */
type Opened = Pick<Dataset, 'columns'> &
  Partial<Pick<Dataset, 'dialect' | 'rejectedRowCount' | 'rejectedReasons' | 'rejectedRows'>> & {
    /** Of Parquet: files whose rows are the view's. */
    source?: ParquetSource | null;
  };

/**
 * Opens data files as the table or view named after the side, with columns c0, c1, ...
 *
 * @param head - of a text file: no more than that is read
 */
export async function createFileScan(
  database: Database,
  files: DataFiles,
  side: Side,
  reading: Reading,
  signal?: AbortSignal,
  head?: CsvHead,
): Promise<Scan> {
  const { source, ...opened } = await openFiles(database, files, side, reading, signal, head);
  const columns = namedColumns(files, opened.columns, reading);
  const dataset = await describe(database, files, side, { ...opened, columns });
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
  const direct = source ? createParquetNumbers(source, dataset, signal) : null;
  return createRelationScan(database, side, dataset, (reading) => whole(files, reading), direct);
}

/** Parquet is read when it is asked for, so damage in the middle shows only then. */
export async function whole<T>(files: DataFiles, reading: Promise<T>): Promise<T> {
  try {
    return await reading;
  } catch (error) {
    if (files.format === 'parquet' && isReadFault(error)) throw damaged(files, error);
    throw error;
  }
}

async function openFiles(
  database: Database,
  files: DataFiles,
  side: Side,
  reading: Reading,
  signal: AbortSignal | undefined,
  head: CsvHead | undefined,
): Promise<Opened> {
  const { format } = files;
  if (format === 'csv') return loadCsv(database, files, side, reading, { signal, head });
  if (format === 'json') {
    return checked(files, signal, () => loadJson(database, files, side, reading));
  }
  if (format === 'parquet') return openParquet(database, files, side, reading, signal);
  // apache-arrow takes as long to load as all the rest together
  const { loadArrow } = await import('./loadArrow.js');
  return { columns: await loadArrow(database, files, side, reading) };
}

/** Under the names that are asked for; those of the folders' keys come last. */
function namedColumns(
  files: DataFiles,
  columns: Dataset['columns'],
  { names = [] }: Reading,
): Dataset['columns'] {
  if (names.length > columns.length) {
    throw new DriftError(
      'bad-option',
      messages.tooManyNames(files.name, names.length, columns.length),
    );
  }
  const all = [...columns, ...files.partitions];
  const free = uniqueNames(all.map(({ name }, index) => names[index] ?? name));
  return all.map(({ storageType }, index) => ({ name: free[index] ?? '', storageType }));
}

/** Text is loaded while its compression is checked. */
async function checked<T>(
  files: DataFiles,
  signal: AbortSignal | undefined,
  load: () => Promise<T>,
): Promise<T> {
  const stopping = new AbortController();
  const signals = signal ? [signal, stopping.signal] : [stopping.signal];
  const checking = checkCompression(files, AbortSignal.any(signals)).then(
    () => null,
    (error: unknown) => error,
  );
  try {
    const loaded = await load();
    const fault = await checking;
    if (fault !== null) throw fault;
    return loaded;
  } catch (error) {
    if (signal?.aborted) throw new DriftError('cancelled', messages.cancelled(), { cause: error });
    // damage explains whatever else went wrong
    throw (await checking) ?? error;
  } finally {
    stopping.abort();
    await checking;
  }
}

async function describe(
  database: Database,
  files: DataFiles,
  side: Side,
  { columns, ...opened }: Omit<Opened, 'source'>,
): Promise<Dataset> {
  const counted = await whole(files, database.rows(`SELECT count(*) FROM ${side}`));
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
    ...opened,
  };
}
