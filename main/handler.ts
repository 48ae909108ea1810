import { randomBytes } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { extname, join, sep } from 'node:path';
import type { ReadableStream as NodeStream } from 'node:stream/web';
import {
  type AppInfo,
  badOption,
  builtFile,
  type CompareEvent,
  type CompareRequest,
  type DriftReport,
  type Engine,
  exitCode,
  type OpenedReport,
  packageVersion,
  toWire,
} from '../core/index.js';
import type { FileAccess } from './fileAccess.js';
import { openReport } from './openReport.js';
import { type KeptReport, readSampleRows } from './readSampleRows.js';
import { type OutputFormat, outputFormats, renderReport, rowFormats } from './renderReport.js';
import {
  parseCompareRequest,
  parseExportRequest,
  parseOpenRequest,
  parseRowsRequest,
  parseSampleRowsRequest,
} from './requests.js';

/** The whole application as one function; the window, the server and the tests are doors to it. */
export type Handler = (request: Request) => Promise<Response>;

export interface HandlerOptions {
  engine: Engine;
  access: FileAccess;
  door: AppInfo['door'];
  pair: AppInfo['pair'];
  report?: AppInfo['report'];
  sample: AppInfo['sample'];
  /** Called for every page that opens, with a signal that is aborted when it has gone. */
  onPage?: (gone: AbortSignal) => void;
}

/** Reports that can still be exported. */
const keptReportCount = 8;

const contentTypes: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
  json: 'application/json; charset=utf-8',
  html: 'text/html; charset=utf-8',
  csv: 'text/csv; charset=utf-8',
  markdown: 'text/markdown; charset=utf-8',
  pdf: 'application/pdf',
};

const fileEndings: Record<OutputFormat, string> = {
  html: 'html',
  json: 'json',
  csv: 'csv',
  markdown: 'md',
  pdf: 'pdf',
};

export function createHandler(options: HandlerOptions): Handler {
  const { engine, access, door, pair, report = null, sample, onPage } = options;
  const reports = new Map<string, KeptReport>();
  const page = createPages();
  const keep = (report: DriftReport, request: CompareRequest | null): string => {
    const reportId = randomBytes(12).toString('hex');
    reports.set(reportId, { report, request });
    for (const id of [...reports.keys()].slice(0, -keptReportCount)) reports.delete(id);
    return reportId;
  };
  const kept = (reportId: string): KeptReport => {
    const found = reports.get(reportId);
    if (!found) throw badOption('this report is no longer kept; run the comparison again');
    return found;
  };

  const routes: Record<string, (request: Request, url: URL) => Promise<Response>> = {
    'GET /api/info': async () =>
      Response.json({ version: packageVersion, door, pair, report, sample } satisfies AppInfo),
    // an answer without an end: each page holds one as long as it lives
    'GET /api/alive': async ({ signal }) => {
      onPage?.(signal);
      return new Response(new ReadableStream(), { headers: { 'cache-control': 'no-store' } });
    },
    'POST /api/open': async (request) => {
      const { source } = parseOpenRequest(await body(request));
      return Response.json(
        await engine.open({ source: await access.check(source) }, { signal: request.signal }),
      );
    },
    'POST /api/preview': async (request) => {
      const { source } = parseOpenRequest(await body(request));
      return Response.json(
        await engine.preview({ source: await access.check(source) }, { signal: request.signal }),
      );
    },
    'POST /api/rows': async (request) => {
      const asked = parseRowsRequest(await body(request));
      const source = await access.check(asked.source);
      return Response.json(await engine.rows({ ...asked, source }, { signal: request.signal }));
    },
    'POST /api/upload': async (request, url) => {
      if (!request.body) throw badOption('an upload needs a file');
      const stream = request.body as unknown as NodeStream<Uint8Array>;
      return Response.json(
        await access.upload(url.searchParams.get('name') ?? 'upload', stream, request.signal),
      );
    },
    'POST /api/compare': async (request) => {
      const { reference, current, options } = parseCompareRequest(await body(request));
      const asked = {
        reference: await access.check(reference),
        current: await access.check(current),
        ...(options && { options }),
      };
      return stream(request.signal, async (send, signal) => {
        const onProgress = (progress: Extract<CompareEvent, { type: 'progress' }>['progress']) =>
          send({ type: 'progress', progress });
        const report = await engine.compare(asked, { signal, onProgress });
        send({ type: 'report', reportId: keep(report, asked), report });
      });
    },
    'POST /api/report': async (request) => {
      const { source } = parseOpenRequest(await body(request));
      const report = await openReport(await access.check(source));
      return Response.json({ reportId: keep(report, null), report } satisfies OpenedReport);
    },
    'POST /api/sample-rows': async (request) => {
      const { reportId, rowCount } = parseSampleRowsRequest(await body(request));
      return Response.json(await readSampleRows(engine, kept(reportId), rowCount, request.signal));
    },
    'POST /api/export': async (request, url) => {
      const { reportId, choice = {}, command = null } = parseExportRequest(await body(request));
      const one = kept(reportId);
      const format = url.searchParams.get('format') as OutputFormat;
      if (!outputFormats.includes(format)) {
        throw badOption(`a report is exported as ${outputFormats.join(', ')}`);
      }
      const { signal } = request;
      const { sampleRows: rowCount, maskBelow } = choice;
      const hasRows = rowCount !== undefined && maskBelow === undefined && rowFormats.has(format);
      const report = hasRows
        ? { ...one.report, sampleRows: await readSampleRows(engine, one, rowCount, signal) }
        : one.report;
      const content = await renderReport(report, format, { choice, command, signal });
      if (url.searchParams.has('size'))
        return Response.json({ sizeBytes: Buffer.byteLength(content) });
      return new Response(content as string | Uint8Array<ArrayBuffer>, {
        headers: {
          'content-type': contentTypes[format] ?? '',
          'content-disposition': `attachment; filename="driftglass-report.${fileEndings[format]}"`,
        },
      });
    },
  };

  return async (request) => {
    const url = new URL(request.url);
    try {
      const route = routes[`${request.method} ${url.pathname}`];
      if (route) return secured(await route(request, url));
      if (request.method === 'GET' && !url.pathname.startsWith('/api/'))
        return await page(url.pathname);
      return secured(notFound());
    } catch (error) {
      return secured(Response.json(toWire(error), { status: status(error) }));
    }
  };
}

