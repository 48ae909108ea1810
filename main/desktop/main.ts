import { app, BrowserWindow, protocol, session } from 'electron';
import { builtFile, createEngine } from '../../core/index.js';
import { createFileAccess } from '../fileAccess.js';
import { createHandler } from '../handler.js';
import { sample } from '../sample.js';
import { setUpDialogs } from './dialogs.js';
import { setUpMenu } from './menu.js';
import { createUtilityPort } from './utilityPort.js';

/** The window's own origin; no port is opened and no file: page is ever loaded. */
const scheme = 'app';
const home = `${scheme}://driftglass/`;

// before the app is ready, or the scheme stays unprivileged
protocol.registerSchemesAsPrivileged([
  { scheme, privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true } },
]);

if (app.requestSingleInstanceLock()) void start();
else app.quit();

async function start(): Promise<void> {
  await app.whenReady();
  const engine = createEngine({ startWorker: () => createUtilityPort(builtFile('worker.js')) });
  const access = createFileAccess({ paths: [], root: null, allowsAll: true });
  const handler = createHandler({
    engine,
    access,
    door: 'window',
    pair: given(process.argv, '--pair'),
    report: given(process.argv, '--report'),
    sample,
  });
  protocol.handle(scheme, (request) => handler(request));
  lockDown();
  setUpDialogs(home);
  setUpMenu();
  openWindow();
  app.on('second-instance', () => {
    const [window] = BrowserWindow.getAllWindows();
    if (window?.isMinimized()) window.restore();
    window?.focus();
  });
  app.on('activate', () => {
    if (BrowserWindow.getAllWindows().length === 0) openWindow();
  });
  app.on('window-all-closed', () => app.quit());
  let isClosed = false;
  app.on('will-quit', (event) => {
    if (isClosed) return;
    // quit again once the engine has let go of its files
    event.preventDefault();
    void Promise.allSettled([engine.close(), access.close()]).then(() => {
      isClosed = true;
      app.quit();
    });
  });
}

function openWindow(): void {
  const window = new BrowserWindow({
    width: 1280,
    height: 860,
    minWidth: 720,
    minHeight: 480,
    title: 'Driftglass',
    show: false,
    webPreferences: {
      preload: builtFile('preload.cjs'),
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      webSecurity: true,
      webviewTag: false,
    },
  });
  window.once('ready-to-show', () => window.show());
  window.webContents.on('will-navigate', (event) => event.preventDefault());
  window.webContents.on('will-attach-webview', (event) => event.preventDefault());
  window.webContents.setWindowOpenHandler(() => ({ action: 'deny' }));
  window.webContents.on('render-process-gone', () => window.reload());
  void window.loadURL(home);
}

/** Nothing leaves the machine and no page gets a permission. */
function lockDown(): void {
  const { defaultSession } = session;
  defaultSession.setPermissionRequestHandler((_contents, _permission, decide) => decide(false));
  defaultSession.setPermissionCheckHandler(() => false);
  defaultSession.webRequest.onBeforeRequest(({ url }, decide) => {
    const isOwn =
      url.startsWith(home) ||
      url.startsWith('devtools:') ||
      url.startsWith('data:') ||
      url.startsWith(`blob:${scheme}:`);
    decide({ cancel: !isOwn });
  });
}

/** What the command hands over. */
function given<T>(argv: readonly string[], option: string): T | null {
  const at = argv.indexOf(option);
  const text = at >= 0 ? argv[at + 1] : undefined;
  return text === undefined ? null : (JSON.parse(text) as T);
}
