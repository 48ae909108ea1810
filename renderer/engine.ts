/** The engine's calls over HTTP. Same-origin cookies carry what the server wants to know. */

import type {
  AppInfo,
  CompareEvent,
  CompareOptions,
  DriftReport,
  ExportChoice,
  OpenedReport,
  Preview,
  Progress,
  RowSample,
  Side,
  Source,
  UploadAnswer,
  WireError,
} from '../core/contract.js';
import { DriftError, fromWire } from '../core/errors.js';

export type ExportFormat = 'html' | 'json' | 'csv' | 'markdown' | 'pdf';

export interface ExportRequest {
  reportId: string;
  choice: ExportChoice;
  /** That makes the report again. */
  command?: string;
}

export async function readInfo(): Promise<AppInfo> {
  return (await answered(await fetch('api/info'))).json() as Promise<AppInfo>;
}

/** Aborting `signal` cancels the work itself, not only the waiting. */
export async function compare(
  request: { reference: Source; current: Source; options?: CompareOptions },
  onProgress: (progress: Progress) => void,
  signal: AbortSignal,
): Promise<{ report: DriftReport; reportId: string }> {
  const response = await answered(
    await fetch('api/compare', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(request),
      signal,
    }),
  );
  for await (const line of lines(response)) {
    const event = JSON.parse(line) as CompareEvent;
    if (event.type === 'progress') onProgress(event.progress);
    else if (event.type === 'error') throw fromWire(event.error);
    else return { report: event.report, reportId: event.reportId };
  }
  throw new DriftError('worker-lost', 'The comparison ended without a report; start it again.');
}

/** The beginning of a file, read as it would be. */
export async function preview(source: Source, signal: AbortSignal): Promise<Preview> {
  const response = await fetch('api/preview', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ source }),
    signal,
  });
  return (await answered(response)).json() as Promise<Preview>;
}

/** A report that was exported before. */
export async function openReport(source: Source): Promise<OpenedReport> {
  const response = await fetch('api/report', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ source }),
  });
  return (await answered(response)).json() as Promise<OpenedReport>;
}

/** Rows of both sides of a report that is kept, as they stand. */
export async function readSampleRows(
  reportId: string,
  rowCount: number,
  signal: AbortSignal,
): Promise<Record<Side, RowSample>> {
  const response = await fetch('api/sample-rows', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ reportId, rowCount }),
    signal,
  });
  return (await answered(response)).json() as Promise<Record<Side, RowSample>>;
}

/** Held open as long as the page lives, so that a server that ends with its page knows. */
export function stayConnected(): void {
  void fetch('api/alive').catch(() => undefined);
}

/** XMLHttpRequest, because fetch does not tell how much of a body is sent. */
export function upload(
  file: File,
  onProgress: (share: number) => void,
  signal: AbortSignal,
): Promise<UploadAnswer> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', `api/upload?name=${encodeURIComponent(file.name)}`);
    request.upload.onprogress = (event) => {
      if (event.lengthComputable && event.total > 0) onProgress(event.loaded / event.total);
    };
    request.onload = () => {
      if (request.status >= 400) {
        reject(wireError(request.responseText, request.status));
      } else resolve(JSON.parse(request.responseText) as UploadAnswer);
    };
    request.onerror = () => reject(unreachable());
    request.onabort = () => reject(new DriftError('cancelled', 'Cancelled.'));
    signal.addEventListener('abort', () => request.abort(), { once: true });
    request.send(file);
  });
}

export async function exportReport(format: ExportFormat, request: ExportRequest): Promise<Blob> {
  return (await askExport(`format=${format}`, request)).blob();
}

/** How many bytes the same would have. */
export async function measureExport(
  format: ExportFormat,
  request: ExportRequest,
  signal: AbortSignal,
): Promise<number> {
  const response = await askExport(`format=${format}&size`, request, signal);
  return ((await response.json()) as { sizeBytes: number }).sizeBytes;
}

async function askExport(
  query: string,
  request: ExportRequest,
  signal?: AbortSignal,
): Promise<Response> {
  const response = await fetch(`api/export?${query}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(request),
    ...(signal && { signal }),
  });
  return answered(response);
}

/** The sentence for a person, whatever was thrown. */
export function toSentence(error: unknown): string {
  if (error instanceof TypeError) return unreachable().message;
  return error instanceof Error ? error.message : String(error);
}

export function isCancelled(error: unknown): boolean {
  if (error instanceof DriftError) return error.code === 'cancelled';
  return error instanceof DOMException && error.name === 'AbortError';
}

async function answered(response: Response): Promise<Response> {
  if (response.ok) return response;
  throw wireError(await response.text(), response.status);
}

function wireError(text: string, status: number): DriftError {
  try {
    return fromWire(JSON.parse(text) as WireError);
  } catch (cause) {
    return new DriftError('internal', `The engine answered with status ${status}; try again.`, {
      cause,
    });
  }
}

function unreachable(): DriftError {
  return new DriftError(
    'worker-lost',
    'Driftglass does not answer; check that it is still running and try again.',
  );
}

async function* lines(response: Response): AsyncGenerator<string> {
  if (response.body === null) return;
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    const parts = (rest + value).split('\n');
    rest = parts.pop() ?? '';
    for (const part of parts) if (part !== '') yield part;
  }
  if (rest !== '') yield rest;
}
