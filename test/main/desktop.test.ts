import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';

/** Electron as the entry sees it: what it is asked to do is written down. */
const seen = vi.hoisted(() => ({
  windows: [] as Record<string, never>[],
  contents: {} as Record<string, (event: { preventDefault(): void }) => void>,
  openHandler: null as null | (() => unknown),
  loaded: [] as string[],
  scheme: [] as unknown[],
  handlers: {} as Record<string, (request: Request) => Promise<Response>>,
  ipc: {} as Record<string, (event: unknown, body: unknown) => Promise<unknown>>,
  permissionRequest: null as
    | null
    | ((contents: unknown, name: string, decide: (may: boolean) => void) => void),
  permissionCheck: null as null | (() => boolean),
  beforeRequest: null as
    | null
    | ((details: { url: string }, decide: (answer: { cancel: boolean }) => void) => void),
  app: {} as Record<string, (event: { preventDefault(): void }) => void>,
  quitCount: 0,
}));

vi.mock('electron', () => {
  class BrowserWindow {
    static getAllWindows = () => [];
    static fromWebContents = () => ({});
    webContents = {
      on: (name: string, listener: never) => {
        seen.contents[name] = listener;
      },
      setWindowOpenHandler: (handler: () => unknown) => {
        seen.openHandler = handler;
      },
    };
    constructor(options: never) {
      seen.windows.push(options);
    }
    once() {}
    show() {}
    async loadURL(url: string) {
      seen.loaded.push(url);
    }
  }
  return {
    BrowserWindow,
    Menu: {
      buildFromTemplate: (template: unknown) => template,
      setApplicationMenu: () => undefined,
    },
    app: {
      requestSingleInstanceLock: () => true,
      whenReady: async () => undefined,
      on: (name: string, listener: never) => {
        seen.app[name] = listener;
      },
      quit: () => {
        seen.quitCount++;
      },
    },
    dialog: {
      showOpenDialog: async () => ({ filePaths: ['/a.csv'] }),
      showSaveDialog: async () => ({ filePath: '' }),
    },
    ipcMain: {
      handle: (channel: string, listener: never) => {
        seen.ipc[channel] = listener;
      },
    },
    protocol: {
      registerSchemesAsPrivileged: (schemes: unknown[]) => seen.scheme.push(...schemes),
      handle: (scheme: string, handler: never) => {
        seen.handlers[scheme] = handler;
      },
    },
    session: {
      defaultSession: {
        setPermissionRequestHandler: (handler: never) => {
          seen.permissionRequest = handler;
        },
        setPermissionCheckHandler: (handler: never) => {
          seen.permissionCheck = handler;
        },
        webRequest: {
          onBeforeRequest: (handler: never) => {
            seen.beforeRequest = handler;
          },
        },
      },
    },
    utilityProcess: { fork: () => ({ postMessage: () => undefined, on: () => undefined }) },
  };
});

beforeAll(async () => {
  await import('../../main/desktop/main.js');
  await vi.waitFor(() => expect(seen.loaded).toHaveLength(1));
});
afterAll(() => vi.restoreAllMocks());

describe('the window', () => {
  it('shuts its page off from Node and from the file system', () => {
    expect(seen.windows[0]?.webPreferences).toMatchObject({
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      webSecurity: true,
      webviewTag: false,
    });
    expect(seen.loaded).toEqual(['app://driftglass/']);
    expect(seen.scheme).toEqual([expect.objectContaining({ scheme: 'app' })]);
  });

  it('goes nowhere, opens nothing and embeds nothing', () => {
    for (const name of ['will-navigate', 'will-attach-webview']) {
      const preventDefault = vi.fn();
      seen.contents[name]?.({ preventDefault });
      expect(preventDefault).toHaveBeenCalledOnce();
    }
    expect(seen.openHandler?.()).toEqual({ action: 'deny' });
  });

  it('gives no permission', () => {
    const decide = vi.fn();
    seen.permissionRequest?.(null, 'geolocation', decide);
    expect(decide).toHaveBeenCalledWith(false);
    expect(seen.permissionCheck?.()).toBe(false);
  });

  it.each([
    ['app://driftglass/assets/x.js', false],
    ['blob:app://driftglass/1', false],
    ['https://example.com/', true],
    ['http://127.0.0.1:9/', true],
    ['file:///etc/passwd', true],
    ['app://other/', true],
    ['ws://example.com/', true],
  ])('lets %s through or cancels it', (url, cancel) => {
    const decide = vi.fn();
    seen.beforeRequest?.({ url }, decide);
    expect(decide).toHaveBeenCalledWith({ cancel });
  });

  it('answers its scheme by the one handler', async () => {
    const response = await seen.handlers.app?.(new Request('app://driftglass/api/info'));
    expect(await response?.json()).toMatchObject({ door: 'window' });
  });

  it('answers its own page only, and only what it understands', async () => {
    const own = { senderFrame: { url: 'app://driftglass/#x' }, sender: {} };
    expect(Object.keys(seen.ipc).sort()).toEqual(['open-files', 'save-file', 'save-pdf']);
    expect(await seen.ipc['open-files']?.(own, undefined)).toEqual(['/a.csv']);
    expect(
      await seen.ipc['save-file']?.(own, { name: 'r.html', bytes: new Uint8Array(1) }),
    ).toBeNull();
    const foreign = { senderFrame: { url: 'https://example.com/' }, sender: {} };
    await expect(seen.ipc['open-files']?.(foreign, undefined)).rejects.toThrow('another origin');
    await expect(
      seen.ipc['save-file']?.(own, { name: '../r.html', bytes: new Uint8Array(1) }),
    ).rejects.toThrow();
    await expect(seen.ipc['save-file']?.(own, { name: 'r.html', bytes: 'text' })).rejects.toThrow();
    await expect(seen.ipc['save-pdf']?.(foreign, { name: 'r.pdf' })).rejects.toThrow(
      'another origin',
    );
    await expect(seen.ipc['save-pdf']?.(own, { name: '../r.pdf' })).rejects.toThrow();
  });

  it('closes the engine before it quits', async () => {
    const preventDefault = vi.fn();
    seen.app['will-quit']?.({ preventDefault });
    expect(preventDefault).toHaveBeenCalledOnce();
    await vi.waitFor(() => expect(seen.quitCount).toBe(1));
    seen.app['will-quit']?.({ preventDefault });
    expect(preventDefault).toHaveBeenCalledOnce();
  });
});
