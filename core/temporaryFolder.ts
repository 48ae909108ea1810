import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, readlinkSync, rmSync } from 'node:fs';
import { lstat, mkdtemp, readdir, rm } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';

const prefix = 'driftglass-';

/**
 * This process, in a name: what it leaves behind when it is killed can be told from what is in use.
 * The machine stands in it too, because a temporary folder may be shared by several, or by containers.
 */
export const ownerMark: string = `${process.pid}.${startOf(process.pid) ?? 0}.${machineMark()}`;

/** Makes a folder that goes when its process has gone: by its maker, or else at the next start. */
export function createTemporaryFolder(): Promise<string> {
  return mkdtemp(join(tmpdir(), `${prefix}${ownerMark}-`));
}

/** Removes the folders of processes that are gone. What cannot be removed waits for the next start. */
export async function sweepTemporaryFolders(): Promise<void> {
  for (const name of await readdir(tmpdir()).catch(() => [])) {
    if (!name.startsWith(prefix) || !isAbandoned(name)) continue;
    const path = join(tmpdir(), name);
    const found = await lstat(path).catch(() => null);
    const isOurs = process.getuid === undefined || found?.uid === process.getuid();
    // another start may be at it
    if (found?.isDirectory() && isOurs) await rm(path, { recursive: true }).catch(() => null);
  }
}

/** Removes this process's own folders at once, when it must end without waiting for its threads. */
export function removeTemporaryFolders(): void {
  for (const name of readdirSync(tmpdir())) {
    if (!name.startsWith(`${prefix}${ownerMark}-`)) continue;
    rmSync(join(tmpdir(), name), { recursive: true, force: true, maxRetries: 3 });
  }
}

/** Whether a name holds the mark of a process of this machine that is gone. */
export function isAbandoned(name: string): boolean {
  const [, pid, start, machine] = /(\d+)\.(\d+)\.([0-9a-f]{8})-/.exec(name) ?? [];
  return machine === machineMark() && !isRunning(Number(pid), Number(start));
}

function isRunning(pid: number, start: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    // one that may not be signalled is there
    if (!(error instanceof Error && 'code' in error && error.code === 'EPERM')) return false;
  }
  // a number that was given again belongs to a process that started later
  return start === 0 || (startOf(pid) ?? start) === start;
}

/** When a process began, in ticks since the machine did; null where the system does not say. */
function startOf(pid: number): number | null {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'latin1').split(') ').at(-1)?.split(' ');
    return Number(fields?.[19] ?? Number.NaN) || null;
  } catch {
    return null;
  }
}

/** Process numbers mean something on one machine only, and in one container. */
function machineMark(): string {
  const text = `${hostname()} ${containerOf()}`;
  return createHash('sha256').update(text).digest('hex').slice(0, 8);
}

function containerOf(): string {
  try {
    return readlinkSync('/proc/self/ns/pid');
  } catch {
    return '';
  }
}
