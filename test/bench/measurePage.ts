import type { Browser } from 'playwright';
import { findBrowser, launchBrowser } from '../browser.js';
import type { PageFigures } from './figures.js';
import { measureList } from './measureList.js';
import { median } from './timed.js';

const openCount = 3;
const quietMs = 500;

/** Runs in the page before its own scripts: notes when the first column is drawn and can be clicked. */
const watch = `
  window.benchTasks = [];
  new PerformanceObserver((list) => {
    for (const { startTime, duration } of list.getEntries()) benchTasks.push(startTime + duration);
  }).observe({ type: 'longtask', buffered: true });
  window.benchReady = new Promise((resolve, reject) => {
    setTimeout(() => reject(new Error('no column is shown after 60 s')), 60000);
    new MutationObserver((_, observer) => {
      if (!document.querySelector('[data-testid=row]') || !document.querySelector('[data-testid=headline]')) return;
      observer.disconnect();
      requestAnimationFrame(() => setTimeout(() => resolve(performance.now())));
    }).observe(document, { childList: true, subtree: true });
  });`;

/** Opens a report several times in fresh windows, the first of them to warm the browser up. Null without a Chromium. */
export async function measurePage(url: string): Promise<PageFigures | null> {
  if (findBrowser() === null) return null;
  const browser = await launchBrowser();
  try {
    await openPage(browser, url);
    const opened: Opened[] = [];
    for (let count = 0; count < openCount; count++) opened.push(await openPage(browser, url));
    return {
      interactiveSeconds: median(opened.map(({ interactiveSeconds }) => interactiveSeconds)),
      requestCount: Math.max(...opened.map(({ requestCount }) => requestCount)),
      list: await measureList(browser, url),
    };
  } finally {
    await browser.close();
  }
}

type Opened = Omit<PageFigures, 'list'>;

async function openPage(browser: Browser, url: string): Promise<Opened> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  try {
    const page = await context.newPage();
    const requests: string[] = [];
    page.on('request', (request) => requests.push(request.url()));
    await page.addInitScript(watch);
    await page.goto(url);
    // awaited in one call: the page's policy forbids the polling of waitForFunction
    const drawnMs = await page.evaluate<number>('benchReady');
    await page.waitForTimeout(quietMs);
    const readyMs = await page.evaluate<number>(`Math.max(${drawnMs}, ...benchTasks)`);
    return {
      interactiveSeconds: readyMs / 1000,
      requestCount: requests.filter((other) => other !== url && !/^(data|blob):/.test(other))
        .length,
    };
  } finally {
    await context.close();
  }
}
