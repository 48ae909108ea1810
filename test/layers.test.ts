import { readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const contract = ['core/contract.ts', 'core/errors.ts'];
const view = ['npm:react', 'npm:@mantine/core', 'npm:@mantine/hooks', 'npm:@tabler/icons-react'];
const buildTime = ['node:', 'npm:vite', 'npm:@vitejs/plugin-react'];

/** Who may import whom, beside its own. Each line may use the ones above it that it names. */
const mayImport: Record<string, string[]> = {
  'core/finding.ts': [],
  'core/reportDiff.ts': ['core/finding.ts'],
  'core/cube.ts': [],
  'core/rowSample.ts': [],
  'core/exportChoice.ts': [],
  'core/contract.ts': [
    'core/finding.ts',
    'core/cube.ts',
    'core/rowSample.ts',
    'core/exportChoice.ts',
    'core/reportDiff.ts',
  ],
  'core/errors.ts': ['core/contract.ts'],
  'core/cubeTables.ts': ['core/contract.ts'],
  'core/kernels': [],
  'core/sortNumbers.ts': ['core/kernels'],
  'core/isoTime.ts': [],
  'core/column.ts': ['core/contract.ts', 'core/sortNumbers.ts'],
  'core/packageFiles.ts': ['node:'],
  'core/temporaryFolder.ts': ['node:'],
  'core/stats': ['core/column.ts', 'core/sortNumbers.ts', 'core/kernels'],
  'core/scan': [
    ...contract,
    'core/column.ts',
    'core/isoTime.ts',
    'core/temporaryFolder.ts',
    'core/kernels',
    'node:',
    'npm:@duckdb/node-api',
    'npm:apache-arrow',
    'npm:fzstd',
  ],
  'core/profile': [...contract, 'core/column.ts', 'core/stats'],
  'core/drift': [
    ...contract,
    'core/column.ts',
    'core/cubeTables.ts',
    'core/isoTime.ts',
    'core/stats',
    'core/profile',
  ],
  'core/worker': [
    ...contract,
    'core/column.ts',
    'core/cubeTables.ts',
    'core/packageFiles.ts',
    'core/temporaryFolder.ts',
    'core/scan',
    'core/stats',
    'core/drift',
    'node:',
  ],
  'core/engine.ts': [...contract, 'core/packageFiles.ts', 'core/worker', 'node:'],
  'core/inputs.ts': [...contract, 'npm:apache-arrow'],
  'core/withSampleRows.ts': contract,
  'core/maskReport.ts': [...contract, 'core/drift', 'core/withSampleRows.ts'],
  'core/chooseContents.ts': [...contract, 'core/maskReport.ts', 'core/withSampleRows.ts'],
  'core/report.ts': [...contract, 'core/packageFiles.ts', 'node:'],
  'core/measure.ts': [...contract, 'core/column.ts', 'core/drift'],
  'core/diffOptions.ts': contract,
  'core/diffReports.ts': [...contract, 'core/drift', 'core/diffOptions.ts'],
  'core/readReport.ts': contract,
  'core/compare.ts': [...contract, 'core/engine.ts', 'core/inputs.ts', 'core/report.ts'],
  'core/index.ts': [
    ...contract,
    'core/packageFiles.ts',
    'core/temporaryFolder.ts',
    'core/worker',
    'core/engine.ts',
    'core/inputs.ts',
    'core/chooseContents.ts',
    'core/withSampleRows.ts',
    'core/diffReports.ts',
    'core/readReport.ts',
    'core/report.ts',
    'core/measure.ts',
    'core/compare.ts',
  ],
  main: [
    ...contract,
    'core/index.ts',
    'node:',
    'npm:electron',
    'npm:commander',
    'npm:open',
    'npm:papaparse',
    'npm:yaml',
    'npm:zod',
  ],
  'renderer/reportTemplate.ts': ['node:'],
  'renderer/build.ts': [...buildTime, 'renderer/reportTemplate.ts'],
  'renderer/vite.config.ts': buildTime,
  renderer: [
    ...contract,
    'core/cubeTables.ts',
    'core/diffReports.ts',
    'core/isoTime.ts',
    'core/readReport.ts',
    'core/withSampleRows.ts',
    ...view,
    'npm:react-dom',
    'npm:@tanstack/react-virtual',
    'npm:zustand',
    'npm:papaparse',
    'npm:vega',
    'npm:vega-interpreter',
    'npm:vega-lite',
    'npm:vega-tooltip',
  ],
};

/** Source text by path from the project's root, with forward slashes. */
type Tree = ReadonlyMap<string, string>;

interface Import {
  from: string;
  /** A path in the tree, `node:...` or `npm:package`. */
  to: string;
  isTypeOnly: boolean;
}

const root = fileURLToPath(new URL('..', import.meta.url));
const tree = readTree(['core', 'main', 'renderer']);

describe('the direction of imports', () => {
  it('is kept by every file', () => {
    expect(illegalImports(tree)).toEqual([]);
  });

  it('is looked at in more than 50 files, of every folder, and in their imports', () => {
    expect(tree.size).toBeGreaterThan(50);
    const used = new Set([...tree.keys()].map(layerOf));
    expect(Object.keys(mayImport).filter((layer) => !used.has(layer))).toEqual([]);
    expect(importsOf(tree).length).toBeGreaterThan(200);
  });

  it('is broken by each of these', () => {
    const bad = new Map([
      ['core/contract.ts', "import { readFile } from 'node:fs';\n"],
      ['core/stats/bad.ts', "import { judge } from '../drift/judge.js';\nimport 'node:fs';\n"],
      ['core/drift/judge.ts', "import type { Scan } from '../scan/scan.js';\n"],
      ['core/drift/lazy.ts', "const duck = await import('@duckdb/node-api');\n"],
      ['core/scan/scan.ts', "export { engine } from '../engine.js';\n"],
      ['core/engine.ts', "import { app } from 'electron';\n"],
      ['core/index.ts', "import { serve } from '../main/server.js';\n"],
      ['core/misplaced.ts', 'export const x = 1;\n'],
      ['main/server.ts', "import {\n  psi,\n  ks,\n} from '../core/stats/psi.js';\n"],
      ['renderer/App.tsx', "import type { Engine } from '../core/index.js';\n"],
      ['renderer/views/View.tsx', "import { build } from '../reportTemplate.js';\n"],
      ['renderer/store.ts', "import { readFile } from 'node:fs/promises';\n"],
      ['main/styles.ts', "import '../renderer/styles/all.css';\n"],
      ['renderer/gone.ts', "import { x } from './nowhere.js';\n"],
      ['core/stats/psi.ts', "import type { Pair } from '../column.js';\n"],
      ['core/column.ts', "import type { Kind } from './contract.js';\n"],
      ['renderer/reportTemplate.ts', "import { gzipSync } from 'node:zlib';\n"],
    ]);
    expect(illegalImports(bad)).toEqual([
      'core/contract.ts may not import node:fs',
      'core/stats/bad.ts may not import core/drift/judge.ts',
      'core/stats/bad.ts may not import node:fs',
      'core/drift/judge.ts may not import core/scan/scan.ts',
      'core/drift/lazy.ts may not import npm:@duckdb/node-api',
      'core/scan/scan.ts may not import core/engine.ts',
      'core/engine.ts may not import npm:electron',
      'core/index.ts may not import main/server.ts',
      'core/misplaced.ts is in no layer',
      'main/server.ts may not import core/stats/psi.ts',
      'renderer/App.tsx may not import core/index.ts',
      'renderer/views/View.tsx may not import renderer/reportTemplate.ts',
      'renderer/store.ts may not import node:fs/promises',
      'main/styles.ts may not import ../renderer/styles/all.css',
      'renderer/gone.ts imports ./nowhere.js, which is not there',
    ]);
  });
});

describe('import cycles', () => {
  it('are none', () => {
    expect(cycles(tree)).toEqual([]);
  });

  it('would be found, and types make none', () => {
    const knotted = new Map([
      ['core/drift/a.ts', "import { b } from './b.js';\n"],
      ['core/drift/b.ts', "export { c } from './c.js';\n"],
      ['core/drift/c.ts', "import { a } from './a.js';\nimport { d } from './d.js';\n"],
      ['core/drift/d.ts', "import type { a } from './a.js';\n"],
    ]);
    expect(cycles(knotted)).toEqual([['core/drift/a.ts', 'core/drift/b.ts', 'core/drift/c.ts']]);
  });
});

function readTree(folders: readonly string[]): Tree {
  const files = new Map<string, string>();
  for (const folder of folders) {
    for (const entry of readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })) {
      if (!/\.tsx?$/.test(entry)) continue;
      const path = `${folder}/${entry.replaceAll('\\', '/')}`;
      files.set(path, readFileSync(join(root, path), 'utf8'));
    }
  }
  return files;
}

