import type { Pair } from '../column.js';
import type { MemorySource, Side, Source } from '../contract.js';
import { createDatabase, type Database } from './database.js';
import { findDataFiles } from './dataFiles.js';
import { createFileScan } from './fileScan.js';
import { createMemoryScan } from './memoryScan.js';
import type { Scan } from './scan.js';

export interface OpenOptions {
  memoryBytes?: number;
  signal?: AbortSignal;
  /** Called as a file is read, with the share that is done where that is known. */
  onScan?: (side: Side, share: number | null) => void;
}

const sides = ['reference', 'current'] as const;
const progressIntervalMs = 100;

/**
 * Opens both sides, hands them to `work`, and closes whatever comes. One database serves both and is
 * locked to their files before the first byte is read.
 */
export async function withPair<T>(
  sources: Pair<Source | MemorySource>,
  options: OpenOptions,
  work: (scans: Pair<Scan>) => Promise<T>,
): Promise<T> {
  return withDatabase([sources.reference, sources.current], options, async (open) => {
    const scans = { reference: await open('reference'), current: await open('current') };
    return work(scans);
  });
}

/** Opens one dataset as the reference side. */
export async function withDataset<T>(
  source: Source,
  options: OpenOptions,
  work: (scan: Scan) => Promise<T>,
): Promise<T> {
  return withDatabase([source], options, async (open) => work(await open('reference')));
}

async function withDatabase<T>(
  sources: (Source | MemorySource)[],
  options: OpenOptions,
  work: (open: (side: Side) => Promise<Scan>) => Promise<T>,
): Promise<T> {
  const files = await Promise.all(
    sources.map(async (source) => ('path' in source ? await findDataFiles(source.path) : null)),
  );
  const paths = files.flatMap((found) => found?.paths ?? []);
  let database: Database | null = null;
  try {
    if (paths.length > 0) database = await createDatabase(paths, options);
    return await work(async (side) => {
      const source = sources[sides.indexOf(side)];
      const found = files[sides.indexOf(side)];
      if (!source) throw new RangeError(`no ${side} source to open`);
      if (!('path' in source)) return createMemoryScan(source);
      if (!found || !database) throw new RangeError(`no files behind the ${side} source`);
      return reporting(
        database,
        side,
        options,
        createFileScan(database, found, side, source.reading ?? {}, options.signal),
      );
    });
  } finally {
    await database?.close();
  }
}

/** Reports progress while `work` runs: at its start, at intervals, and at its end. */
async function reporting<T>(
  database: Database,
  side: Side,
  { onScan }: OpenOptions,
  work: Promise<T>,
): Promise<T> {
  if (!onScan) return work;
  onScan(side, 0);
  const timer = setInterval(() => onScan(side, database.progress()), progressIntervalMs);
  try {
    const value = await work;
    onScan(side, 1);
    return value;
  } finally {
    clearInterval(timer);
  }
}
