import {
  badOption,
  type CompareRequest,
  DriftError,
  type DriftReport,
  type Engine,
  messages,
  type RowSample,
  type Side,
} from '../core/index.js';

/** A report that can still be exported. */
export interface KeptReport {
  report: DriftReport;
  /** What it answers; null of one that was opened without its data. */
  request: CompareRequest | null;
}

/** So many rows of each side: read again from the files, or those that the report came with. */
export async function readSampleRows(
  engine: Engine,
  { report, request }: KeptReport,
  rowCount: number,
  signal: AbortSignal,
): Promise<Record<Side, RowSample>> {
  if (request === null) {
    if (report.sampleRows === undefined) throw badOption(messages.noRowsHere());
    return report.sampleRows;
  }
  const options = { ...request.options, sampleRows: rowCount };
  const rows = await engine.sampleRows({ ...request, options }, { signal });
  for (const side of ['reference', 'current'] as const) {
    const { name, rowCount: comparedCount } = report[side];
    if (rows[side].rowCount !== comparedCount)
      throw new DriftError('file-damaged', messages.fileChangedSince(name));
  }
  return rows;
}
