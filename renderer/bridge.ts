/** What the desktop window's preload offers beside HTTP; absent in a browser and in an exported report. */
export interface Bridge {
  openFiles(): Promise<string[]>;
  pathForFile(file: File): string;
  /** Asks where to save; the path, or null when the person changed their mind. */
  saveFile(name: string, bytes: Uint8Array): Promise<string | null>;
  /** What the window shows, as a PDF; the path, or null. */
  savePdf(name: string): Promise<string | null>;
  onMenu(callback: (command: MenuCommand) => void): void;
}

export type MenuCommand = 'open' | 'export-html' | 'export-json';

declare global {
  interface Window {
    driftglass?: Bridge;
  }
}

export function bridge(): Bridge | undefined {
  return window.driftglass;
}
