import type { Dataset, DriftReport, ExportChoice } from '../core/contract.js';
import { withSampleRows } from '../core/withSampleRows.js';
import { askedOptions } from './askedOptions.js';
import { bridge } from './bridge.js';
import { compareCommand } from './compareCommand.js';
import { loadCharts } from './components/VegaChart.js';
import {
  type ExportFormat,
  type ExportRequest,
  exportReport,
  measureExport,
  toSentence,
} from './engine.js';
import { rejectedCsv } from './rejectedCsv.js';
import { startRoute } from './route.js';
import { useStore } from './store.js';

/** Saves the report that is shown, through the window's dialog or as a download. */
export async function saveReport(format: ExportFormat, choice: ExportChoice = {}): Promise<void> {
  const { report, reportId, mode } = useStore.getState();
  if (report === null) return;
  const name = exportName(report.reference.name, report.current.name, format);
  try {
    if (mode === 'report') {
      const kept = withSampleRows(report, choice.sampleRows ?? null);
      const text = JSON.stringify(kept, null, 2);
      await save(name, new Blob([text], { type: 'application/json' }));
    } else if (reportId !== null) {
      await save(name, await exportReport(format, asked(report, reportId, choice)));
    }
  } catch (error) {
    useStore.setState({ error: toSentence(error) });
  }
}

/** Bytes of the page that would be saved; null where there is nobody to make it. */
export async function exportSize(
  choice: ExportChoice,
  signal: AbortSignal,
): Promise<number | null> {
  const { report, reportId, mode } = useStore.getState();
  if (report === null || reportId === null || mode === 'report') return null;
  return measureExport('html', asked(report, reportId, choice), signal);
}

/** The list and every column on paper, by the browser's dialog, or as a PDF from the window. */
export async function printReport(choice: ExportChoice): Promise<void> {
  const { report, reportId, mode, route } = useStore.getState();
  if (report === null) return;
  const { sampleRows: _, ...onPaper } = choice;
  try {
    const printed =
      mode === 'report' || reportId === null
        ? withSampleRows(report, null)
        : (JSON.parse(
            await (await exportReport('json', asked(report, reportId, onPaper))).text(),
          ) as DriftReport);
    await loadCharts();
    useStore.setState({ printed, route: startRoute });
    const desktop = bridge();
    const name = exportName(report.reference.name, report.current.name, 'pdf');
    if (desktop === undefined) window.print();
    else await desktop.savePdf(name);
  } catch (error) {
    useStore.setState({ error: toSentence(error) });
  } finally {
    useStore.setState({ printed: null, route });
  }
}

function asked(report: DriftReport, reportId: string, choice: ExportChoice): ExportRequest {
  const { sources } = useStore.getState();
  const { authorNotes = { report: null, columns: {} } } = report;
  return {
    reportId,
    choice: { ...choice, authorNotes },
    ...(sources !== null && {
      command: compareCommand(sources.reference, sources.current, askedOptions(report)),
    }),
  };
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
  const ending = format === 'markdown' ? 'md' : format;
  return `drift-${plain(reference) || 'reference'}-${plain(current) || 'current'}.${ending}`;
}

/** As part of a file name. */
export function plain(text: string): string {
  return text
    .replace(/\.[a-z0-9.]{1,12}$/i, '')
    .replace(/[^\p{L}\p{N}_-]+/gu, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 60);
}

/** Through the window's dialog, or as a download. */
export async function save(name: string, blob: Blob): Promise<void> {
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
