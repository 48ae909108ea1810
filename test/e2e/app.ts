import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { test as base, expect, type Page } from 'playwright/test';

export const root = fileURLToPath(new URL('../..', import.meta.url));

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
}

export const test = base.extend<Fixtures>({
  // biome-ignore lint/correctness/noEmptyPattern: playwright reads the fixture's needs from the pattern
  serve: async ({}, use) => {
    const children: ChildProcess[] = [];
    await use(async (...words) => {
      const child = spawn(
        process.execPath,
        [`${root}dist/cli.js`, 'serve', '--no-open', ...words],
        {
          stdio: ['ignore', 'pipe', 'inherit'],
        },
      );
      children.push(child);
      return new Promise((resolve, reject) => {
        child.stdout.on('data', (part) => {
          const url = /http:\S+/.exec(String(part));
          if (url) resolve(url[0]);
        });
        child.once('exit', (code) => reject(new Error(`the server ended with ${code}`)));
      });
    });
    for (const child of children) {
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGINT');
      await ended;
    }
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
