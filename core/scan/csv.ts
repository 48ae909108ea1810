import { basename, join } from 'node:path';
import type { ColumnSchema, Dataset, Reading, Side } from '../contract.js';
import { DriftError, messages } from '../errors.js';
import { type CleanCsv, cleanCsv, cleanDelimiter, type TextOf } from './cleanCsv.js';
import { countLines, type LineCount } from './countLines.js';
import {
  type CsvHead,
  type CsvLayout,
  findLayout,
  isSameLayout,
  readCsvHead,
  toDialect,
  toSchema,
} from './csvLayout.js';
import { type CsvTable, createCsvTable } from './csvTable.js';
import type { Database } from './database.js';
import type { DataFiles } from './dataFiles.js';
import { createRejects } from './rejects.js';

export interface LoadedCsv
  extends Pick<Dataset, 'columns' | 'rejectedRowCount' | 'rejectedReasons' | 'rejectedRows'> {
  dialect: NonNullable<Dataset['dialect']>;
}

export interface LoadOptions {
  signal?: AbortSignal | undefined;
  /** Read the beginning of the one file only. */
  head?: CsvHead | undefined;
}

/**
 * Loads text tables into the table named after the side. What is written by the rules is parsed by the data engine as
 * it stands; where rows do not add up with lines, or anything has to be mended or transcoded, the files are first
 * rewritten row by row (`cleanCsv`), which tells of every row that is none.
 */
export async function loadCsv(
  database: Database,
  files: DataFiles,
  side: Side,
  reading: Reading,
  { signal, head }: LoadOptions = {},
): Promise<LoadedCsv> {
  return explained(files, signal, async () => {
    const layouts = await findLayouts(files, reading, head);
    const [layout] = layouts;
    if (!layout) throw new RangeError('loadCsv requires at least one file');
    const isPlain = layouts.every((one) => one.isPlain && isAlike(one, layout));
    const plain = isPlain && !head ? await loadPlain(database, files, side, layout, signal) : null;
    if (!plain) return loadClean(database, files, side, reading, layouts, { signal, head });
    const rejects = { rejectedRowCount: 0, rejectedReasons: [], rejectedRows: [] };
    return { columns: plain, dialect: toDialect(layout, files.compression, reading), ...rejects };
  });
}

/** Turns what goes wrong with a file into a sentence. */
async function explained<T>(
  files: DataFiles,
  signal: AbortSignal | undefined,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    if (signal?.aborted) throw new DriftError('cancelled', messages.cancelled(), { cause });
    if (cause instanceof DriftError || !(cause instanceof Error)) throw cause;
    const code = 'code' in cause ? String(cause.code) : '';
    if (files.compression !== null && (/^Z_|^ERR_/.test(code) || /zstd/.test(cause.message)))
      throw new DriftError('file-damaged', messages.compressedDamaged(files.name), { cause });
    if (code === 'ENOSPC') throw new DriftError('output-unwritable', messages.noSpace(), { cause });
    if (/^E[A-Z]+$/.test(code))
      throw new DriftError('file-unreadable', messages.fileUnreadable(files.name, code), { cause });
    throw cause;
  }
}

async function findLayouts(
  files: DataFiles,
  reading: Reading,
  head: CsvHead | undefined,
): Promise<CsvLayout[]> {
  const layouts: CsvLayout[] = [];
  for (const path of files.paths) {
    const own = head ?? (await readCsvHead(path, files.compression, reading));
    const layout = findLayout(own, reading, files.name);
    const [first] = layouts;
    if (first && !isSameLayout(first, layout)) {
      const message = messages.filesUnlike(files.name, basename(path), differenceOf(first, layout));
      throw new DriftError('file-damaged', message);
    }
    // one table: what holds for the first file's columns holds for all
    layouts.push(first ? { ...layout, plans: first.plans, nullValues: first.nullValues } : layout);
  }
  return layouts;
}

/** The first column of either that the other does not have in its place. */
function differenceOf({ names: first }: CsvLayout, { names: other }: CsvLayout): string {
  const index = Math.max(first.length, other.length);
  const at = Array.from({ length: index }, (_, position) => position).find(
    (position) => first[position] !== other[position],
  );
  return other[at ?? 0] ?? first[at ?? 0] ?? '';
}

/** Whether one statement can read both. */
function isAlike(one: CsvLayout, other: CsvLayout): boolean {
  return one.format.delimiter === other.format.delimiter && one.format.quote === other.format.quote;
}

/** The columns as they were loaded; null where the data engine did not account for every line. */
async function loadPlain(
  database: Database,
  files: DataFiles,
  side: Side,
  layout: CsvLayout,
  signal: AbortSignal | undefined,
): Promise<ColumnSchema[] | null> {
  const stopping = new AbortController();
  const signals = signal ? [signal, stopping.signal] : [stopping.signal];
  const counting = countLines(files, AbortSignal.any(signals));
  // it is awaited below; until then a fault must not count as unhandled
  counting.catch(() => {});
  try {
    const { delimiter, quote } = layout.format;
    const table = createCsvTable(database, side, toSchema(layout), {
      paths: files.paths,
      options: {
        delimiter,
        quote,
        header: layout.header,
        lineEnd: layout.lineEnd,
        compression: files.compression,
        longestRowBytes: 0,
      },
      nullValues: layout.nullValues,
      partitions: files.partitions,
    });
    const fault = await table.load();
    const lines = await counting;
    if (!fault && (await addsUp(table, layout, files.paths.length, lines))) return table.columns();
    await table.drop();
    return null;
  } finally {
    stopping.abort();
    await counting.catch(() => {});
  }
}

