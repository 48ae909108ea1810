import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Answer, Ending } from './fileOutcome.js';

export interface RunLimits {
  seconds: number;
  /** Resident memory of a child; watched on Linux only. */
  memoryBytes: number;
  jobs: number;
}

const root = fileURLToPath(new URL('../..', import.meta.url));
const childFile = fileURLToPath(new URL('child.ts', import.meta.url));
const memoryIntervalMs = 100;
/** A child is replaced after so many files, so that what one leaves behind is not held against a later one. */
const filesPerChild = 100;

/**
 * Tries every file in a child process that lives for many of them, and is replaced when a file crashes or hangs it.
 *
 * @param engineModule - what the child imports: the built API, or a stand-in
 * @param onEnding - called once per file, in the order in which they end
 */
export async function runFiles(
  paths: readonly string[],
  engineModule: string,
  limits: RunLimits,
  onEnding: (path: string, ending: Ending, seconds: number) => void,
): Promise<void> {
  const scratch = mkdtempSync(join(tmpdir(), 'driftglass-corpus-'));
  const queue = [...paths];
  const work = async () => {
    while (queue.length > 0) await runBatch(queue, engineModule, limits, scratch, onEnding);
  };
  try {
    await Promise.all(Array.from({ length: limits.jobs }, work));
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** Takes files from the queue until the child has had its share, or is lost. */
async function runBatch(
  queue: string[],
  engineModule: string,
  limits: RunLimits,
  scratch: string,
  onEnding: (path: string, ending: Ending, seconds: number) => void,
): Promise<void> {
  const child = await startChild(engineModule, limits, scratch);
  try {
    for (let count = 0; count < filesPerChild; count++) {
      const path = queue.shift();
      if (path === undefined) return;
      const start = performance.now();
      const ending = await tryFile(child, path, limits);
      onEnding(path, ending, (performance.now() - start) / 1000);
      if (ending.kind !== 'answered') return;
    }
  } finally {
    await end(child);
  }
}

async function startChild(
  engineModule: string,
  { memoryBytes }: RunLimits,
  scratch: string,
): Promise<ChildProcess> {
  const child = fork(childFile, [engineModule, String(Math.floor(memoryBytes / 2))], {
    cwd: root,
    execArgv: ['--import', 'tsx'],
    env: { ...process.env, TMPDIR: scratch },
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  let heard = '';
  child.stderr?.on('data', (part) => {
    heard = `${heard}${part}`.slice(-2000);
  });
  const isReady = await Promise.race([
    once(child, 'message').then(() => true),
    once(child, 'exit').then(() => false),
  ]);
  if (!isReady) throw new Error(`the process that tries files does not start\n${heard}`);
  return child;
}

function tryFile(
  child: ChildProcess,
  path: string,
  { seconds, memoryBytes }: RunLimits,
): Promise<Ending> {
  return new Promise((resolve) => {
    const settle = (ending: Ending) => {
      clearTimeout(limit);
      clearInterval(watch);
      child.off('message', hear);
      child.off('exit', exit);
      resolve(ending);
    };
    const hear = ({ answer }: { answer: Answer }) => settle({ kind: 'answered', answer });
    const exit = (code: number | null, signal: string | null) =>
      settle({ kind: 'crashed', why: `the process ended with ${signal ?? `code ${code}`}` });
    const limit = setTimeout(
      () => settle({ kind: 'hung', why: `no answer within ${seconds} s` }),
      seconds * 1000,
    );
    const watch = setInterval(() => {
      if (residentBytes(child.pid) > memoryBytes) {
        settle({ kind: 'crashed', why: `it took more than ${Math.round(memoryBytes / 1e6)} MB` });
      }
    }, memoryIntervalMs);
    child.on('message', hear);
    child.on('exit', exit);
    child.send(path);
  });
}

/** 0 where the system does not say, or the process has ended. */
function residentBytes(pid: number | undefined): number {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) * 1024;
  } catch {
    return 0;
  }
}

/** Lets a child close its engine; one that does not end by itself is killed. */
async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  if (child.connected) child.disconnect();
  const kill = setTimeout(() => child.kill('SIGKILL'), 2000);
  await ended;
  clearTimeout(kill);
}
