import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createServer, type Server } from '../../main/server.js';

/** A handler that tells what reached it: the guard before it is what is tested. */
let server: Server;
let port: number;
let token: string;
let cookie: string;

beforeAll(async () => {
  server = await createServer(
    async (incoming) =>
      Response.json({ reached: new URL(incoming.url).pathname, body: await incoming.text() }),
    0,
  );
  const url = new URL(server.url);
  port = Number(url.port);
  token = url.searchParams.get('token') ?? '';
  cookie = `driftglass-${port}=${token}`;
});
afterAll(() => server.close());

function send(
  path: string,
  headers: Record<string, string> = {},
  method = 'GET',
): Promise<{ status: number; headers: NodeJS.Dict<string | string[]>; text: string }> {
  return new Promise((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port, path, method, headers }, (response) => {
      let text = '';
      response.on('data', (part) => {
        text += part;
      });
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, text }),
      );
    });
    sent.on('error', reject);
    sent.end(method === 'POST' ? 'body' : undefined);
  });
}

describe('the server', () => {
  it('exchanges the token for a cookie that pages cannot read', async () => {
    const { status, headers } = await send(`/?token=${token}`);
    expect(status).toBe(303);
    expect(headers.location).toBe('/');
    expect(headers['set-cookie']?.[0]).toBe(`${cookie}; HttpOnly; SameSite=Strict; Path=/`);
  });

  it('answers whoever has the cookie', async () => {
    const { status, text } = await send(
      '/api/x',
      { cookie: `other=1; ${cookie}`, origin: `http://127.0.0.1:${port}` },
      'POST',
    );
    expect(status).toBe(200);
    expect(JSON.parse(text)).toEqual({ reached: '/api/x', body: 'body' });
  });

  it.each([
    ['no token', '/', {}, 401],
    ['a wrong token', '/?token=wrong', {}, 401],
    ['a wrong cookie', '/', { cookie: 'wrong' }, 401],
    ['a token elsewhere than at the door', '/api/x?token=TOKEN', {}, 401],
    ['another host name (DNS rebinding)', '/', { host: 'evil.example', cookie: 'COOKIE' }, 421],
    ['another port in the host', '/', { host: '127.0.0.1:1', cookie: 'COOKIE' }, 421],
    ['another origin', '/api/x', { origin: 'http://evil.example', cookie: 'COOKIE' }, 403],
    ['an opaque origin', '/api/x', { origin: 'null', cookie: 'COOKIE' }, 403],
    [
      'a request from another site',
      '/api/x',
      { 'sec-fetch-site': 'cross-site', cookie: 'COOKIE' },
      403,
    ],
    [
      'a request from another port of this host',
      '/api/x',
      { 'sec-fetch-site': 'same-site', cookie: 'COOKIE' },
      403,
    ],
  ])('turns away %s', async (_name, path, headers, expected) => {
    const filled = Object.fromEntries(
      Object.entries(headers).map(([name, value]) => [
        name,
        value === 'COOKIE' ? cookie : value === 'wrong' ? `driftglass-${port}=x` : value,
      ]),
    );
    const { status, text } = await send(path.replace('TOKEN', token), filled);
    expect(status).toBe(expected);
    expect(text).not.toContain('reached');
    expect(text).not.toContain(token);
  });

  it('listens on the loopback address only', () => {
    expect(new URL(server.url).hostname).toBe('127.0.0.1');
  });

  it('says in one sentence that a port is taken', async () => {
    await expect(createServer(async () => new Response(), port)).rejects.toThrow(
      `port ${port} cannot be opened (it is in use); choose another with --port.`,
    );
  });
});
