import { resolve } from 'node:path';
import type { Pair } from '../column.js';
import type {
  ColumnSchema,
  CompareRequest,
  Dataset,
  DriftReport,
  Kind,
  MemorySource,
  Progress,
  SchemaDifference,
  Source,
  Split,
} from '../contract.js';
import { assembleReport } from '../drift/assembleReport.js';
import type { ColumnEvidence } from '../drift/measureColumn.js';
import { type ColumnPairing, pairColumns } from '../drift/pairColumns.js';
import { resolveOptions } from '../drift/resolveOptions.js';
import { type LoneColumn, suggestRenames } from '../drift/suggestRenames.js';
import { packageVersion } from '../packageFiles.js';
import { columnEvidence } from './columnEvidence.js';
import { compareHalves } from './compareHalves.js';
import { createMemories, type Memories, type Memory, remembered } from './createMemories.js';
import type { Measurers } from './measurers.js';
import type { LaterPair } from './openLater.js';
import { expectCube, readCube } from './readCube.js';
import { readWholeRows } from './readWholeRows.js';
import { rememberedScans } from './rememberedScans.js';
import { requestedPair } from './requestedPair.js';
import { readSampleRows } from './sampleRows.js';

/** Rows that are looked at as they stand, for what only they tell. */
const firstRowCount = 200;
/** Of wider tables they are not: reading them would take longer than measuring. */
const mostColumnCount = 200;
/** As many different ones must be alike at the beginning, or it may be by chance. */
const leastRowKinds = 20;

type TextRows = (string | null)[][];

interface Context {
  measurers?: Measurers;
  /** Of earlier comparisons. */
  memories?: Memories;
  signal: AbortSignal;
  onProgress: (progress: Progress) => void;
}

/**
 * The whole comparison: pair the columns, read and measure them one by one, judge them together. What is known of the
 * pair is not read again, so the sides may never be opened.
 */
export async function compareDatasets(
  request: CompareRequest,
  { measurers, memories = createMemories(), signal, onProgress }: Context,
): Promise<DriftReport> {
  const { reference, current, options: asked = {} } = request;
  const options = resolveOptions(asked, titleOf(reference, current, asked.splitBy));
  const { pair, memory } = await requestedPair(request, options, { memories, signal, onProgress });
  const context = { signal, measurers, memoryBytes: asked.memoryBytes };
  try {
    const datasets = await remembered(memory, 'datasets', async () => {
      const scans = await pair.scans();
      return { reference: scans.reference.dataset, current: scans.current.dataset };
    });
    const { columns: paired, sharedCount, schema } = pairColumns(datasets, options);
    const firstRows = await readFirstRows(pair, memory, paired.length);
    const columns: ColumnEvidence[] = [];
    const source = {
      rows: 'all',
      memory,
      scans: async () => {
        const scans = await pair.scans();
        expectCube(scans, options);
        return scans;
      },
    };
    for await (const evidence of columnEvidence(source, paired, options, context)) {
      columns.push(evidence);
      onProgress({
        stage: 'measure',
        columnIndex: columns.length - 1,
        columnCount: paired.length,
        column: evidence.column,
      });
    }
    const baseline = options.baseline
      ? await compareHalves(
          { scan: async () => (await pair.scans()).reference, dataset: datasets.reference, memory },
          paired,
          { ...options, kinds: kindsOf(columns) },
          context,
        )
      : null;
    const report = assembleReport({
      version: packageVersion,
      createdAt: new Date().toISOString(),
      options,
      datasets,
      isSameFile: options.splitBy === null && isSameFile(reference, current),
      sameFirstRowCount: sameRowCount(firstRows, paired),
      conditions: { reference: conditionOf(reference), current: conditionOf(current) },
      sharedCount,
      schema: { ...schema, renamed: suggestRenames(loneColumns(datasets, schema, firstRows)) },
      columns,
      baseline,
    });
    const scans = rememberedScans(datasets, pair.scans, memory);
    const isOpen = pair.isOpen();
    const whole = await readWholeRows(scans, paired, report);
    const cube = await readCube(
      { scans, columns: paired, evidence: columns, memory, isOpen, signal },
      report,
    );
    const { sampleRows: wanted, seed } = options;
    const sampleRows =
      wanted === undefined ? null : await readSampleRows(pair.scans, memory, wanted, seed);
    return { ...report, ...whole, ...(cube && { cube }), ...(sampleRows && { sampleRows }) };
  } finally {
    await pair.close();
  }
}

async function readFirstRows(
  pair: LaterPair,
  memory: Memory,
  columnCount: number,
): Promise<Pair<TextRows>> {
  if (columnCount > mostColumnCount) return { reference: [], current: [] };
  return remembered(memory, 'first rows', async () => {
    const { reference, current } = await pair.scans();
    return {
      reference: await reference.rows(0, firstRowCount),
      current: await current.rows(0, firstRowCount),
    };
  });
}

/** How many rows both sides begin with alike; 0 where that may be by chance. */
function sameRowCount(rows: Pair<TextRows>, columns: ColumnPairing['columns']): number {
  const { reference, current } = rows;
  const most = Math.min(reference.length, current.length);
  const isSame = (row: number) =>
    columns.every(
      ({ index }) => reference[row]?.[index.reference] === current[row]?.[index.current],
    );
  let count = 0;
  while (count < most && isSame(count)) count++;
  const kinds = new Set(reference.slice(0, count).map((row) => JSON.stringify(row)));
  return kinds.size >= leastRowKinds ? count : 0;
}

function loneColumns(
  datasets: Pair<Dataset>,
  { removed, added }: SchemaDifference,
  rows: Pair<TextRows>,
): Pair<LoneColumn[]> {
  const withValues = (side: 'reference' | 'current', lone: ColumnSchema[]) =>
    lone.map((column) => {
      const index = datasets[side].columns.indexOf(column);
      return { ...column, values: rows[side].map((row) => row[index] ?? null) };
    });
  return { reference: withValues('reference', removed), current: withValues('current', added) };
}

function titleOf(
  reference: Source | MemorySource,
  current: Source | MemorySource,
  splitBy: Split | undefined,
): string {
  return splitBy
    ? `${nameOf(reference)} split by ${splitBy.column}`
    : `${nameOf(reference)} and ${nameOf(current)}`;
}

function conditionOf(source: Source | MemorySource): string | null {
  return 'path' in source ? (source.where ?? null) : null;
}

/** A half must not be read as another kind than the whole. */
function kindsOf(columns: ColumnEvidence[]): Record<string, Kind> {
  return Object.fromEntries(columns.map(({ column: { name, kind } }) => [name, kind]));
}

function nameOf(source: Source | MemorySource): string {
  if (!('path' in source)) return source.name;
  return source.name ?? source.path.split(/[\\/]/).filter(Boolean).at(-1) ?? source.path;
}

function isSameFile(reference: Source | MemorySource, current: Source | MemorySource): boolean {
  return (
    'path' in reference && 'path' in current && resolve(reference.path) === resolve(current.path)
  );
}
