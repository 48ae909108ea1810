import type { Pair } from '../column.js';
import type { CompareRequest, RowSample, Side } from '../contract.js';
import { resolveOptions } from '../drift/resolveOptions.js';
import type { Scan } from '../scan/scan.js';
import { type Memories, type Memory, remembered } from './createMemories.js';
import { requestedPair } from './requestedPair.js';

/** More would make a page that no browser opens. */
const mostCharacters = 10_000_000;

/** Rows of both sides alone, as the report of the same request has them. */
export async function sampleRows(
  request: CompareRequest,
  context: { memories: Memories; signal: AbortSignal },
): Promise<Record<Side, RowSample>> {
  const options = resolveOptions(request.options ?? {}, '');
  if (options.sampleRows === undefined)
    throw new RangeError('sampleRows requires the option sampleRows (got none)');
  const { pair, memory } = await requestedPair(request, options, context);
  try {
    return await readSampleRows(pair.scans, memory, options.sampleRows, options.seed);
  } finally {
    await pair.close();
  }
}

export async function readSampleRows(
  scans: () => Promise<Pair<Scan>>,
  memory: Memory,
  wanted: number,
  seed: number,
): Promise<Record<Side, RowSample>> {
  const read = (side: Side) =>
    remembered(memory, ['sample rows', side, wanted, seed], async (): Promise<RowSample> => {
      const scan = (await scans())[side];
      const rows = await scan.drawRows(wanted, seed);
      return { rowCount: scan.dataset.rowCount, rows: rows.slice(0, fittingCount(rows)) };
    });
  const [reference, current] = await Promise.all([read('reference'), read('current')]);
  return { reference, current };
}

function fittingCount(rows: RowSample['rows']): number {
  let left = mostCharacters;
  const end = rows.findIndex(({ values }) => {
    left -= values.reduce((sum, value) => sum + (value?.length ?? 0) + 1, 0);
    return left < 0;
  });
  return end < 0 ? rows.length : end;
}
