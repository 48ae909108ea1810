import { randomBytes, timingSafeEqual } from 'node:crypto';
import {
  createServer as createHttpServer,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream } from 'node:stream/web';
import { badOption } from '../core/index.js';
import type { Handler } from './handler.js';

export interface Server {
  /** Opens the interface in a browser; it holds the token. */
  url: string;
  /** Ends all connections. */
  close(): Promise<void>;
}

/**
 * The handler on 127.0.0.1, for whoever has the token. Pages of other sites that the same browser
 * shows can reach a loopback port too, so every request must name this host, come from this origin,
 * and carry the token as a cookie that only this origin's pages send.
 */
export async function createServer(handler: Handler, port: number): Promise<Server> {
  const token = randomBytes(24).toString('base64url');
  const server = createHttpServer((incoming, outgoing) => {
    const { port: actual } = server.address() as AddressInfo;
    void answer(incoming, outgoing, { handler, token, port: actual });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) => {
      const why = cause.code === 'EADDRINUSE' ? 'it is in use' : (cause.code ?? cause.message);
      reject(
        badOption(`port ${port} cannot be opened (${why}); choose another with --port`, cause),
      );
    });
    server.listen(port, '127.0.0.1', resolve);
  });
  const { port: actual } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${actual}/?token=${token}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

interface Guard {
  handler: Handler;
  token: string;
  port: number;
}

async function answer(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  guard: Guard,
): Promise<void> {
  try {
    const url = new URL(incoming.url ?? '/', `http://127.0.0.1:${guard.port}`);
    const refusal = refuse(incoming, url, guard);
    if (refusal) {
      outgoing.writeHead(refusal.status, refusal.headers).end(refusal.text);
      return;
    }
    const left = new AbortController();
    outgoing.on('close', () => left.abort());
    const hasBody = incoming.method !== 'GET' && incoming.method !== 'HEAD';
    const request = new Request(url, {
      method: incoming.method ?? 'GET',
      headers: new Headers(
        Object.entries(incoming.headers).flatMap(([name, value]) =>
          typeof value === 'string' ? [[name, value] as [string, string]] : [],
        ),
      ),
      signal: left.signal,
      ...(hasBody && {
        body: Readable.toWeb(incoming) as unknown as globalThis.ReadableStream,
        duplex: 'half',
      }),
    });
    const response = await guard.handler(request);
    outgoing.writeHead(response.status, Object.fromEntries(response.headers));
    if (response.body) await pipeline(Readable.fromWeb(response.body as ReadableStream), outgoing);
    else outgoing.end();
  } catch (error) {
    // the reader has gone: nobody is left to tell
    if (
      outgoing.destroyed ||
      (error as NodeJS.ErrnoException).code === 'ERR_STREAM_PREMATURE_CLOSE'
    )
      return;
    if (!outgoing.headersSent) outgoing.writeHead(500);
    outgoing.end();
  }
}

/** Why a request is turned away; null when it is welcome. */
function refuse(
  { headers }: IncomingMessage,
  url: URL,
  { token, port }: Guard,
): { status: number; text: string; headers: Record<string, string> } | null {
  const plain = {
    'content-type': 'text/plain; charset=utf-8',
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
  };
  const origins = [`http://127.0.0.1:${port}`, `http://localhost:${port}`];
  // another name for this address is a page that rebinds its own
  if (!origins.includes(`http://${headers.host}`))
    return { status: 421, text: 'This host is not served here.', headers: plain };
  const site = headers['sec-fetch-site'];
  const isForeign =
    (headers.origin !== undefined && !origins.includes(headers.origin)) ||
    site === 'cross-site' ||
    site === 'same-site';
  const cookie = `driftglass-${port}`;
  const given = url.searchParams.get('token');
  const isEntry = url.pathname === '/' && given !== null;
  // following the printed link from another page is fine; anything else from one is not
  if (isForeign && !isEntry)
    return { status: 403, text: 'Requests from other sites are not answered.', headers: plain };
  if (isEntry && isEqual(given, token)) {
    const setCookie = `${cookie}=${token}; HttpOnly; SameSite=Strict; Path=/`;
    return {
      status: 303,
      text: '',
      headers: { ...plain, location: '/', 'set-cookie': setCookie, 'cache-control': 'no-store' },
    };
  }
  const sent = cookieValue(headers.cookie, cookie);
  if (sent !== null && isEqual(sent, token)) return null;
  return {
    status: 401,
    text: 'Open the address that Driftglass printed; it holds a token.',
    headers: plain,
  };
}

function cookieValue(header: string | undefined, name: string): string | null {
  for (const part of (header ?? '').split(';')) {
    const [key, value] = part.trim().split('=');
    if (key === name) return value ?? '';
  }
  return null;
}

function isEqual(given: string, token: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(token)];
  return a.length === b.length && timingSafeEqual(a, b);
}
