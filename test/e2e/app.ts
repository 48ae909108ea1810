import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test as base, expect, type Page } from 'playwright/test';
import { root, startServer } from '../startServer.js';

export { root };

/** What a page must never do. */
export interface Complaints {
  /** Console messages, exceptions and policy violations. */
  heard: string[];
  /** Requests to anywhere but the page's own server. */
  outside: string[];
}

interface Fixtures {
  /** The real server, with the words given to `serve`. */
  serve(...words: string[]): Promise<string>;
  complaints: Complaints;
  /** A new folder for the test's files; `write` returns the path, lines end in a newline. */
  folder: { path: string; write(name: string, content: string | Uint8Array | string[]): string };
}

export const test = base.extend<Fixtures>({
  // biome-ignore lint/correctness/noEmptyPattern: playwright reads the fixture's needs from the pattern
  serve: async ({}, use) => {
    const servers: Awaited<ReturnType<typeof startServer>>[] = [];
    await use(async (...words) => {
      const server = await startServer(...words);
      servers.push(server);
      return server.url;
    });
    for (const server of servers) await server.stop();
  },
  // biome-ignore lint/correctness/noEmptyPattern: playwright reads the fixture's needs from the pattern
  folder: async ({}, use) => {
    const path = mkdtempSync(join(tmpdir(), 'driftglass-e2e-'));
    await use({
      path,
      write: (name, content) => {
        const text = Array.isArray(content) ? `${content.join('\n')}\n` : content;
        writeFileSync(join(path, name), text);
        return join(path, name);
      },
    });
    rmSync(path, { recursive: true, force: true });
  },
  complaints: async ({ page, context }, use) => {
    const complaints: Complaints = { heard: [], outside: [] };
    watch(page, complaints);
    context.on('page', (other) => watch(other, complaints));
    await use(complaints);
    expect(complaints.heard, 'no message, exception or policy violation').toEqual([]);
    expect(complaints.outside, 'nothing leaves the machine').toEqual([]);
  },
});

function watch(page: Page, { heard, outside }: Complaints): void {
  page.on('console', (message) => {
    // a refused preview is an answer, shown in place; the browser itself tells its status
    const isRefusal = message.location().url.endsWith('/api/preview');
    if (!isRefusal) heard.push(`${message.type()}: ${message.text()}`);
  });
  page.on('pageerror', (error) => heard.push(`exception: ${error.message}`));
  page.on('request', (request) => {
    if (!/^(http:\/\/127\.0\.0\.1:|data:|blob:|file:)/.test(request.url()))
      outside.push(request.url());
  });
}

/** The verdict that the list shows for each column. The list is virtual, so it is scrolled through. */
export async function shownVerdicts(page: Page): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  const rows = page.getByTestId('row');
  await rows.first().waitFor();
  for (let round = 0; round < 40; round++) {
    const before = Object.keys(found).length;
    for (const row of await rows.all()) {
      const name = await row.getAttribute('data-column');
      if (name !== null) found[name] = (await row.getAttribute('data-verdict')) ?? '';
    }
    await rows.last().scrollIntoViewIfNeeded();
    await page.mouse.wheel(0, 500);
    await page.waitForTimeout(80);
    if (Object.keys(found).length === before && round > 3) break;
  }
  return found;
}
