import { createReadStream } from 'node:fs';
import { basename } from 'node:path';
import type { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import type { Dataset, RejectedRow, Side } from '../contract.js';
import type { Database } from './database.js';
import type { DataFiles } from './dataFiles.js';
import type { Dialect } from './dialect.js';

const keptRejectCount = 1_000;
const keptTextLength = 200;

/** Columns in which a value did not fit the type, by index. */
export async function unfitColumns(database: Database, side: Side): Promise<number[]> {
  const rows = await database.rows(
    `SELECT DISTINCT column_idx FROM rejects_${side} WHERE error_type = 'CAST' ORDER BY 1`,
  );
  return rows.map(([index]) => Number(index) - 1);
}

/** Rows that were not read; all of them, and those of them that have quotes in the wrong place. */
export async function countRejects(
  database: Database,
  side: Side,
): Promise<{ rowCount: number; quoteFaultCount: number }> {
  const rows = await database.rows(
    `SELECT count(*), count(*) FILTER (WHERE is_quote_fault) FROM (
      SELECT bool_or(error_type IN ('UNQUOTED VALUE', 'INVALID STATE')) AS is_quote_fault
      FROM rejects_${side} GROUP BY file_id, line)`,
  );
  return { rowCount: Number(rows[0]?.[0]), quoteFaultCount: Number(rows[0]?.[1]) };
}

/** All rows that were not read, counted; the first ones described. */
export async function readRejects(
  database: Database,
  files: DataFiles,
  side: Side,
  dialect: Dialect,
): Promise<Pick<Dataset, 'rejectedRowCount' | 'rejectedReasons' | 'rejectedRows'>> {
  const { rowCount: rejectedRowCount } = await countRejects(database, side);
  if (rejectedRowCount === 0) return { rejectedRowCount, rejectedReasons: [], rejectedRows: [] };
  const rows = await database.rows(
    `SELECT file_id, line_byte_position, column_idx, CAST(error_type AS VARCHAR),
      left(csv_line, ${keptTextLength}), left(error_message, 1000) FROM rejects_${side}
     QUALIFY row_number() OVER (PARTITION BY file_id, line ORDER BY column_idx DESC, byte_position DESC) = 1
     ORDER BY file_id, line LIMIT ${keptRejectCount}`,
  );
  const rejects = rows.map(([fileIndex, position, columnIndex, type, text, message]) => ({
    fileIndex: Number(fileIndex),
    byteOffset: Math.max(0, Number(position) - 1),
    columnName: dialect.columns[Number(columnIndex) - 1]?.name ?? null,
    reason: rejectReason(String(type), String(message)),
    text: String(text ?? '').replace(/^\n/, ''),
  }));
  const rejectedRows: RejectedRow[] = [];
  for (const [fileIndex, path] of files.paths.entries()) {
    const own = rejects.filter((reject) => reject.fileIndex === fileIndex);
    const offsets = own.map(({ byteOffset }) => byteOffset);
    const numbers = own.length > 0 ? await lineNumbers(path, files.compression, offsets) : [];
    for (const [index, { columnName, reason, text }] of own.entries()) {
      const lineNumber = numbers[index] ?? null;
      rejectedRows.push({ file: basename(path), lineNumber, columnName, reason, text });
    }
  }
  return { rejectedRowCount, rejectedReasons: byReason(rejectedRows), rejectedRows };
}

function byReason(rows: readonly RejectedRow[]): Dataset['rejectedReasons'] {
  const counts = new Map<string, number>();
  for (const { reason } of rows) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  return Array.from(counts, ([reason, rowCount]) => ({ reason, rowCount })).sort(
    (a, b) => b.rowCount - a.rowCount,
  );
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

export function firstLine(text: string): string {
  return (text.split('\n')[0] ?? '').replace(/^[A-Za-z ]*Error: /, '').slice(0, 160);
}

/**
 * The lines in which the given bytes stand. DuckDB counts rows instead, so its own numbers fall
 * behind after every line end inside of quotes. Null where the file cannot be inflated here.
 *
 * @param offsets - 0-based, into the inflated text, in any order
 */
async function lineNumbers(
  path: string,
  compression: DataFiles['compression'],
  offsets: readonly number[],
): Promise<(number | null)[]> {
  if (compression === 'zstd') return offsets.map(() => null);
  const order = offsets.map((_, index) => index);
  order.sort((a, b) => (offsets[a] as number) - (offsets[b] as number));
  const numbers: (number | null)[] = offsets.map(() => null);
  const file = createReadStream(path, { highWaterMark: 1 << 20 });
  const text: Readable = compression === 'gzip' ? file.pipe(createGunzip()) : file;
  file.on('error', (error) => text.destroy(error));
  let [line, start, next, previous] = [1, 0, 0, 0];
  try {
    for await (const chunk of text as AsyncIterable<Buffer>) {
      for (let i = 0; i < chunk.length; i++) {
        while (next < order.length && offsets[order[next] as number] === start + i) {
          // between a carriage return and a line feed DuckDB means the line after
          numbers[order[next] as number] = previous === 13 ? line + 1 : line;
          next++;
        }
        if (next === order.length) return numbers;
        const byte = chunk[i] as number;
        if (byte === 10 || previous === 13) line++;
        previous = byte === 10 ? 0 : byte;
      }
      start += chunk.length;
    }
    return numbers;
  } finally {
    file.destroy();
    text.destroy();
  }
}
