import { availableParallelism, totalmem } from 'node:os';
import type { Pair } from '../column.js';
import type { MemorySource, Side, Source, Split } from '../contract.js';
import { DriftError, messages } from '../errors.js';
import { chooseRows, type Relation, reduced } from './chooseRows.js';
import { createDatabase, type Database } from './database.js';
import { type DataFiles, findDataFiles } from './dataFiles.js';
import { createFileScan, whole } from './fileScan.js';
import { createMemoryScan, sampleOf } from './memoryScan.js';
import { createRelationScan } from './relationScan.js';
import type { Scan } from './scan.js';
import { splitRows } from './splitRows.js';

export interface OpenOptions {
  memoryBytes?: number;
  signal?: AbortSignal;
  /** Called as a file is read, with the share that is done where that is known. */
  onScan?: (side: Side, share: number | null) => void;
  /** Rows of a side at most, and what seeds their choice. */
  sample?: number | null;
  seed?: number;
  /** Both sides are one dataset, parted by a column. */
  splitBy?: Split | null;
}

const sides = ['reference', 'current'] as const;
const progressIntervalMs = 100;

/**
 * Opens both sides at once, hands them to `work`, and closes whatever comes. Each side has a database of its own,
 * locked to its files before the first byte is read, and half of the threads and of the memory: DuckDB keeps rows in
 * order for nothing on one thread, and at the cost of half as much again on several.
 */
export async function withPair<T>(
  sources: Pair<Source | MemorySource>,
  options: OpenOptions,
  work: (scans: Pair<Scan>) => Promise<T>,
): Promise<T> {
  if (options.splitBy) return withParts(sources, options.splitBy, options, work);
  const opened = openSides(sides, (side, own) => openSide(sources[side], side, own), options);
  try {
    const [reference, current] = await Promise.all(opened.sides);
    if (!reference || !current) throw new RangeError('withPair opens two sides');
    return await work({ reference, current });
  } finally {
    await opened.close();
  }
}

/** Opens one file, and hands over its two parts. */
async function withParts<T>(
  sources: Pair<Source | MemorySource>,
  split: Split,
  options: OpenOptions,
  work: (scans: Pair<Scan>) => Promise<T>,
): Promise<T> {
  const { reference, current } = sources;
  if (!('path' in reference) || !('path' in current) || reference.path !== current.path)
    throw new DriftError('bad-option', messages.splitNeedsOneFile());
  const opened = openSides(['reference'], (side, own) => openFile(reference, side, own), options);
  try {
    const [file] = await Promise.all(opened.sides);
    if (!file) throw new RangeError('withParts opens one side');
    const { files, scan, database } = file;
    const profileOf = async (index: number) => {
      const [profile] = await scan.profiles([index]);
      if (!profile) throw new RangeError(`no profile of column ${index}`);
      return profile;
    };
    const dataset = { name: 'reference', dataset: scan.dataset };
    const parts = await whole(files, splitRows(database, dataset, profileOf, split));
    return await work({
      reference: await choose(database, files, parts.reference, 'reference', reference, options),
      current: await choose(database, files, parts.current, 'current', current, options),
    });
  } finally {
    await opened.close();
  }
}

/** Opens one dataset as the reference side. */
export async function withDataset<T>(
  source: Source,
  options: OpenOptions,
  work: (scan: Scan) => Promise<T>,
): Promise<T> {
  const opened = openSides(['reference'], (side, own) => openSide(source, side, own), options);
  try {
    const [scan] = await Promise.all(opened.sides);
    if (!scan) throw new RangeError('withDataset opens one side');
    return await work(scan);
  } finally {
    await opened.close();
  }
}

interface SideOptions extends OpenOptions {
  threadCount: number;
  memoryBytes: number;
  /** Those that are opened, to be closed. */
  databases: Database[];
}

/** Starts to open the sides. `close` stops those that are still at it, whatever came of the others. */
function openSides<T>(
  asked: readonly Side[],
  open: (side: Side, options: SideOptions) => Promise<T>,
  options: OpenOptions,
): { sides: Promise<T>[]; close(): Promise<void> } {
  const databases: Database[] = [];
  const stopping = new AbortController();
  const { signal, memoryBytes = Math.floor(totalmem() / 4) } = options;
  const own = {
    ...options,
    signal: signal ? AbortSignal.any([signal, stopping.signal]) : stopping.signal,
    threadCount: Math.max(1, Math.floor(availableParallelism() / asked.length)),
    memoryBytes: Math.floor(memoryBytes / asked.length),
    databases,
  };
  const opening = asked.map((side) => open(side, own));
  return {
    sides: opening,
    close: async () => {
      stopping.abort();
      await Promise.allSettled(opening);
      await Promise.all(databases.map((database) => database.close()));
    },
  };
}

async function openSide(
  source: Source | MemorySource,
  side: Side,
  options: SideOptions,
): Promise<Scan> {
  const { sample = null, seed = 1 } = options;
  if (!('path' in source)) {
    const scan = createMemoryScan(source);
    if (sample === null || sample >= scan.dataset.rowCount) return scan;
    const drawn = createMemoryScan(sampleOf(source, sample, seed));
    return { ...drawn, dataset: reduced(scan.dataset, sample, 'sample') };
  }
  const { database, files, scan } = await openFile(source, side, options);
  if (sample === null && source.where === undefined) return scan;
  return choose(database, files, { name: side, dataset: scan.dataset }, side, source, options);
}

interface OpenedFile {
  database: Database;
  files: DataFiles;
  /** All of its rows. */
  scan: Scan;
}

async function openFile(source: Source, side: Side, options: SideOptions): Promise<OpenedFile> {
  const files = await findDataFiles(source.path, source.name);
  const database = await createDatabase(files.paths, options);
  options.databases.push(database);
  const opened = createFileScan(database, files, side, source.reading ?? {}, options.signal);
  return { database, files, scan: await reporting(database, side, options, opened) };
}

/** The rows of a relation that take part. */
async function choose(
  database: Database,
  files: DataFiles,
  relation: Relation,
  side: Side,
  { where }: Source,
  { sample = null, seed = 1 }: OpenOptions,
): Promise<Scan> {
  const condition = where === undefined ? null : { text: where, option: `--${side}-where` };
  const chosen = await whole(files, chooseRows(database, relation, { condition, sample, seed }));
  return createRelationScan(database, chosen.name, chosen.dataset, (reading) =>
    whole(files, reading),
  );
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
