import { resolve } from 'node:path';
import type { Pair } from '../column.js';
import type {
  CompareRequest,
  DriftReport,
  MemorySource,
  Progress,
  ResolvedOptions,
  Source,
} from '../contract.js';
import { assembleReport } from '../drift/assembleReport.js';
import { type ColumnEvidence, measureColumn } from '../drift/measureColumn.js';
import { type ColumnPairing, pairColumns } from '../drift/pairColumns.js';
import { resolveOptions } from '../drift/resolveOptions.js';
import { DriftError, messages } from '../errors.js';
import { packageVersion } from '../packageFiles.js';
import { withPair } from '../scan/openPair.js';
import { readColumnPair } from '../scan/readColumnPair.js';
import type { Scan } from '../scan/scan.js';

interface Context {
  signal: AbortSignal;
  onProgress: (progress: Progress) => void;
}

/** The whole comparison: open both sides, pair the columns, read and measure them one by one, judge them together. */
export async function compareDatasets(
  request: CompareRequest,
  { signal, onProgress }: Context,
): Promise<DriftReport> {
  const { reference, current, options: asked = {} } = request;
  const options = resolveOptions(asked, `${nameOf(reference)} and ${nameOf(current)}`);
  const openOptions = {
    signal,
    onScan: (side: 'reference' | 'current', share: number | null) =>
      onProgress({ stage: 'scan', side, share }),
    ...(asked.memoryBytes !== undefined && { memoryBytes: asked.memoryBytes }),
  };
  return withPair({ reference, current }, openOptions, async (scans) => {
    const datasets = { reference: scans.reference.dataset, current: scans.current.dataset };
    const { columns: paired, schema } = pairColumns(datasets, options);
    const columns: ColumnEvidence[] = [];
    for await (const evidence of measured(scans, paired, options)) {
      if (signal.aborted) throw new DriftError('cancelled', messages.cancelled());
      columns.push(evidence);
      onProgress({
        stage: 'measure',
        columnIndex: columns.length - 1,
        columnCount: paired.length,
        column: evidence.column,
      });
    }
    return assembleReport({
      version: packageVersion,
      createdAt: new Date().toISOString(),
      options,
      datasets,
      isSameFile: isSameFile(reference, current),
      schema,
      columns,
    });
  });
}

async function* measured(
  scans: Pair<Scan>,
  columns: ColumnPairing['columns'],
  options: ResolvedOptions,
): AsyncGenerator<ColumnEvidence> {
  const profiles = {
    reference: await scans.reference.profiles(columns.map(({ index }) => index.reference)),
    current: await scans.current.profiles(columns.map(({ index }) => index.current)),
  };
  for (const [position, column] of columns.entries()) {
    const reference = profiles.reference[position];
    const current = profiles.current[position];
    if (!reference || !current) throw new RangeError(`no profile of column ${position}`);
    const pair = await readColumnPair(
      scans,
      { ...column, profile: { reference, current } },
      options.kinds[column.name],
    );
    yield measureColumn(pair, options);
  }
}

function nameOf(source: Source | MemorySource): string {
  return 'path' in source
    ? (source.path.split(/[\\/]/).filter(Boolean).at(-1) ?? source.path)
    : source.name;
}

function isSameFile(reference: Source | MemorySource, current: Source | MemorySource): boolean {
  return (
    'path' in reference && 'path' in current && resolve(reference.path) === resolve(current.path)
  );
}