/** The most particular entry that a file falls under. */
function layerOf(path: string): string | undefined {
  return Object.keys(mayImport)
    .filter((layer) => path === layer || path.startsWith(`${layer}/`))
    .sort((a, b) => b.length - a.length)[0];
}

function illegalImports(files: Tree): string[] {
  const faults: string[] = [];
  for (const [path, source] of files) {
    const layer = layerOf(path);
    if (layer === undefined) {
      faults.push(`${path} is in no layer`);
      continue;
    }
    const allowed = mayImport[layer] ?? [];
    for (const { to } of importsIn(files, path, source)) {
      // a style sheet, of ours or of a package
      if (to.endsWith('.css') && layer === 'renderer') continue;
      if (to.endsWith('.css')) faults.push(`${path} may not import ${to}`);
      else if (to.startsWith('.')) faults.push(`${path} imports ${to}, which is not there`);
      else if (!isAllowed(layer, allowed, to)) faults.push(`${path} may not import ${to}`);
    }
  }
  return faults;
}

function isAllowed(layer: string, allowed: readonly string[], to: string): boolean {
  if (to.startsWith('node:')) return allowed.includes('node:');
  if (to.startsWith('npm:')) return allowed.includes(to);
  const target = layerOf(to);
  return target !== undefined && (target === layer || allowed.includes(target));
}

