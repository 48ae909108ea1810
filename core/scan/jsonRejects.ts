import { basename } from 'node:path';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import type { Dataset, RejectedRow } from '../contract.js';
import { readBytes } from './bytes.js';
import type { Database } from './database.js';
import type { DataFiles } from './dataFiles.js';
import { jsonSource } from './jsonSource.js';

const keptRejectCount = 1_000;
const keptTextLength = 200;

const noJson = 'not valid JSON';
const noObject = 'JSON, but no object';

/** All rows that are no JSON objects, counted by reason; the first ones described. */
export async function readJsonRejects(
  database: Database,
  files: DataFiles,
): Promise<Pick<Dataset, 'rejectedRowCount' | 'rejectedReasons' | 'rejectedRows'>> {
  const source = jsonSource(files);
  const [counts = []] = await database.rows(
    `SELECT count(*) - count(json), count(json) - count(CASE WHEN starts_with(json, '{') THEN 1 END)
     FROM ${source}`,
  );
  const rejectedReasons = [
    { reason: noJson, rowCount: Number(counts[0]) },
    { reason: noObject, rowCount: Number(counts[1]) },
  ]
    .filter(({ rowCount }) => rowCount > 0)
    .sort((a, b) => b.rowCount - a.rowCount);
  const rejectedRowCount = rejectedReasons.reduce((sum, { rowCount }) => sum + rowCount, 0);
  const rejectedRows: RejectedRow[] = [];
  for (const path of rejectedRowCount > 0 ? files.paths : []) {
    const left = keptRejectCount - rejectedRows.length;
    if (left > 0) rejectedRows.push(...(await rejectsOf(database, files, path, left)));
  }
  return { rejectedRowCount, rejectedReasons, rejectedRows };
}

async function rejectsOf(
  database: Database,
  files: DataFiles,
  path: string,
  limit: number,
): Promise<RejectedRow[]> {
  const rows = await database.rows(
    `SELECT number, left(json, ${keptTextLength}), json IS NULL FROM (
      SELECT row_number() OVER () AS number, json FROM ${jsonSource({ ...files, paths: [path] })})
     WHERE json IS NULL OR NOT starts_with(json, '{') ORDER BY number LIMIT ${limit}`,
  );
  const areLines = files.jsonLayout === 'newline_delimited' || files.jsonLayout === 'auto';
  const numbers = rows.map(([number]) => Number(number));
  const lines =
    areLines && numbers.length > 0 ? await readLines(path, files.compression, numbers) : [];
  return rows.map(([, text, isNull], index) => ({
    file: basename(path),
    lineNumber: lines[index]?.number ?? null,
    columnName: null,
    reason: isNull === true ? noJson : noObject,
    text: lines[index]?.text ?? String(text ?? ''),
  }));
}

/**
 * The lines in which the given rows stand, where each line that is not blank is a row.
 *
 * @param rowNumbers - 1-based, ascending
 */
async function readLines(
  path: string,
  compression: DataFiles['compression'],
  rowNumbers: readonly number[],
): Promise<{ number: number; text: string }[]> {
  const found: { number: number; text: string }[] = [];
  let [lineNumber, rowNumber] = [0, 0];
  const input = Readable.from(readBytes(path, compression), { objectMode: false });
  for await (const line of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
    lineNumber++;
    if (line.trim() === '') continue;
    rowNumber++;
    if (rowNumber !== rowNumbers[found.length]) continue;
    found.push({ number: lineNumber, text: line.slice(0, keptTextLength) });
    if (found.length === rowNumbers.length) break;
  }
  input.destroy();
  return found;
}
