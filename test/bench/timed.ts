import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Notes, Run } from './figures.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const usageHook = new URL('usage.mjs', import.meta.url).href;
const limitMs = 30 * 60_000;

/** Runs Node with these parameters and measures it, its start included. */
export function timed(parameters: string[], scratch: string): Run & { notes: Notes } {
  const usageFile = join(scratch, 'usage.json');
  rmSync(usageFile, { force: true });
  const start = performance.now();
  runNode(['--import', usageHook, ...parameters], { BENCH_USAGE: usageFile });
  const wallSeconds = (performance.now() - start) / 1000;
  return { wallSeconds, ...JSON.parse(readFileSync(usageFile, 'utf8')) };
}

export function runNode(parameters: string[], environment: Record<string, string> = {}): void {
  const child = spawnSync(process.execPath, parameters, {
    cwd: root,
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'ignore', 'pipe'],
    encoding: 'utf8',
    timeout: limitMs,
  });
  if (child.error) throw child.error;
  if (child.status !== 0) {
    const script = parameters.find(
      (parameter) => /js$/.test(parameter) && !parameter.includes('usage'),
    );
    const why = child.signal ?? `code ${child.status}`;
    throw new Error(
      `${relative(root, script ?? 'node')} ended with ${why}: ${child.stderr.trim()}`,
    );
  }
}

export function medianRun(runs: Run[]): Run {
  return {
    wallSeconds: median(runs.map((run) => run.wallSeconds)),
    cpuSeconds: median(runs.map((run) => run.cpuSeconds)),
    peakBytes: median(runs.map((run) => run.peakBytes)),
  };
}

export function median(values: number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  return ((sorted[Math.floor(middle)] as number) + (sorted[Math.ceil(middle)] as number)) / 2;
}