/** Every line must be a row, a header, blank, or within a value of several lines. */
async function addsUp(
  table: CsvTable,
  layout: CsvLayout,
  fileCount: number,
  lines: LineCount | null,
): Promise<boolean> {
  if (await table.hasHeaderAgain(layout.header ? layout.headerValues : [])) return false;
  const rowCount = await table.rowCount();
  const headerLineCount = layout.header ? layout.rowLineNumber - 1 : 0;
  const isOne = layout.width === 1;
  if (lines) {
    const expected = rowCount + headerLineCount * fileCount + (isOne ? 0 : lines.blankCount);
    if (expected === lines.lineCount) return true;
  }
  const inside = await table.lineEndCount();
  if (inside > 0 && (await table.hasRowsWithin())) return false;
  // without a count, values of one line each cannot have swallowed a row
  if (!lines) return inside === 0 && !isOne;
  const blankCount = lines.lineCount - rowCount - headerLineCount * fileCount - inside;
  return blankCount >= 0 && blankCount <= (isOne ? 0 : lines.blankCount);
}

async function loadClean(
  database: Database,
  files: DataFiles,
  side: Side,
  reading: Reading,
  layouts: CsvLayout[],
  { signal, head }: LoadOptions,
): Promise<LoadedCsv> {
  const to = join(database.folder, `${side}.csv`);
  const textOf: TextOf | undefined =
    head &&
    async function* () {
      yield head.text;
    };
  let rejects = createRejects();
  let clean = await cleanCsv(files, layouts, to, rejects, signal, textOf);
  const better = betterLayouts(layouts, clean, reading);
  if (better) {
    rejects = createRejects();
    clean = await cleanCsv(files, better, to, rejects, signal, textOf);
  }
  const [layout] = better ?? layouts;
  if (!layout) throw new RangeError('loadCsv requires at least one file');
  const rejected = rejects.found();
  const [first] = rejected.rejectedRows;
  if (reading.strict && first) {
    const message = messages.rowRejected(files.name, first.file, first.lineNumber, first.reason);
    throw new DriftError('file-damaged', message);
  }
  const table = createCsvTable(database, side, toSchema(layout), {
    paths: [to],
    options: {
      delimiter: cleanDelimiter,
      quote: '"',
      header: false,
      lineEnd: '\n',
      compression: null,
      longestRowBytes: clean.longestRowBytes,
    },
    nullValues: layout.nullValues,
    partitions: files.partitions,
    isNumbered: files.partitions.length > 0,
  });
  const cause = await table.load();
  const rowCount = cause ? 0 : await table.rowCount();
  if (cause || rowCount !== clean.rowCount)
    throw new RangeError(`of ${clean.rowCount} rows ${rowCount} were loaded`, { cause });
  return {
    columns: table.columns(),
    dialect: { ...toDialect(layout, files.compression, reading), ...ambiguousDates(layout, clean) },
    ...rejected,
  };
}

/** Where no value, in all of the files, tells day from month. */
function ambiguousDates(
  { names, plans }: CsvLayout,
  { unfitDates }: CleanCsv,
): Pick<LoadedCsv['dialect'], 'ambiguousDates'> {
  const found = plans.flatMap(({ dates, otherDates }, index) => {
    const counts = unfitDates[index];
    if (!dates || !otherDates || !counts || counts.planned !== counts.other) return [];
    const formats = { dateFormat: dates.pattern, otherDateFormat: otherDates.pattern };
    return [{ column: names[index] ?? '', ...formats }];
  });
  return found.length > 0 ? { ambiguousDates: found } : {};
}

/** What the whole of the files taught; null where it is what their beginnings said. */
function betterLayouts(
  layouts: readonly CsvLayout[],
  { characters, unfitDates }: CleanCsv,
  { encoding }: Reading,
): CsvLayout[] | null {
  const isLatin = encoding === undefined && characters.invalidCount > characters.otherCount;
  const isSwapped = unfitDates.some(({ planned, other }) => other < planned);
  if (!isLatin && !isSwapped) return null;
  return layouts.map((layout) => ({
    ...layout,
    encoding: isLatin && layout.encoding === 'utf-8' ? ('latin-1' as const) : layout.encoding,
    plans: layout.plans.map((plan, index) => {
      const counts = unfitDates[index];
      if (!counts || counts.other >= counts.planned || !plan.otherDates) return plan;
      return { ...plan, dates: plan.otherDates, otherDates: plan.dates };
    }),
  }));
}
