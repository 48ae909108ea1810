import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, test, vi } from 'vitest';
import {
  createTemporaryFolder,
  isAbandoned,
  ownerMark,
  removeTemporaryFolders,
  sweepTemporaryFolders,
} from '../../core/temporaryFolder.js';

const place = mkdtempSync(join(tmpdir(), 'driftglass-test-'));
afterAll(() => {
  vi.unstubAllEnvs();
  rmSync(place, { recursive: true, force: true });
});
beforeEach(() => {
  vi.stubEnv('TMPDIR', place);
  for (const name of readdirSync(place)) rmSync(join(place, name), { recursive: true });
});

/** The mark of this machine for another process. */
const [, start = '', machine = ''] = ownerMark.split('.');
const gone = spawnSync(process.execPath, ['-e', '0']).pid;

function folder(mark: string): string {
  const name = `driftglass-${mark}-abc123`;
  mkdirSync(join(place, name));
  writeFileSync(join(place, name, 'spilled'), 'x');
  return name;
}

describe('sweeping', () => {
  test('takes the folders of processes that are gone, and nothing else', async () => {
    const own = await createTemporaryFolder();
    const left = folder(`${gone}.${start}.${machine}`);
    const kept = [
      folder(`${gone}.${start}.00000000`),
      folder(`${process.ppid}.0.${machine}`),
      'driftglass-upload-abc',
      'driftglass-test-abc',
      `other-${gone}.${start}.${machine}-abc123`,
    ];
    for (const name of kept.slice(2)) mkdirSync(join(place, name));
    writeFileSync(
      join(place, `driftglass-${gone}.${start}.${machine}-file`),
      'a file is no folder',
    );
    await sweepTemporaryFolders();
    expect(existsSync(own)).toBe(true);
    expect(readdirSync(place)).not.toContain(left);
    expect(readdirSync(place)).toEqual(expect.arrayContaining(kept));
    expect(readdirSync(place)).toContain(`driftglass-${gone}.${start}.${machine}-file`);
  });

  test.runIf(process.platform === 'linux')('knows a number that was given again', () => {
    expect(isAbandoned(`driftglass-${process.pid}.${start}.${machine}-x`)).toBe(false);
    expect(isAbandoned(`driftglass-${process.pid}.${Number(start) - 1}.${machine}-x`)).toBe(true);
  });

  test('where there is no such place does nothing', async () => {
    vi.stubEnv('TMPDIR', join(place, 'nowhere'));
    await expect(sweepTemporaryFolders()).resolves.toBeUndefined();
  });
});

test('a process removes its own folders at once', async () => {
  const own = await createTemporaryFolder();
  writeFileSync(join(own, 'spilled'), 'x');
  const other = folder(`${process.ppid}.0.${machine}`);
  removeTemporaryFolders();
  expect(readdirSync(place)).toEqual([other]);
});
