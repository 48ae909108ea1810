/** Everything that a change must pass: format, lint, types, build, unit tests, browser, window. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findElectron } from '../main/electronBinary.js';
import { findBrowser, installBrowser } from './browser.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const results = join(root, 'test-results');
const total = { passed: 0, failed: 0, skipped: 0 };

rmSync(results, { recursive: true, force: true });
mkdirSync(results);

step('format, lint and types', 'npm', ['run', '--silent', 'check']);
step('build', 'npm', ['run', '--silent', 'build']);
runUnits();
await runBrowser();

const { passed, failed, skipped } = total;
console.log(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
process.exitCode = failed > 0 ? 1 : 0;

/** A step that passes or fails as a whole, and counts as one test. */
function step(name: string, command: string, words: string[]): void {
  console.log(`\n== ${name}`);
  const isGood = run(command, words);
  total[isGood ? 'passed' : 'failed']++;
  if (isGood) return;
  console.log(`${name}: failed`);
  console.log(`${total.passed} passed, ${total.failed} failed`);
  process.exit(1);
}

function runUnits(): void {
  console.log('\n== unit tests');
  const file = join(results, 'unit.json');
  const words = [
    'vitest',
    'run',
    '--config',
    'test/vitest.config.ts',
    '--reporter=default',
    '--reporter=json',
  ];
  const isGood = run('npx', [...words, `--outputFile.json=${file}`]);
  const report = JSON.parse(readFileSync(file, 'utf8')) as {
    numPassedTests: number;
    numFailedTests: number;
    numPendingTests: number;
    numFailedTestSuites: number;
  };
  total.passed += report.numPassedTests;
  total.failed += report.numFailedTests;
  total.skipped += report.numPendingTests;
  // a file that cannot be loaded has no test that could fail
  if (!isGood && report.numFailedTests === 0)
    total.failed += Math.max(1, report.numFailedTestSuites);
}

async function runBrowser(): Promise<void> {
  console.log('\n== in the browser');
  const browser = findBrowser() ?? installBrowser();
  if (browser === null) {
    console.log(
      'No Chromium is installed: install one, or name it in DRIFTGLASS_BROWSER, and run the tests again.',
    );
    total.failed++;
    return;
  }
  const electron = await findElectron();
  if (electron === null)
    console.log('No Electron binary is installed, so the tests of the window are skipped.');
  const file = join(results, 'e2e.json');
  const env = {
    DRIFTGLASS_BROWSER: browser,
    ...(electron !== null && { DRIFTGLASS_ELECTRON: electron }),
  };
  const isGood = run(
    'npx',
    ['playwright', 'test', '--config', 'test/e2e/playwright.config.ts'],
    env,
  );
  const { stats, errors } = JSON.parse(readFileSync(file, 'utf8')) as {
    stats: { expected: number; unexpected: number; flaky: number; skipped: number };
    errors: unknown[];
  };
  total.passed += stats.expected;
  total.failed += stats.unexpected + stats.flaky + errors.length;
  total.skipped += stats.skipped;
  if (!isGood && stats.unexpected + stats.flaky + errors.length === 0) total.failed++;
}

function run(command: string, words: string[], env: Record<string, string> = {}): boolean {
  const isWindows = process.platform === 'win32';
  const options = {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, ...env },
    shell: isWindows,
  } as const;
  return spawnSync(command, words, options).status === 0;
}
