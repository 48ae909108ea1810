import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { createTemporaryFolder, DriftError, messages } from '../core/index.js';
import { type Browser, startBrowser } from './chromium.js';
import { findChromium } from './findChromium.js';

/** A thousand columns have some three thousand charts. */
const mostWaitMs = 300_000;
/** To show a page, which it does in a second or two. */
const mostReadyMs = 60_000;
const pollMs = 50;

/**
 * A page of a report on paper, by a Chromium that is installed, in a profile of its own and without network.
 *
 * @throws {DriftError} `browser-missing`, `browser-failed`, or `cancelled`
 */
export async function printPdf(html: string, signal?: AbortSignal): Promise<Uint8Array> {
  const executable = findChromium();
  const folder = await createTemporaryFolder();
  const ended = AbortSignal.any([AbortSignal.timeout(mostWaitMs), ...(signal ? [signal] : [])]);
  try {
    const page = join(folder, 'report.html');
    await writeFile(page, html);
    const browser = startBrowser(executable, join(folder, 'profile'), ended);
    try {
      return await print(browser, pathToFileURL(page).href, ended);
    } finally {
      await browser.close();
    }
  } catch (cause) {
    if (signal?.aborted) throw new DriftError('cancelled', messages.cancelled(), { cause });
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new DriftError('browser-failed', messages.browserFailed(executable, why), { cause });
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

async function print(browser: Browser, url: string, signal: AbortSignal): Promise<Uint8Array> {
  const { targetId } = await browser.send('Target.createTarget', { url: 'about:blank' });
  const { sessionId } = await browser.send('Target.attachToTarget', { targetId, flatten: true });
  const ask = (method: string, params: object) => browser.send(method, params, sessionId as string);
  await ask('Page.navigate', { url });
  const shown = AbortSignal.any([signal, AbortSignal.timeout(mostReadyMs)]);
  while (!(await isReady(ask))) {
    shown.throwIfAborted();
    await new Promise((resolve) => setTimeout(resolve, pollMs));
  }
  const { data } = await ask('Page.printToPDF', {
    printBackground: true,
    preferCSSPageSize: true,
    displayHeaderFooter: false,
    generateTaggedPDF: true,
  });
  return Buffer.from(data as string, 'base64');
}

/** The page says so when its program and its charts' are there. */
async function isReady(
  ask: (method: string, params: object) => Promise<Record<string, unknown>>,
): Promise<boolean> {
  const expression =
    "document.documentElement?.dataset.ready === 'true' && document.querySelector('main') !== null";
  const { result } = await ask('Runtime.evaluate', { expression });
  return (result as { value?: unknown }).value === true;
}
