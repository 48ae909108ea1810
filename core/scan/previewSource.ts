import { basename } from 'node:path';
import type { Preview, Reading, Source } from '../contract.js';
import { DriftError, messages } from '../errors.js';
import { explaining, toSql } from './condition.js';
import { type CsvHead, readCsvHead } from './csvLayout.js';
import { createDatabase, type Database } from './database.js';
import { type DataFiles, findDataFiles } from './dataFiles.js';
import { createFileScan } from './fileScan.js';
import { inferKind } from './inferKind.js';
import { createRelationScan } from './relationScan.js';
import type { Scan } from './scan.js';

const previewRowCount = 100;
/** Rows from which kinds are told, where a file can be read from its middle. */
const kindRowCount = 1_000;
const previewLineCount = 20;
const previewBytes = 1 << 18;
const keptLineLength = 500;

/** The beginning of a file as it would be read; of text nothing but the beginning is touched. */
export async function previewSource(
  { path, name, reading = {}, where }: Source,
  { signal }: { signal: AbortSignal },
): Promise<Preview> {
  const files = await findDataFiles(path, name);
  const [first = path, ...others] = files.paths;
  const isText = files.format === 'csv';
  const head = isText ? await headOf(first, files.compression, reading) : null;
  const shown = head ? { ...files, paths: [first] } : files;
  const database = await createDatabase(shown.paths, { signal });
  try {
    const scan = await createFileScan(
      database,
      shown,
      'reference',
      reading,
      signal,
      head ?? undefined,
    );
    const beginning = head ? scan : await firstRows(database, scan);
    const { format, sizeBytes, dialect, rejectedRows, rowCount } = scan.dataset;
    return {
      ...{ name: files.name, format, sizeBytes, dialect, rejectedRows },
      columns: await kindsOf(beginning),
      lines: head ? linesOf(head.text) : [],
      rows: await rowsOf(database, beginning, where),
      isWhole: head ? head.isWhole && others.length === 0 : rowCount <= kindRowCount,
    };
  } finally {
    await database.close();
  }
}

async function headOf(
  path: string,
  compression: DataFiles['compression'],
  reading: Reading,
): Promise<CsvHead> {
  try {
    return await readCsvHead(path, compression, reading, previewBytes);
  } catch (cause) {
    if (compression === null || cause instanceof DriftError) throw cause;
    throw new DriftError('file-damaged', messages.compressedDamaged(basename(path)), { cause });
  }
}

async function firstRows(database: Database, { dataset }: Scan): Promise<Scan> {
  await database.run(
    `CREATE TABLE reference_head AS SELECT * FROM reference LIMIT ${kindRowCount}`,
  );
  const rowCount = Math.min(dataset.rowCount, kindRowCount);
  return createRelationScan(
    database,
    'reference_head',
    { ...dataset, rowCount },
    (reading) => reading,
  );
}

/** The first ones for which the condition is true: of text among the beginning, else wherever they stand. */
async function rowsOf(
  database: Database,
  beginning: Scan,
  where: string | undefined,
): Promise<(string | null)[][]> {
  if (where === undefined) return beginning.rows(0, previewRowCount);
  const { dataset } = beginning;
  const condition = { text: where, option: '--where' };
  const chosen = `SELECT * FROM reference WHERE ${await toSql(database, 'reference', dataset.columns, condition)}`;
  await database.run(`CREATE VIEW reference_where AS ${chosen}`);
  const scan = createRelationScan(database, 'reference_where', dataset, (reading) => reading);
  return explaining(condition, dataset.columns, () => scan.rows(0, previewRowCount));
}

/** As this side alone suggests them. */
async function kindsOf(scan: Scan): Promise<Preview['columns']> {
  const { columns } = scan.dataset;
  const profiles = await scan.profiles(columns.map((_, index) => index));
  return columns.map((column, index) => {
    const profile = profiles[index];
    if (!profile) throw new RangeError(`no profile of column ${index}`);
    // a column without values could be of any kind
    const choice = inferKind({ reference: profile, current: profile });
    return { ...column, kind: choice?.kind ?? 'text' };
  });
}

function linesOf(text: string): string[] {
  const lines = text.slice(0, previewLineCount * 100_000).split(/\r\n|\n|\r/, previewLineCount + 1);
  if (lines.at(-1) === '') lines.pop();
  return lines.slice(0, previewLineCount).map((line) => line.slice(0, keptLineLength));
}
