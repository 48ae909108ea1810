import type { Dataset } from '../core/contract.js';
import { bridge } from './bridge.js';
import { type ExportFormat, exportReport, toSentence } from './engine.js';
import { rejectedCsv } from './rejectedCsv.js';
import { useStore } from './store.js';

/** Saves the report that is shown, through the window's dialog or as a download. */
export async function saveReport(format: ExportFormat): Promise<void> {
  const { report, reportId, mode } = useStore.getState();
  if (report === null) return;
  const name = exportName(report.reference.name, report.current.name, format);
  try {
    if (mode === 'report') {
      const text = JSON.stringify(report, null, 2);
      await save(name, new Blob([text], { type: 'application/json' }));
    } else if (reportId !== null) await save(name, await exportReport(format, reportId));
  } catch (error) {
    useStore.setState({ error: toSentence(error) });
  }
}

/** Saves the rows of one file that could not be read. */
export async function saveRejected({ name, rejectedRows }: Dataset): Promise<void> {
  try {
    const csv = new Blob([rejectedCsv(rejectedRows)], { type: 'text/csv' });
    await save(`not-read-${plain(name) || 'rows'}.csv`, csv);
  } catch (error) {
    useStore.setState({ error: toSentence(error) });
  }
}

/** A file name that every system takes. */
export function exportName(reference: string, current: string, format: ExportFormat): string {
  return `drift-${plain(reference) || 'reference'}-${plain(current) || 'current'}.${format}`;
}

function plain(text: string): string {
  return text
    .replace(/\.[a-z0-9.]{1,12}$/i, '')
    .replace(/[^\p{L}\p{N}_-]+/gu, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 60);
}

async function save(name: string, blob: Blob): Promise<void> {
  const desktop = bridge();
  if (desktop !== undefined) {
    await desktop.saveFile(name, new Uint8Array(await blob.arrayBuffer()));
    return;
  }
  const url = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
