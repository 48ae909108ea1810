import { chooseContents, type DriftReport, type ExportChoice, reportHtml } from '../core/index.js';
import { printPdf } from './printPdf.js';
import { reportCsv } from './reportCsv.js';
import { reportMarkdown } from './reportMarkdown.js';

export const outputFormats = ['html', 'json', 'csv', 'markdown', 'pdf'] as const;
export type OutputFormat = (typeof outputFormats)[number];

/** Those that have sample rows where these are asked for. */
export const rowFormats: ReadonlySet<OutputFormat> = new Set<OutputFormat>(['html', 'json']);

export interface Rendering {
  choice?: ExportChoice;
  /** That makes the same report again, for the summary. */
  command?: string | null;
  signal?: AbortSignal;
}

/** A report as the content of a file. */
export async function renderReport(
  whole: DriftReport,
  format: OutputFormat,
  { choice = {}, command = null, signal }: Rendering = {},
): Promise<string | Uint8Array> {
  const report = chooseContents(whole, choice);
  if (format === 'html') return reportHtml(report);
  if (format === 'json') return `${JSON.stringify(report, null, 2)}\n`;
  if (format === 'csv') return reportCsv(report);
  if (format === 'markdown') return reportMarkdown(report, command);
  return printPdf(await reportHtml(report), signal);
}