function importsOf(files: Tree): Import[] {
  return [...files].flatMap(([path, source]) => importsIn(files, path, source));
}

const importPattern =
  /^[ \t]*(import|export)(\s+type)?\s+(?:[\w*{][^;'"]*?\sfrom\s+)?['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]\s*\)/gm;

function importsIn(files: Tree, from: string, source: string): Import[] {
  return Array.from(source.matchAll(importPattern), ([, , type, named, lazy]) => ({
    from,
    to: resolved(files, from, named ?? lazy ?? ''),
    isTypeOnly: type !== undefined,
  }));
}

function resolved(files: Tree, from: string, specifier: string): string {
  if (specifier.startsWith('node:')) return specifier;
  if (specifier.endsWith('.css')) return specifier;
  if (!specifier.startsWith('.')) {
    const parts = specifier.split('/');
    return `npm:${parts.slice(0, specifier.startsWith('@') ? 2 : 1).join('/')}`;
  }
  const base = posix.join(posix.dirname(from), specifier).replace(/\.js$/, '');
  return [`${base}.ts`, `${base}.tsx`].find((path) => files.has(path)) ?? specifier;
}

/** Strongly connected components of more than one file, by value imports (Tarjan 1972). */
function cycles(files: Tree): string[][] {
  const next = new Map<string, string[]>([...files.keys()].map((path) => [path, []]));
  for (const { from, to, isTypeOnly } of importsOf(files)) {
    if (!isTypeOnly && files.has(to)) next.get(from)?.push(to);
  }
  const order = new Map<string, number>();
  const stack: string[] = [];
  const components: string[][] = [];

  function visit(path: string): number {
    let lowest = order.size;
    order.set(path, lowest);
    stack.push(path);
    for (const target of next.get(path) ?? []) {
      const seen = order.get(target);
      if (seen === undefined) lowest = Math.min(lowest, visit(target));
      else if (stack.includes(target)) lowest = Math.min(lowest, seen);
    }
    if (lowest === order.get(path)) components.push(stack.splice(stack.indexOf(path)).sort());
    return lowest;
  }

  for (const path of files.keys()) if (!order.has(path)) visit(path);
  return components.filter(({ length }) => length > 1);
}
