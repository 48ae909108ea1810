import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { command, lending, start } from './command.js';

/** The real command, stopped at several stages: nothing of it stays, and what stood there still stands. */
let folder: string;
let temporary: string;
let big: string;
let target: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'driftglass-test-'));
  temporary = join(folder, 'tmp');
  target = join(folder, 'kept.html');
  big = join(folder, 'big.csv');
  const rows = Array.from(
    { length: 400_000 },
    (_, i) => `${i % 977},${(i * 7919) % 100_003},word ${i % 4099},${(i * 31) % 1009},${i / 7}`,
  );
  writeFileSync(big, `a,b,c,d,e\n${rows.join('\n')}\n`);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));
beforeEach(() => {
  rmSync(temporary, { recursive: true, force: true });
  mkdirSync(temporary);
  writeFileSync(target, 'as it was');
});

interface Stopped {
  code: number | null;
  signal: NodeJS.Signals | null;
  durationMs: number;
  output: string;
}

/** Starts a comparison and sends a signal when a line of progress says so. */
function stopped(name: NodeJS.Signals, stage: RegExp, more: string[] = []): Promise<Stopped> {
  const env = { ...process.env, TMPDIR: temporary };
  const child = start(['compare', big, big, '--html', target, ...more], { env });
  let output = '';
  child.stdout?.on('data', (part) => {
    output += part;
  });
  return new Promise((resolve) => {
    let sentAt = 0;
    child.stderr?.on('data', (part) => {
      if (sentAt > 0 || !stage.test(String(part))) return;
      sentAt = performance.now();
      child.kill(name);
    });
    child.once('close', (code, signal) =>
      resolve({ code, signal, output, durationMs: performance.now() - sentAt }),
    );
  });
}

function leftBehind(): string[] {
  return [...readdirSync(temporary), ...readdirSync(folder).filter((name) => /part$/.test(name))];
}

describe('a signal ends the command in order or at once', () => {
  it.each<[NodeJS.Signals, string, RegExp]>([
    ['SIGINT', 'reading', /Reading/],
    ['SIGTERM', 'reading', /Reading/],
    ['SIGHUP', 'reading', /Reading/],
    ['SIGINT', 'measuring', /Measuring/],
    ['SIGTERM', 'measuring', /Measuring/],
  ])('%s while %s', async (name, _, stage) => {
    const more = ['--measures', 'all', '--baseline'];
    const { code, signal, durationMs, output } = await stopped(name, stage, more);
    // it ends in order, or after a second as the signal does by default
    if (durationMs < 1_000) expect(code).toBe(130);
    else expect([code, signal]).toContainEqual(code === null ? name : 130);
    // 200 ms on a machine with nothing else to do
    expect(durationMs).toBeLessThan(3_000);
    expect(output).toBe('');
    expect(leftBehind()).toEqual([]);
    expect(readFileSync(target, 'utf8')).toBe('as it was');
  });
});

it('what SIGKILL leaves is swept at the next start', async () => {
  expect(await stopped('SIGKILL', /Reading/)).toMatchObject({ signal: 'SIGKILL' });
  expect(readdirSync(temporary).length).toBeGreaterThan(0);
  const env = { ...process.env, TMPDIR: temporary };
  const { code } = await command(
    ['compare', lending.current, lending.current, '--columns', 'age', '--quiet'],
    { env },
  );
  expect(code).toBe(0);
  expect(readdirSync(temporary)).toEqual([]);
});

it('success and failure leave nothing', async () => {
  const env = { ...process.env, TMPDIR: temporary };
  const good = ['compare', lending.current, lending.current, '--columns', 'age', '--quiet'];
  expect((await command(good, { env })).code).toBe(0);
  expect((await command([...good, '--kind', 'nope=text'], { env })).code).toBe(2);
  expect(readdirSync(temporary)).toEqual([]);
});
