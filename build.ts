/** Makes `dist`: the command, the worker, the API with its types, the window, the interface, the report. */
import { execFileSync } from 'node:child_process';
import { chmod, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { main as compileAssembly } from 'assemblyscript/asc';
import { build, type Plugin } from 'esbuild';
import { createGenerator } from 'ts-json-schema-generator';
import { buildRenderer } from './renderer/build.js';

const root = fileURLToPath(new URL('.', import.meta.url));
const dist = join(root, 'dist');

await rm(dist, { recursive: true, force: true });
await mkdir(dist);
await buildKernels();
await Promise.all([buildNode(), buildPreload(), buildRenderer(), writeSchemas()]);
await chmod(join(dist, 'cli.js'), 0o755);
if (!process.argv.includes('--no-types')) {
  execFileSync(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '-b', 'core'], {
    stdio: 'inherit',
  });
}

/** Compiles `core/kernels/assembly` to WebAssembly: a module of `built` for each file. */
async function buildKernels(): Promise<void> {
  const [from, to] = ['assembly', 'built'].map((name) => join(root, 'core/kernels', name)) as [
    string,
    string,
  ];
  await mkdir(to, { recursive: true });
  for (const file of await readdir(from)) {
    if (!file.endsWith('.ts')) continue;
    const wasm = await compileKernel(from, file);
    const name = basename(file, '.ts');
    await writeFile(join(to, file), `export const ${name}Wasm = '${wasm.toString('base64')}';\n`);
  }
}

async function compileKernel(baseDir: string, file: string): Promise<Buffer> {
  const features = ['simd', 'nontrapping-f2i'].flatMap((name) => ['--enable', name]);
  const how = ['-O3', '--noAssert', '--runtime', 'stub', ...features];
  let wasm = Buffer.alloc(0);
  const { error, stderr } = await compileAssembly(
    [file, ...how, '--baseDir', baseDir, '--outFile', 'kernel.wasm'],
    {
      writeFile: (_, contents) => {
        if (typeof contents !== 'string') wasm = Buffer.from(contents);
      },
    },
  );
  if (error) throw new Error(`${file}: ${stderr.toString()}`, { cause: error });
  return wasm;
}

/** Dependencies stay outside, except the one whose many files start-up would wait for. */
async function buildNode(): Promise<void> {
  await build({
    absWorkingDir: root,
    entryPoints: {
      cli: 'main/cli.ts',
      worker: 'core/worker/worker.ts',
      measurer: 'core/worker/measurer.ts',
      index: 'core/index.ts',
      desktop: 'main/desktop/main.ts',
    },
    outdir: 'dist',
    bundle: true,
    splitting: true,
    chunkNames: 'chunk-[hash]',
    platform: 'node',
    format: 'esm',
    target: 'node20',
    packages: 'external',
    plugins: [duckdbInside()],
    // the part inside asks for its native library by `require`
    banner: {
      js: "import { createRequire as requireFrom } from 'node:module'; const require = requireFrom(import.meta.url);",
    },
  });
}

/** DuckDB's API is some hundred small files: read one by one they take a tenth of a second. */
function duckdbInside(): Plugin {
  const path = createRequire(import.meta.url).resolve('@duckdb/node-api');
  return {
    name: 'duckdb inside',
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /^@duckdb\/node-api$/ }, () => ({ path }));
      onLoad({ filter: /node-api[\\/]lib[\\/]index\.js$/ }, async () => {
        const licence = await readFile(join(dirname(path), '../LICENSE'), 'utf8');
        return { contents: `/*! @duckdb/node-api\n${licence}*/\n${await readFile(path, 'utf8')}` };
      });
    },
  };
}

/** A sandboxed preload is one CommonJS file. */
async function buildPreload(): Promise<void> {
  await build({
    absWorkingDir: root,
    entryPoints: ['main/desktop/preload.ts'],
    outfile: 'dist/preload.cjs',
    bundle: true,
    platform: 'node',
    format: 'cjs',
    external: ['electron'],
  });
}

/** JSON Schemas of what the command writes, from the types and comments of contract.ts. */
async function writeSchemas(): Promise<void> {
  for (const [type, name] of [
    ['DriftReport', 'report'],
    ['ReportDiff', 'diff'],
  ] as const) {
    const schema = createGenerator({
      path: join(root, 'core/contract.ts'),
      tsconfig: join(root, 'core/tsconfig.json'),
      type,
      skipTypeCheck: true,
      additionalProperties: false,
    }).createSchema(type);
    await writeFile(join(dist, `${name}.schema.json`), `${JSON.stringify(schema, null, 2)}\n`);
  }
}
