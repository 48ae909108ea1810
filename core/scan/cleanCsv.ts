import { type FileHandle, open } from 'node:fs/promises';
import { basename } from 'node:path';
import { readBytes } from './bytes.js';
import { rewritten } from './columnPlan.js';
import { type CsvLayout, isHeaderAgain } from './csvLayout.js';
import type { DataFiles } from './dataFiles.js';
import { type CharacterCounts, createDecoder } from './encoding.js';
import type { Rejects } from './rejects.js';
import { createRowReader, faults, type ReadRow } from './rowReader.js';

/** A piece of text per step. */
export type TextOf = (path: string, layout: CsvLayout) => AsyncIterable<string>;

export interface CleanCsv {
  rowCount: number;
  longestRowBytes: number;
  /** Characters beyond ASCII, and bytes that are no characters, in files that should be UTF-8. */
  characters: CharacterCounts;
  /** Per column: values that are no dates in the planned format, and in the other one. */
  unfitDates: { planned: number; other: number }[];
}

export const cleanDelimiter = ',';
const writeLength = 1 << 20;
const needsQuotes = /[",\n\r]/;

/**
 * Writes the rows of files into one file that leaves nothing to guess: UTF-8, commas, doubled quotes, numbers and
 * dates as the data engine reads them, every row complete. Rows that are none go to `rejects`.
 */
export async function cleanCsv(
  files: DataFiles,
  layouts: readonly CsvLayout[],
  to: string,
  rejects: Rejects,
  signal: AbortSignal | undefined,
  textOf?: TextOf,
): Promise<CleanCsv> {
  const [first] = layouts;
  const clean: CleanCsv = {
    rowCount: 0,
    longestRowBytes: 0,
    characters: { otherCount: 0, invalidCount: 0 },
    unfitDates: Array.from({ length: first?.width ?? 0 }, () => ({ planned: 0, other: 0 })),
  };
  const output = await open(to, 'w', 0o600);
  try {
    for (const [index, path] of files.paths.entries()) {
      const layout = layouts[index] as CsvLayout;
      const text = textOf ?? decoded(files.compression, clean);
      const end = files.partitions.length > 0 ? `${cleanDelimiter}${index}\n` : '\n';
      await cleanFile(
        text(path, layout),
        { layout, file: basename(path), end },
        output,
        clean,
        rejects,
        signal,
      );
    }
  } finally {
    await output.close();
  }
  return clean;
}

function decoded(compression: DataFiles['compression'], clean: CleanCsv): TextOf {
  return async function* (path, { encoding }) {
    const decoder = createDecoder(encoding, clean.characters);
    for await (const bytes of readBytes(path, compression)) yield decoder.decode(bytes);
    yield decoder.end();
  };
}

async function cleanFile(
  pieces: AsyncIterable<string>,
  { layout, file, end }: { layout: CsvLayout; file: string; end: string },
  output: FileHandle,
  clean: CleanCsv,
  rejects: Rejects,
  signal: AbortSignal | undefined,
): Promise<void> {
  let waiting = '';
  const toLine = createLineWriter(layout, clean);

  function onRow(row: ReadRow): void {
    if (row.lineNumber < layout.rowLineNumber) return;
    if (
      layout.isLinewise &&
      (row.fault !== null || row.values.length > 1) &&
      row.fault !== faults.long
    ) {
      row.values = [row.text];
      row.fault = null;
    }
    const reason = row.fault ?? invalidReason(row, clean) ?? misfitReason(layout, row);
    if (reason !== null) {
      const { values, lineNumber, text } = row;
      const isShort = row.fault === null && values.length < layout.width;
      const columnName = (isShort && layout.names[values.length - 1]) || null;
      rejects.add({ file, lineNumber, columnName, reason, text });
      return;
    }
    const line = toLine(row) + end;
    clean.rowCount++;
    // a character has three bytes at most for each of its units
    clean.longestRowBytes = Math.max(clean.longestRowBytes, line.length * 3);
    waiting += line;
  }

  const reader = createRowReader(layout.format, {
    onRow,
    onBlank(lineNumber) {
      if (layout.width === 1) onRow({ values: [''], lineNumber, text: '', fault: null });
    },
    onComment: () => {},
  });
  const afterSkipped = createLineSkipper(layout);
  for await (const piece of pieces) {
    signal?.throwIfAborted();
    reader.push(afterSkipped(piece));
    if (waiting.length < writeLength) continue;
    await output.write(waiting);
    waiting = '';
  }
  reader.end();
  await output.write(waiting);
}

/** Lines above the header may hold quotes that no row has; they are cut off as lines, and counted as such. */
function createLineSkipper({ skipLineCount, format }: CsvLayout): (text: string) => string {
  const lineEnd = format.isCarriageReturn ? '\r' : '\n';
  let left = skipLineCount;
  let skipped = 0;
  return (text) => {
    let from = 0;
    for (; left > 0; left--, skipped++) {
      const end = text.indexOf(lineEnd, from);
      if (end < 0) return '';
      from = end + 1;
    }
    if (skipped === 0) return text.slice(from);
    const before = lineEnd.repeat(skipped);
    skipped = 0;
    return before + text.slice(from);
  };
}

/** A replacement character may stand in the file itself, as long as there was nothing to replace. */
function invalidReason({ text }: ReadRow, { characters }: CleanCsv): string | null {
  return characters.invalidCount > 0 && text.includes('\ufffd') ? 'not valid UTF-8' : null;
}

/** Why a row that was read is none of the table's; null where it is one. */
function misfitReason(layout: CsvLayout, { values }: ReadRow): string | null {
  if (isHeaderAgain(layout, values)) return 'the header once more';
  const { length } = values;
  const isFilled = length < layout.width && length >= layout.shortest;
  const isEmptyBeyond =
    length > layout.width && values.slice(layout.width).every((value) => value.trim() === '');
  if (length === layout.width || isFilled || isEmptyBeyond) return null;
  return `expected ${layout.width} values, found ${length}`;
}

function createLineWriter(layout: CsvLayout, clean: CleanCsv): (row: ReadRow) => string {
  const { width, plans, format } = layout;
  const changed = plans.flatMap(({ numbers, dates }, index) => (numbers || dates ? [index] : []));
  const isKept =
    format.delimiter === cleanDelimiter && !format.isTrimmed && changed.length === 0 && width > 1;
  const marks = ['"', '\r', '\n', format.quote, format.escape].filter((mark) => mark !== '');
  const doubtful = plans.flatMap(({ otherDates }, index) => (otherDates ? [index] : []));
  return ({ values, text }) => {
    if (isKept && values.length === width && !marks.some((mark) => text.includes(mark)))
      return text;
    for (const index of doubtful) {
      const plan = plans[index];
      const value = values[index] ?? '';
      const counts = clean.unfitDates[index];
      if (!plan || !counts || layout.nullValues.includes(value)) continue;
      if (plan.dates?.toIso(value) === null) counts.planned++;
      if (plan.otherDates?.toIso(value) === null) counts.other++;
    }
    for (const index of changed) {
      const plan = plans[index];
      if (plan && values[index] !== undefined) values[index] = rewritten(plan, values[index]);
    }
    let line = '';
    for (let index = 0; index < width; index++) {
      const value = values[index] ?? '';
      if (index > 0) line += cleanDelimiter;
      line += needsQuotes.test(value) || width === 1 ? `"${value.replaceAll('"', '""')}"` : value;
    }
    return line;
  };
}
