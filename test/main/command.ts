import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../..', import.meta.url));
export const lending = {
  reference: `${root}sample-data/lending/reference.csv`,
  current: `${root}sample-data/lending/current.csv`,
};

export interface Ended {
  code: number | null;
  output: string;
  errors: string;
}

/** The real command, as a process. */
export function start(
  words: string[],
  options: { cwd?: string; cli?: string; env?: NodeJS.ProcessEnv } = {},
): ChildProcess {
  const { cwd = root, cli = `${root}dist/cli.js`, env = process.env } = options;
  return spawn(process.execPath, [cli, ...words], { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
}

export function ended(child: ChildProcess): Promise<Ended> {
  let [output, errors] = ['', ''];
  child.stdout?.on('data', (part) => {
    output += part;
  });
  child.stderr?.on('data', (part) => {
    errors += part;
  });
  return new Promise((resolve) => child.once('close', (code) => resolve({ code, output, errors })));
}

export function command(
  words: string[],
  options: Parameters<typeof start>[1] = {},
): Promise<Ended> {
  return ended(start(words, options));
}
