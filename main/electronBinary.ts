import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type AppInfo, DriftError, messages, packageRoot } from '../core/index.js';

/**
 * The Electron binary, if one is there. The package is not required for that: requiring it would
 * download the binary.
 */
export async function findElectron(): Promise<string | null> {
  const names: Record<string, string> = {
    darwin: 'Electron.app/Contents/MacOS/Electron',
    win32: 'electron.exe',
  };
  const executable = names[process.platform] ?? 'electron';
  const override = process.env.ELECTRON_OVERRIDE_DIST_PATH;
  if (override) return existing(join(override, executable));
  for (const folder of [packageRoot, process.cwd()]) {
    const electron = join(folder, 'node_modules', 'electron');
    const name = await readFile(join(electron, 'path.txt'), 'utf8').catch(() => executable);
    const found = existing(join(electron, 'dist', name.trim()));
    if (found !== null) return found;
  }
  return null;
}

/** Opens the window and waits until it is closed. */
export async function openWindow(
  binary: string,
  { pair, report }: Pick<AppInfo, 'pair' | 'report'>,
  signal: AbortSignal,
): Promise<void> {
  const files = [
    ...(pair ? ['--pair', JSON.stringify(pair)] : []),
    ...(report ? ['--report', JSON.stringify(report)] : []),
  ];
  const child = spawn(binary, [packageRoot, ...files], { stdio: 'inherit' });
  const stop = () => child.kill();
  signal.addEventListener('abort', stop, { once: true });
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', resolve);
  });
  signal.removeEventListener('abort', stop);
  if (code !== 0 && !signal.aborted) {
    throw new DriftError('worker-lost', messages.windowFailed(code));
  }
}

function existing(path: string): string | null {
  return existsSync(path) ? path : null;
}
