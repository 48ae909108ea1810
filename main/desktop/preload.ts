import { contextBridge, ipcRenderer, webUtils } from 'electron';

/** Five named functions and nothing else of Electron reach the page; renderer/bridge.ts has their types. */
contextBridge.exposeInMainWorld('driftglass', {
  openFiles: () => ipcRenderer.invoke('open-files'),
  pathForFile: (file: File) => webUtils.getPathForFile(file),
  saveFile: (name: string, bytes: Uint8Array) => ipcRenderer.invoke('save-file', { name, bytes }),
  savePdf: (name: string) => ipcRenderer.invoke('save-pdf', { name }),
  onMenu: (callback: (command: string) => void) => {
    ipcRenderer.on('menu', (_event, command: string) => callback(command));
  },
});
