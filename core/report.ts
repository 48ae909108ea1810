import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { DriftReport, ReportDiff } from './contract.js';
import { builtFile } from './packageFiles.js';

const jupyterDisplay: unique symbol = Symbol.for('Jupyter.display') as never;

/** The answer of {@link compare}, with ways to show it. */
export class Report {
  readonly data: DriftReport;

  constructor(data: DriftReport) {
    this.data = data;
  }

  /** What `JSON.stringify` writes; described by `driftglass/report.schema.json`. */
  toJSON(): DriftReport {
    return this.data;
  }

  /** One self-contained interactive page that needs no network. */
  toHtml(): Promise<string> {
    return reportHtml(this.data);
  }

  /** Notebooks with a JavaScript kernel show the page itself. */
  async [jupyterDisplay](): Promise<Record<string, string>> {
    const frame = `<iframe sandbox="allow-scripts allow-downloads" style="width:100%;height:720px;border:0" srcdoc="${escapeAttribute(await this.toHtml())}"></iframe>`;
    return { 'text/html': frame, 'text/plain': this.data.summary.headline };
  }
}

/** Data that take more are packed: a page of many columns is sent by mail. */
const mostPlainBytes = 3_000_000;

/** Fills the page that the build made with a report. The data stand in it as inert text, or packed. */
export async function reportHtml(report: DriftReport): Promise<string> {
  return filledPage(report.options.title, report);
}

/** The same page with what changed between two reports. */
export async function diffHtml(diff: ReportDiff): Promise<string> {
  return filledPage(`${diff.earlier.title}, then ${diff.later.title}`, diff);
}

async function filledPage(title: string, data: DriftReport | ReportDiff): Promise<string> {
  const template = await readFile(builtFile('report.html'), 'utf8');
  const json = inertJson(data);
  const isPacked = Buffer.byteLength(json) > mostPlainBytes;
  const fills: Record<string, string> = {
    TITLE: escapeAttribute(title),
    TYPE: isPacked ? 'application/gzip' : 'application/json',
    REPORT: isPacked ? (await promisify(gzip)(JSON.stringify(data))).toString('base64') : json,
  };
  // at one go, because the title may spell another name; a function, because `$&` would mean something
  return template.replace(/__DRIFTGLASS_(TITLE|TYPE|REPORT)__/g, (_, name) => fills[name] ?? '');
}

/** JSON that ends no script element and starts no comment. */
export function inertJson(value: unknown): string {
  return JSON.stringify(value).replace(
    /[<>&\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

function escapeAttribute(text: string): string {
  const entities: Record<string, string> = {
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '"': '&quot;',
    "'": '&#39;',
  };
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? character);
}