async function body(request: Request): Promise<unknown> {
  try {
    return await request.json();
  } catch (cause) {
    throw badOption('the request is not JSON', cause);
  }
}

/** Newline-delimited JSON, sent as it comes. Leaving off reading cancels the work. */
function stream(
  signal: AbortSignal,
  work: (send: (event: CompareEvent) => void, signal: AbortSignal) => Promise<void>,
): Response {
  const left = new AbortController();
  const encoder = new TextEncoder();
  const lines = new ReadableStream<Uint8Array>({
    start: async (controller) => {
      const send = (event: CompareEvent) => {
        if (!left.signal.aborted) controller.enqueue(encoder.encode(`${JSON.stringify(event)}\n`));
      };
      try {
        await work(send, AbortSignal.any([signal, left.signal]));
      } catch (error) {
        send({ type: 'error', error: toWire(error) });
      }
      if (!left.signal.aborted) controller.close();
    },
    cancel: () => left.abort(),
  });
  return new Response(lines, {
    headers: { 'content-type': 'application/x-ndjson; charset=utf-8', 'cache-control': 'no-store' },
  });
}

/** Files of the interface. Only those that the build made can be named; their list is read once. */
function createPages(): (pathname: string) => Promise<Response> {
  const folder = builtFile('renderer');
  let list: Promise<ReadonlySet<string>> | null = null;
  return async (pathname) => {
    const name = pageName(pathname);
    const type = contentTypes[extname(name ?? '')];
    list ??= listFiles(folder).catch((error) => {
      list = null;
      throw error;
    });
    if (name === null || type === undefined || !(await list).has(name)) return secured(notFound());
    const content = await readFile(join(folder, name));
    return name === 'index.html' ? indexPage(content, type) : asset(content, type);
  };
}

async function listFiles(folder: string): Promise<ReadonlySet<string>> {
  const names = await readdir(folder, { recursive: true });
  return new Set(names.map((name) => name.replaceAll(sep, '/')));
}

/** Null where the address is not well written. */
function pageName(pathname: string): string | null {
  if (pathname === '/') return 'index.html';
  try {
    return decodeURIComponent(pathname).slice(1);
  } catch (error) {
    if (error instanceof URIError) return null;
    throw error;
  }
}

/** Its name holds its hash, so it never changes. */
function asset(content: Buffer<ArrayBuffer>, type: string): Response {
  return secured(
    new Response(content, {
      headers: { 'content-type': type, 'cache-control': 'public, max-age=31536000, immutable' },
    }),
  );
}

function indexPage(content: Buffer, type: string): Response {
  const nonce = randomBytes(16).toString('base64');
  const policy = [
    "default-src 'none'",
    `script-src 'self' 'nonce-${nonce}'`,
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
  const html = content.toString('utf8').replaceAll('__NONCE__', nonce);
  return secured(
    new Response(html, {
      headers: {
        'content-type': type,
        'content-security-policy': policy,
        'cache-control': 'no-store',
      },
    }),
  );
}

function secured(response: Response): Response {
  response.headers.set('x-content-type-options', 'nosniff');
  response.headers.set('referrer-policy', 'no-referrer');
  response.headers.set('cross-origin-resource-policy', 'same-origin');
  return response;
}

function notFound(): Response {
  return new Response('Not found', {
    status: 404,
    headers: { 'content-type': 'text/plain; charset=utf-8' },
  });
}

function status(error: unknown): number {
  const { code } = toWire(error);
  if (code === 'path-not-allowed') return 403;
  if (code === 'file-missing') return 404;
  return exitCode(error) === 3 ? 500 : 400;
}
