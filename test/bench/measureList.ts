import { readFileSync } from 'node:fs';
import type { Browser, CDPSession, Page } from 'playwright';
import type { ListFigures } from './figures.js';
import { median } from './timed.js';

const scrollMs = 5000;
const wheelStep = 240;
const keyCount = 20;

/** Scrolls the ranked list and searches it, as a reader would. */
export async function measureList(browser: Browser, url: string): Promise<ListFigures> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  try {
    const page = await context.newPage();
    await page.goto(url);
    await page.getByTestId('row').first().waitFor();
    const session = await context.newCDPSession(page);
    await session.send('Performance.enable');
    const searchMs = await searchTime(page, session);
    const framesPerSecond = await scrollRate(page);
    return {
      framesPerSecond,
      searchMs,
      heapBytes: (await metrics(session)).JSHeapUsedSize ?? Number.NaN,
      renderer: await rendererMemory(browser),
    };
  } finally {
    await context.close();
  }
}

/** Frames that the page itself drew in a second while the wheel turned, down and up again. */
async function scrollRate(page: Page): Promise<number> {
  await page.mouse.move(640, 600);
  await page.evaluate(`{
    window.benchFrames = [];
    const count = (now) => { benchFrames.push(now); requestAnimationFrame(count); };
    requestAnimationFrame(count);
  }`);
  const start = performance.now();
  while (performance.now() - start < scrollMs) {
    const isBack = performance.now() - start > scrollMs / 2;
    await page.mouse.wheel(0, isBack ? -wheelStep : wheelStep);
  }
  const [count, spanMs] = await page.evaluate<[number, number]>(
    '[benchFrames.length - 1, benchFrames.at(-1) - benchFrames[0]]',
  );
  return (1000 * count) / spanMs;
}

/** Scripting, style and layout from a key in the search field to the list that fits; the median of some keys. */
async function searchTime(page: Page, session: CDPSession): Promise<number> {
  await page.keyboard.press('/');
  const taken: number[] = [];
  for (let i = 0; i < keyCount; i++) {
    const before = await busySeconds(session);
    await page.keyboard.press(i % 2 === 0 ? '1' : 'Backspace');
    await page.evaluate(
      'new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))',
    );
    taken.push(1000 * ((await busySeconds(session)) - before));
  }
  await page.keyboard.press('Escape');
  return median(taken);
}

async function busySeconds(session: CDPSession): Promise<number> {
  const {
    ScriptDuration = 0,
    LayoutDuration = 0,
    RecalcStyleDuration = 0,
  } = await metrics(session);
  return ScriptDuration + LayoutDuration + RecalcStyleDuration;
}

async function metrics(session: CDPSession): Promise<Partial<Record<string, number>>> {
  const { metrics: all } = await session.send('Performance.getMetrics');
  return Object.fromEntries(all.map(({ name, value }) => [name, value]));
}

/** What the largest renderer process holds, with and without the browser's own files that it has mapped. Null beside Linux. */
async function rendererMemory(browser: Browser): Promise<ListFigures['renderer']> {
  if (process.platform !== 'linux') return null;
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  await session.detach();
  const sizes = processInfo
    .filter(({ type }) => type === 'renderer')
    .map(({ id }) => {
      const status = readFileSync(`/proc/${id}/status`, 'utf8');
      const bytes = (name: string) =>
        1024 * Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(status)?.[1] ?? Number.NaN);
      return { ownBytes: bytes('RssAnon') + bytes('RssShmem'), wholeBytes: bytes('VmRSS') };
    });
  return sizes.reduce((most, size) => (size.wholeBytes > most.wholeBytes ? size : most));
}
