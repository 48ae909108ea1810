import type { DriftReport } from './contract.js';

/** The report with at most so many sample rows of each side; null for none. */
export function withSampleRows(report: DriftReport, count: number | null): DriftReport {
  const { sampleRows, options, ...rest } = report;
  const { sampleRows: _, ...others } = options;
  if (count === null || sampleRows === undefined) return { ...rest, options: others };
  const { reference, current } = sampleRows;
  return {
    ...rest,
    options: { ...others, sampleRows: count },
    sampleRows: {
      reference: { ...reference, rows: reference.rows.slice(0, count) },
      current: { ...current, rows: current.rows.slice(0, count) },
    },
  };
}
