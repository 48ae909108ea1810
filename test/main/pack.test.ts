import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { command, root } from './command.js';

/** The package as `npm pack` makes it, unpacked where nothing else of the repository is. */
let folder: string;
let place: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'driftglass-pack-'));
  execFileSync('npm', ['pack', '--ignore-scripts', '--pack-destination', folder], {
    cwd: root,
    stdio: 'ignore',
  });
  const [tarball] = readdirSync(folder);
  execFileSync('tar', ['xf', join(folder, tarball ?? ''), '-C', folder]);
  place = join(folder, 'package');
  // its dependencies, without installing them anew
  symlinkSync(join(root, 'node_modules'), join(place, 'node_modules'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the package', () => {
  it('holds what runs, what describes it, and no test or source', () => {
    for (const file of [
      'dist/cli.js',
      'dist/worker.js',
      'dist/index.js',
      'dist/report.html',
      'dist/report.schema.json',
      'dist/diff.schema.json',
      'dist/preload.cjs',
      'dist/renderer/index.html',
      'dist/types/core/index.d.ts',
      'sample-data/lending/expected.json',
      'README.md',
      'LICENSE',
      'CHANGELOG.md',
    ]) {
      expect(existsSync(join(place, file)), file).toBe(true);
    }
    const top = readdirSync(place)
      .filter((name) => name !== 'node_modules')
      .sort();
    expect(top).toEqual([
      'CHANGELOG.md',
      'LICENSE',
      'README.md',
      'dist',
      'package.json',
      'sample-data',
    ]);
    expect(readdirSync(join(place, 'dist', 'types'))).toEqual(['core']);
  });

  it('compares by its own command', async () => {
    const target = join(folder, 'r.html');
    const words = ['compare', 'reference.csv', 'current.csv', '--html', target];
    const { code, output } = await command(words, {
      cli: join(place, 'dist', 'cli.js'),
      cwd: join(place, 'sample-data', 'lending'),
    });
    expect(code).toBe(0);
    expect(output).toContain('10 of 25 columns drifted');
    expect(existsSync(target)).toBe(true);
  });

  it('is imported by its name, with types', () => {
    const user = join(folder, 'user');
    execFileSync('mkdir', ['-p', join(user, 'node_modules')]);
    symlinkSync(place, join(user, 'node_modules', 'driftglass'));
    symlinkSync(join(root, 'node_modules', '@types'), join(user, 'node_modules', '@types'));
    writeFileSync(join(user, 'package.json'), '{"type":"module"}');
    writeFileSync(
      join(user, 'use.ts'),
      `import { compare, type DriftReport, measure } from 'driftglass';
const report = await compare({ a: [1, 2, 3] }, [{ a: 1 }, { a: 2 }]);
const data: DriftReport = report.data;
measure('ks', [1], [2]);
console.log(data.summary.columnCount);
`,
    );
    const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
    const words = [
      '--module',
      'nodenext',
      '--target',
      'es2022',
      '--types',
      'node',
      '--strict',
      'use.ts',
    ];
    execFileSync(process.execPath, [tsc, ...words], { cwd: user, stdio: 'inherit' });
    expect(execFileSync(process.execPath, ['use.js'], { cwd: user, encoding: 'utf8' })).toBe('1\n');
  });
});
