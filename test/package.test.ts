import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

/** Every package and what it is for. A new one needs a sentence here and one in the pull request. */
const roles: Record<string, Record<string, string>> = {
  dependencies: {
    '@duckdb/node-bindings': 'reads and aggregates files',
    'apache-arrow': 'reads Arrow and Feather files, and takes Arrow data through the API',
    commander: 'parses the command line',
    fzstd: 'inflates zstd, which Node.js 20 cannot',
    open: 'starts a browser',
    papaparse: 'reads pasted tables, and writes CSV that is safe in a spreadsheet',
    yaml: 'reads and writes recipes',
    zod: 'checks what comes from outside',
  },
  peerDependencies: { 'danfojs-node': 'data frames of people who use it' },
  devDependencies: {
    '@biomejs/biome': 'formats and lints',
    '@duckdb/node-api': 'built into the worker, which so starts sooner',
    '@mantine/core': 'components of the interface',
    '@mantine/hooks': 'needed by the components',
    '@tabler/icons-react': 'icons',
    '@tanstack/react-virtual': 'long lists',
    '@types/node': 'types',
    '@types/papaparse': 'types',
    '@types/react': 'types',
    '@types/react-dom': 'types',
    '@vitejs/plugin-react': 'builds the interface',
    ajv: 'checks reports against the schema in tests',
    assemblyscript: 'compiles the innermost loops to WebAssembly',
    'axe-core': 'checks accessibility in tests',
    electron: 'the desktop window',
    esbuild: 'builds command, server and worker',
    'fast-check': 'property tests',
    'happy-dom': 'component tests',
    playwright: 'tests in a real browser',
    react: 'the interface',
    'react-dom': 'the interface',
    'ts-json-schema-generator': 'the schema of the report from its type',
    tsx: 'runs TypeScript scripts',
    typescript: 'types',
    vega: 'charts',
    'vega-interpreter': 'charts without eval',
    'vega-lite': 'charts',
    'vega-tooltip': 'charts',
    vite: 'builds the interface',
    vitest: 'runs the tests',
    zustand: 'state of the interface',
  },
};

describe('package.json', () => {
  it.each(Object.keys(roles))('lists the %s that have a role, and no others', (group) => {
    expect(Object.keys(manifest[group] ?? {}).sort()).toEqual(
      Object.keys(roles[group] ?? {}).sort(),
    );
  });

  it('pins every version exactly', () => {
    const versions = Object.keys(roles).flatMap((group) => Object.entries(manifest[group] ?? {}));
    const loose = versions.filter(
      ([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(String(version)),
    );
    expect(loose).toEqual([]);
  });

  it('has no dependencies of other kinds', () => {
    const groups = Object.keys(manifest).filter((key) => /dependencies$/i.test(key));
    expect(groups.sort()).toEqual(Object.keys(roles).sort());
  });

  it('states the licence that the file has', () => {
    expect(manifest.license).toBe('MIT');
    expect(readFileSync(join(root, 'LICENSE'), 'utf8')).toMatch(/^MIT License/);
  });

  it('publishes what is built, the sample and the papers', () => {
    const files: string[] = manifest.files;
    const strange = files.filter(
      (entry) => !/^(dist\b|sample-data\/lending$|[A-Z]+(\.md)?$)/.test(entry),
    );
    expect(strange).toEqual([]);
    for (const needed of [
      'dist/cli.js',
      'dist/index.js',
      'dist/worker.js',
      'dist/report.schema.json',
      'dist/diff.schema.json',
    ]) {
      expect([needed, files.some((entry) => covers(entry, needed))]).toEqual([needed, true]);
    }
    expect(files).toContain('sample-data/lending');
    expect(manifest.bin).toEqual({ driftglass: 'dist/cli.js' });
    expect(manifest.exports).toEqual({
      '.': { types: './dist/types/core/index.d.ts', default: './dist/index.js' },
      './report.schema.json': './dist/report.schema.json',
      './diff.schema.json': './dist/diff.schema.json',
      './package.json': './package.json',
    });
    expect(manifest.type).toBe('module');
    expect(manifest.engines).toEqual({ node: '>=20.19' });
  });

  it('runs nothing on the machine of one who installs the package', () => {
    const scripts = Object.keys(manifest.scripts);
    expect(scripts.filter((name) => /^(pre|post)?install$/.test(name))).toEqual([]);
  });
});

describe('package-lock.json', () => {
  const text = readFileSync(join(root, 'package-lock.json'), 'utf8');

  it('names no registry but the public one, and no place on a machine', () => {
    const addresses = text.match(/"resolved": "[^"]*"/g) ?? [];
    const strange = addresses.filter(
      (address) => !address.startsWith('"resolved": "https://registry.npmjs.org/'),
    );
    expect(strange).toEqual([]);
    expect(text.match(/"(file:|\/)[^"]*"/g) ?? []).toEqual([]);
  });

  it('locks the versions that are asked for', () => {
    const { packages } = JSON.parse(text);
    const asked = { ...manifest.dependencies, ...manifest.devDependencies };
    const locked = Object.fromEntries(
      Object.keys(asked).map((name) => [name, packages[`node_modules/${name}`]?.version]),
    );
    expect(locked).toEqual(asked);
  });
});

describe('the source', () => {
  const folders = ['core', 'main', 'renderer', 'sample-data', 'test'];
  const files = folders.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .map((file) => `${folder}/${file.replaceAll('\\', '/')}`)
      .filter((file) => /\.(tsx?|css|html|py)$/.test(file) && !file.includes('/fixtures/')),
  );
  const sources = files.map((file) => [file, readFileSync(join(root, file), 'utf8')] as const);

  it('is looked at', () => {
    expect(files.length).toBeGreaterThan(100);
  });

  it('has no file over 500 lines', () => {
    const long = sources
      .map(([file, text]) => [file, text.split('\n').length - 1] as const)
      .filter(([file, lineCount]) => lineCount > 500 && !exempt.has(file));
    expect(long).toEqual([]);
  });

  it('has no word for work that is left, no skipped test without a reason', () => {
    // put together here, so that this file does not hold them
    const left = new RegExp(
      `\\b(${['TO', 'FIX'].map((start, index) => start + ['DO', 'ME'][index]).join('|')})\\b`,
    );
    expect(sources.filter(([, text]) => left.test(text)).map(([file]) => file)).toEqual([]);
    const skipped = sources.filter(([, text]) =>
      /\b(it|test|describe)\.((todo|only)\(|skip\(\s*['"`])/.test(text),
    );
    expect(skipped.map(([file]) => file)).toEqual([]);
  });

  it('names no place on one machine', () => {
    const place = /(?<![\w.])\/(work|root|home\/\w+|Users\/\w+)\//;
    expect(sources.filter(([, text]) => place.test(text)).map(([file]) => file)).toEqual([]);
  });

  it('has a file for every path that it exports', () => {
    expect(existsSync(join(root, 'core/index.ts'))).toBe(true);
    expect(existsSync(join(root, 'main/cli.ts'))).toBe(true);
  });
});

/** Data, not code. */
const exempt: ReadonlySet<string> = new Set(['test/renderer/exampleReport.ts']);

/** Whether an entry of `files` takes a path along: a file, a folder, or a pattern with stars. */
function covers(entry: string, path: string): boolean {
  const pattern = entry.replaceAll('.', '\\.').replace(/\*+/g, '.*');
  return new RegExp(`^${pattern}($|/)`).test(path);
}
