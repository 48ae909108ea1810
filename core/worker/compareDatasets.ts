import { resolve } from 'node:path';
import type {
  CompareRequest,
  DriftReport,
  Kind,
  MemorySource,
  Progress,
  Source,
} from '../contract.js';
import { assembleReport } from '../drift/assembleReport.js';
import type { ColumnEvidence } from '../drift/measureColumn.js';
import { pairColumns } from '../drift/pairColumns.js';
import { resolveOptions } from '../drift/resolveOptions.js';
import { DriftError, messages } from '../errors.js';
import { packageVersion } from '../packageFiles.js';
import { withPair } from '../scan/openPair.js';
import { compareHalves } from './compareHalves.js';
import { measurePairs } from './measurePairs.js';

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
    for await (const evidence of measurePairs(scans, paired, options)) {
      if (signal.aborted) throw new DriftError('cancelled', messages.cancelled());
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
          scans.reference,
          paired,
          { ...options, kinds: kindsOf(columns) },
          signal,
        )
      : null;
    return assembleReport({
      version: packageVersion,
      createdAt: new Date().toISOString(),
      options,
      datasets,
      isSameFile: isSameFile(reference, current),
      schema,
      columns,
      baseline,
    });
  });
}

/** A half must not be read as another kind than the whole. */
function kindsOf(columns: ColumnEvidence[]): Record<string, Kind> {
  return Object.fromEntries(columns.map(({ column: { name, kind } }) => [name, kind]));
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
