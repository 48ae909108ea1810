import { useEffect, useState } from 'react';
import type { DriftReport, RowSample, Side } from '../core/contract.js';
import { isCancelled, readSampleRows, toSentence } from './engine.js';
import { useStore } from './store.js';

const usualCount = 100;

interface SampleRows {
  /** Null until they are read. */
  rows: Record<Side, RowSample> | null;
  error: string | null;
}

/** The rows that the report has, or else some that are read now. */
export function useSampleRows(report: DriftReport): SampleRows {
  const reportId = useStore((state) => state.reportId);
  const [read, setRead] = useState<SampleRows>({ rows: null, error: null });
  const { sampleRows } = report;
  useEffect(() => {
    if (sampleRows !== undefined || reportId === null) return;
    const controller = new AbortController();
    readSampleRows(reportId, usualCount, controller.signal).then(
      (rows) => setRead({ rows, error: null }),
      (error: unknown) => {
        if (!isCancelled(error)) setRead({ rows: null, error: toSentence(error) });
      },
    );
    return () => controller.abort();
  }, [sampleRows, reportId]);
  return sampleRows === undefined ? read : { rows: sampleRows, error: null };
}
