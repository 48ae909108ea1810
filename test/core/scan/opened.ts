import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DuckDBInstance } from '@duckdb/node-api';
import type { ColumnPair, Pair } from '../../../core/column.js';
import type { Dataset, Kind, MemorySource, Source } from '../../../core/contract.js';
import { type ErrorCode, isDriftError } from '../../../core/errors.js';
import { withDataset, withPair } from '../../../core/scan/openPair.js';
import { readColumnPair } from '../../../core/scan/readColumnPair.js';

export interface Opened {
  dataset: Dataset;
  rows: (string | null)[][];
}

/** Description and rows of one dataset. */
export function opened(source: Source, rowCount = 100): Promise<Opened> {
  return withDataset(source, {}, async (scan) => ({
    dataset: scan.dataset,
    rows: await scan.rows(0, rowCount),
  }));
}

/** All columns of two datasets with the same columns in the same order. */
export function columnPairs(
  sources: Pair<Source | MemorySource>,
  kinds: Record<string, Kind> = {},
): Promise<ColumnPair[]> {
  return withPair(sources, {}, async (scans) => {
    const { columns } = scans.reference.dataset;
    const indexes = columns.map((_, index) => index);
    const profiles = {
      reference: await scans.reference.profiles(indexes),
      current: await scans.current.profiles(indexes),
    };
    const pairs: ColumnPair[] = [];
    for (const [index, { name }] of columns.entries()) {
      const reference = profiles.reference[index];
      const current = profiles.current[index];
      if (!reference || !current) throw new RangeError(`no profile of column ${index}`);
      const column = {
        name,
        index: { reference: index, current: index },
        profile: { reference, current },
      };
      pairs.push(await readColumnPair(scans, column, { kind: kinds[name] }));
    }
    return pairs;
  });
}

/** The same file on both sides. */
export function ownColumns(path: string, kinds?: Record<string, Kind>): Promise<ColumnPair[]> {
  return columnPairs({ reference: { path }, current: { path } }, kinds);
}

export async function errorCode(work: Promise<unknown>): Promise<ErrorCode | 'none'> {
  try {
    await work;
    return 'none';
  } catch (error) {
    if (isDriftError(error)) return error.code;
    throw error;
  }
}

/** Runs a statement in a DuckDB of its own, e.g. to write a Parquet file. */
export async function runSql(sql: string): Promise<void> {
  const instance = await DuckDBInstance.create(':memory:', { threads: '1' });
  const connection = await instance.connect();
  try {
    await connection.run(sql);
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

export const projectRoot: string = join(dirname(fileURLToPath(import.meta.url)), '../../..');
