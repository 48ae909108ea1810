import { mkdir, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Preview, Reading, Source } from '../contract.js';
import { DriftError, isDriftError, messages } from '../errors.js';
import { explaining, toSql } from './condition.js';
import { type CsvHead, readCsvHead } from './csvLayout.js';
import { createDatabase, type Database } from './database.js';
import { type DataFiles, findDataFiles } from './dataFiles.js';
import { createFileScan } from './fileScan.js';
import { inferKind } from './inferKind.js';
import { readJsonHead } from './jsonHead.js';
import { createRelationScan } from './relationScan.js';
import type { Scan } from './scan.js';

const previewRowCount = 100;
/** Rows from which kinds are told, where a file can be read from its middle. */
const kindRowCount = 1_000;
const previewLineCount = 20;
const previewBytes = 1 << 18;
const keptLineLength = 500;

/** The beginning of a file as it would be read; of text and of JSON nothing but the beginning is touched. */
export async function previewSource(
  source: Source,
  { signal }: { signal: AbortSignal },
): Promise<Preview> {
  const { path, name, reading = {} } = source;
  const files = await findDataFiles(path, name);
  const [first = path] = files.paths;
  if (files.format === 'csv') {
    const head = await headOf(first, files.compression, reading);
    return previewFiles(source, files, head, signal);
  }
  const rows = files.format === 'json' ? await readJsonHead(files) : null;
  if (rows === null) return previewFiles(source, files, null, signal);
  try {
    return await previewFiles(source, files, rows, signal);
  } catch (error) {
    if (!isDriftError(error) || error.code === 'cancelled') throw error;
    // a column that is asked for may stand further down; what is wrong with the rows is told by all of them
    return previewFiles(source, files, null, signal);
  }
}

/** @param head - of the first file: text, or rows of JSON; null to read all */
async function previewFiles(
  { reading = {}, where }: Source,
  files: DataFiles,
  head: CsvHead | Buffer | null,
  signal: AbortSignal,
): Promise<Preview> {
  const [first = '', ...others] = files.paths;
  const text = Buffer.isBuffer(head) ? null : head;
  const database = await createDatabase(head ? [first] : files.paths, { signal });
  try {
    const shown = await shownFiles(database, files, head);
    const scan = await createFileScan(
      database,
      shown,
      'reference',
      reading,
      signal,
      text ?? undefined,
    );
    const beginning = text ? scan : await firstRows(database, scan);
    const { format, sizeBytes, dialect, rejectedRows, rowCount } = scan.dataset;
    return {
      ...{ name: files.name, format, sizeBytes, dialect, rejectedRows },
      columns: await kindsOf(beginning),
      lines: text ? linesOf(text.text) : [],
      rows: await rowsOf(database, beginning, where),
      isWhole: text
        ? text.isWhole && others.length === 0
        : head === null && rowCount <= kindRowCount,
    };
  } finally {
    await database.close();
  }
}

/** Of JSON the head is a file of its own, under the name that the first one has. */
async function shownFiles(
  database: Database,
  files: DataFiles,
  head: CsvHead | Buffer | null,
): Promise<DataFiles> {
  const [first = ''] = files.paths;
  if (!Buffer.isBuffer(head)) return head ? { ...files, paths: [first] } : files;
  const folder = join(database.folder, 'head');
  await mkdir(folder);
  const path = join(folder, basename(first));
  await writeFile(path, head, { mode: 0o600 });
  return { ...files, paths: [path], compression: null };
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

/** The first ones for which the condition is true: of text and of much JSON among the beginning, else wherever they stand. */
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
