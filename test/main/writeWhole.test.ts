import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { ownerMark } from '../../core/index.js';
import { removeDrafts, writeWhole } from '../../main/writeWhole.js';

const folder = mkdtempSync(join(tmpdir(), 'driftglass-test-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
beforeEach(() => {
  for (const name of readdirSync(folder)) rmSync(join(folder, name), { recursive: true });
});

test('replaces a file whole, and leaves nothing beside it', async () => {
  const path = join(folder, 'report.html');
  writeFileSync(path, 'as it was');
  await writeWhole(path, 'as it is');
  expect(readFileSync(path, 'utf8')).toBe('as it is');
  expect(readdirSync(folder)).toEqual(['report.html']);
});

test('cancelled while it writes, leaves what stood there', async () => {
  const path = join(folder, 'report.html');
  writeFileSync(path, 'as it was');
  const controller = new AbortController();
  const writing = writeWhole(path, 'x'.repeat(50_000_000), controller.signal);
  setTimeout(() => controller.abort(), 5);
  await expect(writing).rejects.toMatchObject({ code: 'cancelled' });
  expect(readFileSync(path, 'utf8')).toBe('as it was');
  expect(readdirSync(folder)).toEqual(['report.html']);
});

test('a draft can be removed at once while it is written', async () => {
  const path = join(folder, 'report.html');
  writeFileSync(path, 'as it was');
  const writing = writeWhole(path, 'x'.repeat(50_000_000));
  const failed = expect(writing).rejects.toMatchObject({ code: 'output-unwritable' });
  while (readdirSync(folder).length < 2) await new Promise(setImmediate);
  removeDrafts();
  expect(readdirSync(folder)).toEqual(['report.html']);
  await failed;
  expect(readFileSync(path, 'utf8')).toBe('as it was');
});

test('takes away what a killed process left of the same file, and nothing else', async () => {
  const gone = spawnSync(process.execPath, ['-e', '0']).pid;
  const [pid, start, machine] = ownerMark.split('.');
  const left = `.report.html.${gone}.${start}.${machine}-0011.part`;
  const kept = [
    `.report.html.${pid}.${start}.${machine}-0011.part`,
    `.other.html.${gone}.${start}.${machine}-0011.part`,
    '.report.html.part',
  ];
  for (const name of [left, ...kept]) writeFileSync(join(folder, name), 'half');
  await writeWhole(join(folder, 'report.html'), 'whole');
  expect(readdirSync(folder).sort()).toEqual([...kept, 'report.html'].sort());
});

test.each([
  ['a folder that is not there', ['no', 'r.html'], 'its folder does not exist'],
  ['a folder in its place', ['taken'], 'it is a folder'],
])('%s is one sentence', async (_, names, why) => {
  mkdirSync(join(folder, 'taken'));
  await expect(writeWhole(join(folder, ...names), 'x')).rejects.toMatchObject({
    code: 'output-unwritable',
    message: expect.stringContaining(why),
  });
  expect(readdirSync(folder)).toEqual(['taken']);
});

test('a name as long as names may be', async () => {
  const name = `${'ä'.repeat(125)}.html`;
  await writeWhole(join(folder, name), 'x');
  expect(readdirSync(folder)).toEqual([name]);
});
