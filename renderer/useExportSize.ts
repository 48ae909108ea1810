import { useEffect, useState } from 'react';
import type { DriftReport, ExportChoice } from '../core/contract.js';
import { isCancelled } from './engine.js';
import { exportSize } from './exporting.js';

const waitMs = 150;

/** Bytes of the page that would be saved; null until they are known, and in an exported page. */
export function useExportSize(choice: ExportChoice, report: DriftReport): number | null {
  const [size, setSize] = useState<number | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a note that changes the report changes the size
  useEffect(() => {
    const controller = new AbortController();
    const timer = setTimeout(() => {
      exportSize(choice, controller.signal).then(setSize, (error: unknown) => {
        // saving tells what is wrong; here there is only no number
        if (!isCancelled(error)) setSize(null);
      });
    }, waitMs);
    return () => {
      clearTimeout(timer);
      controller.abort();
    };
  }, [choice, report]);
  return size;
}
