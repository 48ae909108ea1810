import { existsSync } from 'node:fs';
import { delimiter, isAbsolute, join } from 'node:path';
import { DriftError, messages } from '../core/index.js';

const names = [
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'chrome',
  'microsoft-edge',
  'chrome.exe',
  'msedge.exe',
];
const places = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  '/snap/bin/chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
  'C:\\Program Files\\Microsoft\\Edge\\Application\\msedge.exe',
];

/**
 * A Chromium that is installed: named by DRIFTGLASS_BROWSER, on the PATH, or where systems keep it.
 *
 * @throws {DriftError} `browser-missing`
 */
export function findChromium(): string {
  const named = process.env.DRIFTGLASS_BROWSER;
  // a folder of the PATH that is relative would run what lies beside the data
  const folders = (process.env.PATH ?? '').split(delimiter).filter(isAbsolute);
  const candidates = named
    ? [named]
    : [...names.flatMap((name) => folders.map((folder) => join(folder, name))), ...places];
  const found = candidates.find((path) => existsSync(path));
  if (found === undefined) throw new DriftError('browser-missing', messages.browserMissing());
  return found;
}
