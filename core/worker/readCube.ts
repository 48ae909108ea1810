import { setImmediate } from 'node:timers/promises';
import type { Pair } from '../column.js';
import type { Cube, CubeColumn, DriftReport, ResolvedOptions, Side } from '../contract.js';
import { type CubeTable, mostCubeColumns, packTables } from '../cubeTables.js';
import { type CubeBins, cubeBins } from '../drift/cubeBins.js';
import type { ColumnEvidence } from '../drift/measureColumn.js';
import type { ColumnPairing } from '../drift/pairColumns.js';
import { DriftError, messages } from '../errors.js';
import type { CodedColumn, Scan } from '../scan/scan.js';
import type { Memory } from './createMemories.js';
import type { RowScan } from './rememberedScans.js';

const sampleRowCount = 20_000;
/** As JSON. */
export const mostCubeBytes = 400_000;

interface CubeSource {
  scans: Pair<RowScan>;
  columns: ColumnPairing['columns'];
  evidence: readonly ColumnEvidence[];
  memory: Memory;
  /** Whether the files are opened anyway. */
  isOpen: boolean;
  signal: AbortSignal;
}

interface CutColumn extends CubeBins {
  coded: Pair<CodedColumn>;
}

/** Before columns are read: what the cube needs of them is kept on the way. */
export function expectCube(
  { reference, current }: Pair<Scan>,
  { cube, seed }: ResolvedOptions,
): void {
  if (cube === false) return;
  for (const scan of [reference, current]) scan.expectCodedRows(sampleRowCount, seed);
}

/** Joint counts of the first ranked columns; null where it was not wanted, or fewer than two have a distribution. */
export async function readCube(source: CubeSource, report: DriftReport): Promise<Cube | null> {
  const { options } = report;
  if (options.cube === false) return null;
  const columns = chooseColumns(source, report);
  if (columns.length < 2) return null;
  const read = (side: Side) =>
    source.scans[side].codedRows(
      columns.map(({ coded }) => coded[side]),
      sampleRowCount,
      options.seed,
    );
  const [reference, current] = await Promise.all([read('reference'), read('current')]);
  return countCube(columns, { reference, current }, source.signal);
}

/** When nothing else must be read, columns that were counted before, in their new order. */
function chooseColumns(
  { columns, evidence, memory, isOpen }: CubeSource,
  { columns: findings, options }: DriftReport,
): CutColumn[] {
  const indexes = new Map(columns.map(({ name, index }) => [name, index]));
  const reading = new Map(evidence.map(({ column, levels }) => [column.name, levels]));
  const known = isOpen ? undefined : memory.get<string[]>('cube columns');
  const chosen = findings
    .filter(({ name }) => known?.includes(name) ?? true)
    .flatMap((finding): CutColumn[] => {
      const bins = cubeBins(finding);
      const index = indexes.get(finding.name);
      if (!bins || !index) return [];
      const missingValues = options.missingValues[finding.name] ?? [];
      const cut = cutOf(bins, finding.charts.categories?.levels ?? [], reading.get(finding.name));
      const coded = (side: Side) => ({ index: index[side], missingValues, cut });
      return [{ ...bins, coded: { reference: coded('reference'), current: coded('current') } }];
    })
    .slice(0, mostCubeColumns);
  if (known === undefined)
    memory.set(
      'cube columns',
      chosen.map(({ name }) => name),
    );
  return chosen;
}

function cutOf(
  { kind, binEdges, levels = [] }: CubeBins,
  listed: readonly { value: string }[],
  reading: ColumnEvidence['levels'],
): CodedColumn['cut'] {
  if (binEdges) {
    return { by: 'edges', reading: kind === 'datetime' ? 'datetime' : 'number', edges: binEdges };
  }
  const flag = reading?.isRetyped ? 'retyped flag' : 'flag';
  const asText = kind === 'boolean' ? flag : 'text';
  return {
    by: 'levels',
    reading: reading?.areNumbers ? 'number' : asText,
    levels: levels.map((place) => listed[place]?.value ?? ''),
  };
}

/** Column by column, until the next one would go beyond what the file may take. */
export async function countCube(
  columns: readonly CubeBins[],
  codes: Pair<readonly Uint8Array[]>,
  signal: AbortSignal,
  mostBytes = mostCubeBytes,
): Promise<Cube | null> {
  const cube: Cube = {
    referenceRowCount: codes.reference[0]?.length ?? 0,
    currentRowCount: codes.current[0]?.length ?? 0,
    columns: [],
  };
  let sizeBytes = JSON.stringify(cube).length;
  for (const [j, { name, binEdges, areWhole, levels }] of columns.entries()) {
    // cancelling must not wait for all of them
    await setImmediate();
    if (signal.aborted) throw new DriftError('cancelled', messages.cancelled());
    const binCount = (binEdges ?? levels ?? []).length + 2;
    const sums = {
      referenceCounts: countBins(codes.reference[j], binCount),
      currentCounts: countBins(codes.current[j], binCount),
    };
    const tables = cube.columns.map(({ referenceCounts: { length } }, i): CubeTable => {
      const count = (side: Side) => countTable(codes[side][i], codes[side][j], length, binCount);
      return { reference: count('reference'), current: count('current') };
    });
    const column: CubeColumn = {
      name,
      ...(binEdges && { binEdges }),
      ...(areWhole && { areWhole }),
      ...(levels && { levels }),
      ...sums,
      tables: packTables(cube.columns, sums, tables),
    };
    sizeBytes += Buffer.byteLength(JSON.stringify(column)) + Math.min(1, j);
    if (sizeBytes > mostBytes) break;
    cube.columns.push(column);
  }
  return cube.columns.length < 2 ? null : cube;
}

function countBins(codes: Uint8Array = new Uint8Array(0), binCount: number): number[] {
  const counts = new Uint32Array(binCount);
  for (let row = 0; row < codes.length; row++) {
    const bin = codes[row] as number;
    counts[bin] = (counts[bin] as number) + 1;
  }
  return Array.from(counts);
}

function countTable(
  rows: Uint8Array = new Uint8Array(0),
  columns: Uint8Array = new Uint8Array(0),
  rowBinCount: number,
  binCount: number,
): Uint32Array {
  const counts = new Uint32Array(rowBinCount * binCount);
  for (let row = 0; row < rows.length; row++) {
    const cell = (rows[row] as number) * binCount + (columns[row] as number);
    counts[cell] = (counts[cell] as number) + 1;
  }
  return counts;
}
