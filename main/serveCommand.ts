import { type AppInfo, createEngine } from '../core/index.js';
import { findElectron, openWindow } from './electronBinary.js';
import { createFileAccess } from './fileAccess.js';
import { createHandler } from './handler.js';
import { openReport } from './openReport.js';
import { sample } from './sample.js';
import { createServer } from './server.js';
import { withStandardInput } from './standardInput.js';

export interface ServeCommand {
  /** `window` where an Electron binary is found, else the browser. */
  door: AppInfo['door'];
  pair: AppInfo['pair'];
  /** One that was exported, to show at once. */
  report: AppInfo['report'];
  port: number;
  root: string | null;
  opensBrowser: boolean;
  /** Ends when the last page is closed, or none is opened. */
  endsByItself: boolean;
}

/** How long to wait for a first page, and after the last one has gone (it may be loading again). */
const firstPageMs = 5_000;
const lastPageMs = 2_000;

/** Runs `driftglass open` and `driftglass serve` until it is interrupted, or ends by itself. */
export async function serveCommand(command: ServeCommand, signal: AbortSignal): Promise<void> {
  if (!command.pair) return serve(command, signal);
  return withStandardInput(command.pair, { signal }, (pair) => serve({ ...command, pair }, signal));
}

async function serve(command: ServeCommand, signal: AbortSignal): Promise<void> {
  // said before a window or a browser is started for it
  if (command.report) await openReport(command.report);
  const electron = command.door === 'window' ? await findElectron() : null;
  if (electron !== null) {
    process.stderr.write('Opening the window.\n');
    await openWindow(electron, command, signal);
    return;
  }
  const engine = createEngine();
  const { pair, report, root } = command;
  const pairs = [sample, ...(pair ? [pair] : [])];
  const paths = [
    ...pairs.flatMap(({ reference, current }) => [reference.path, current.path]),
    ...(report ? [report.path] : []),
  ];
  const access = createFileAccess({ paths, root, allowsAll: false });
  const pages = createPageCount();
  const handler = createHandler({
    engine,
    access,
    door: 'browser',
    pair,
    report,
    sample,
    onPage: pages.add,
  });
  const server = await createServer(handler, command.port);
  try {
    await announce(server.url, command);
    await ending(signal, command.endsByItself ? pages : null);
    if (!pages.hadPage && !signal.aborted)
      process.stdout.write('No page was opened, so it ends. `driftglass serve` stays.\n');
  } finally {
    await server.close();
    await engine.close();
    await access.close();
  }
}

async function announce(
  url: string,
  { door, opensBrowser, endsByItself }: ServeCommand,
): Promise<void> {
  const canShow =
    opensBrowser &&
    (process.platform !== 'linux' ||
      Boolean(process.env.DISPLAY) ||
      Boolean(process.env.WAYLAND_DISPLAY));
  const reason =
    door === 'window' ? 'No Electron binary is installed, so the app runs in the browser. ' : '';
  const end = endsByItself ? 'It ends when the page is closed.' : 'Ctrl-C ends it.';
  if (!canShow) {
    process.stdout.write(
      `${reason}Open this address in a browser on this machine: ${url}\n${end}\n`,
    );
    return;
  }
  process.stdout.write(`${reason}Opening ${url}\n${end}\n`);
  const { default: open } = await import('open');
  const child = await open(url);
  child.on('error', () =>
    process.stdout.write(`No browser could be started; open this address in one: ${url}\n`),
  );
}

interface PageCount {
  add(gone: AbortSignal): void;
  /** Resolves when no page has been open for a while. */
  gone(): Promise<void>;
  /** Whether one has been open. */
  readonly hadPage: boolean;
}

function createPageCount(): PageCount {
  let openCount = 0;
  let hadPage = false;
  let lastChange = Date.now();
  let wait = firstPageMs;
  return {
    get hadPage() {
      return hadPage;
    },
    add: (gone) => {
      openCount++;
      hadPage = true;
      const leave = () => {
        openCount--;
        lastChange = Date.now();
        wait = lastPageMs;
      };
      gone.addEventListener('abort', leave, { once: true });
    },
    gone: () =>
      new Promise((resolve) => {
        const timer = setInterval(() => {
          if (openCount > 0 || Date.now() - lastChange < wait) return;
          clearInterval(timer);
          resolve();
        }, 200);
      }),
  };
}

async function ending(signal: AbortSignal, pages: PageCount | null): Promise<void> {
  const interrupted = new Promise<void>((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
  await Promise.race(pages ? [interrupted, pages.gone()] : [interrupted]);
}
