/**
 * Opens every file of a folder of odd files and compares it with itself:
 * `npm run corpus -- DIR [--limit SECONDS] [--json FILE] [--jobs N]`. A file is read or refused with one sentence; what crashes,
 * hangs or loses rows makes the run fail.
 */

import { existsSync, writeFileSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { expectedRows } from './corpus/expectedRows.js';
import { type FileOutcome, fileOutcome, type Status, statuses } from './corpus/fileOutcome.js';
import { findFiles } from './corpus/findFiles.js';
import { runFiles } from './corpus/runFiles.js';

const usage = 'npm run corpus -- DIR [--limit SECONDS] [--json FILE] [--jobs N]';
const memoryBytes = 2e9;
/** Added rows do not fail a run: a clean copy may leave out what stands in the file, such as a second table. */
const bad: readonly Status[] = ['rows lost', 'crashed', 'hung'];

async function corpus(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      limit: { type: 'string', default: '30' },
      json: { type: 'string' },
      jobs: { type: 'string', default: '1' },
    },
  });
  const [seconds, jobs] = [Number(values.limit), Number(values.jobs)];
  const [folder] = positionals;
  if (folder === undefined || positionals.length > 1 || !(seconds > 0) || !(jobs >= 1)) {
    throw new RangeError(`usage: ${usage}`);
  }
  const engine = fileURLToPath(new URL('../dist/index.js', import.meta.url));
  if (!existsSync(engine)) throw new Error('dist/index.js is missing: npm run build');
  const root = resolve(folder);
  const outcomes: FileOutcome[] = [];
  await runFiles(
    findFiles(root),
    pathToFileURL(engine).href,
    { seconds, memoryBytes, jobs },
    (path, ending, took) => {
      const outcome = fileOutcome(relative(root, path), ending, expectedRows(path), took);
      outcomes.push(outcome);
      say(lineOf(outcome));
    },
  );
  const totals = Object.fromEntries(
    statuses.map((status) => [
      status,
      outcomes.filter((outcome) => outcome.status === status).length,
    ]),
  );
  say(
    `${outcomes.length} files: ${statuses.map((status) => `${totals[status]} ${status}`).join(', ')}`,
  );
  if (values.json !== undefined) {
    writeFileSync(
      values.json,
      `${JSON.stringify({ limitSeconds: seconds, totals, files: outcomes }, null, 1)}\n`,
    );
  }
  return outcomes.some(({ status }) => bad.includes(status)) ? 1 : 0;
}

function lineOf({
  status,
  seconds,
  rowCount,
  rejectedRowCount,
  path,
  remark,
}: FileOutcome): string {
  const rejected = rejectedRowCount ? ` (${rejectedRowCount} rejected)` : '';
  const rows = rowCount === null ? '' : `${rowCount} rows${rejected}`;
  return [
    status.padEnd(10),
    `${seconds.toFixed(2)} s`.padStart(8),
    rows.padStart(12),
    `${path}${remark === '' ? '' : `: ${remark}`}`.replaceAll(/\p{Cc}+/gu, ' '),
  ].join('  ');
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

process.exitCode = await corpus();
