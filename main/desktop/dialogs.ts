import { BrowserWindow, dialog, type IpcMainInvokeEvent, ipcMain } from 'electron';
import { writeWhole } from '../writeWhole.js';
import { parseOpenFiles, parseSaveFile, parseSavePdf } from './messages.js';

/** What the preload may ask for. Requests of other pages than our own are not answered. */
export function setUpDialogs(home: string): void {
  handle(home, 'open-files', async (window, body) => {
    parseOpenFiles(body);
    const { filePaths } = await dialog.showOpenDialog(window, {
      properties: ['openFile', 'multiSelections'],
      filters: [
        { name: 'Data files', extensions: ['csv', 'tsv', 'txt', 'gz', 'zst', 'parquet', 'pq'] },
        { name: 'All files', extensions: ['*'] },
      ],
    });
    return filePaths;
  });
  handle(home, 'save-file', async (window, body) => {
    const { name, bytes } = parseSaveFile(body);
    const { filePath } = await dialog.showSaveDialog(window, { defaultPath: name });
    if (!filePath) return null;
    await writeWhole(filePath, bytes);
    return filePath;
  });
  handle(home, 'save-pdf', async (window, body) => {
    const { name } = parseSavePdf(body);
    const bytes = await window.webContents.printToPDF({
      printBackground: true,
      preferCSSPageSize: true,
    });
    const { filePath } = await dialog.showSaveDialog(window, { defaultPath: name });
    if (!filePath) return null;
    await writeWhole(filePath, bytes);
    return filePath;
  });
}

function handle(
  home: string,
  channel: string,
  answer: (window: BrowserWindow, body: unknown) => Promise<unknown>,
): void {
  ipcMain.handle(channel, async (event: IpcMainInvokeEvent, body: unknown) => {
    const window = BrowserWindow.fromWebContents(event.sender);
    if (!event.senderFrame?.url.startsWith(home) || !window)
      throw new Error('a page of another origin asked');
    return answer(window, body);
  });
}
