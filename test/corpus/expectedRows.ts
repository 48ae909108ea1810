import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { gunzipSync } from 'node:zlib';
import papaparse from 'papaparse';
import type { Expected } from './fileOutcome.js';

interface ReaderAnswer {
  ok: boolean;
  rows?: number;
}

type ReaderOracle = { files: Record<string, Record<string, ReaderAnswer>> };

/**
 * How many rows a file has according to what lies beside it or in the folders above: what other readers found
 * (`oracle_parquet.json`), a clean copy (`manifest.json`, or a folder `clean` beside `csv`), the rows as JSON under the
 * same name, Arrow's gold JSON. Null where nothing says.
 */
export function expectedRows(path: string): Expected | null {
  return (
    fromReaders(path, 'oracle_parquet.json', 'exact') ??
    fromManifest(path) ??
    fromCleanFolder(path) ??
    fromRowsAsJson(path) ??
    fromGoldJson(path) ??
    fromReaders(path, 'oracle_csv_duckdb_auto.json', 'hint')
  );
}

function fromReaders(
  path: string,
  oracleName: string,
  strength: Expected['strength'],
): Expected | null {
  for (const folder of foldersAbove(path)) {
    const oracle = readJson<ReaderOracle>(join(folder, oracleName));
    const answers = oracle?.files[slashed(relative(folder, path))];
    if (!answers) continue;
    const able = Object.entries(answers).filter(([, { ok, rows }]) => ok && rows !== undefined);
    // where no reader can, refusing is right and so is reading what is there
    if (able.length === 0) return null;
    const rowCounts = [...new Set(able.map(([, { rows }]) => rows as number))];
    return { rowCounts, strength, source: able.map(([reader]) => reader).join(' and ') };
  }
  return null;
}

function fromManifest(path: string): Expected | null {
  for (const folder of foldersAbove(path)) {
    const manifest = readJson<{ file: string; clean: string }[]>(join(folder, 'manifest.json'));
    const entry =
      Array.isArray(manifest) &&
      manifest.find(({ file }) => file === slashed(relative(folder, path)));
    if (entry)
      return {
        rowCounts: [countRows(join(folder, entry.clean))],
        strength: 'exact',
        source: entry.clean,
      };
  }
  return null;
}

/** Cleaned by hand, so that footnotes and further tables are gone from it: at least its rows must be there. */
function fromCleanFolder(path: string): Expected | null {
  const clean = join(dirname(path), '..', 'clean', basename(path));
  if (basename(dirname(path)) !== 'csv' || !existsSync(clean)) return null;
  return { rowCounts: [countRows(clean)], strength: 'least', source: 'the clean file' };
}

function fromRowsAsJson(path: string): Expected | null {
  const beside = path.replace(/\.(csv|tsv|parquet)$/, '.json');
  const rows = beside === path ? null : readJson<unknown>(beside);
  if (!Array.isArray(rows)) return null;
  return { rowCounts: [rows.length], strength: 'exact', source: basename(beside) };
}

function fromGoldJson(path: string): Expected | null {
  const beside = path.replace(/\.(arrow_file|stream)$/, '.json.gz');
  if (beside === path || !existsSync(beside)) return null;
  const gold = JSON.parse(gunzipSync(readFileSync(beside)).toString()) as {
    batches: { count: number }[];
  };
  const rowCount = gold.batches.reduce((sum, { count }) => sum + count, 0);
  return { rowCounts: [rowCount], strength: 'exact', source: basename(beside) };
}

/** Rows of a plain CSV file with a header. */
function countRows(path: string): number {
  const { data } = papaparse.parse<string[]>(readFileSync(path, 'utf8'), { skipEmptyLines: true });
  return Math.max(0, data.length - 1);
}

/** The folder of a file and the three above it. */
function foldersAbove(path: string): string[] {
  const folder = dirname(path);
  const above: string[] = [];
  for (let at = folder; above.length < 4; at = dirname(at)) {
    above.push(at);
    if (dirname(at) === at) break;
  }
  return above;
}

const parsed = new Map<string, unknown>();

/** Null where there is no such file, or it is no JSON: corpora hold broken files. */
function readJson<T>(path: string): T | null {
  if (!parsed.has(path))
    parsed.set(path, existsSync(path) ? parseJson(readFileSync(path, 'utf8')) : null);
  return parsed.get(path) as T | null;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function slashed(path: string): string {
  return path.replaceAll('\\', '/');
}
