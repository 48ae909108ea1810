/** The timings that are promised: `npm run bench [-- S M L wide]`. Times mean little alone, so each stands beside a bare scan of the same run. */

import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DuckDBInstance } from '@duckdb/node-api';

interface Plan {
  extension: 'csv' | 'parquet';
  warmUpCount: number;
  runCount: number;
}

interface Run {
  wallSeconds: number;
  cpuSeconds: number;
  peakBytes: number;
}

const plans: Record<string, Plan> = {
  S: { extension: 'csv', warmUpCount: 1, runCount: 3 },
  M: { extension: 'csv', warmUpCount: 0, runCount: 2 },
  L: { extension: 'parquet', warmUpCount: 0, runCount: 1 },
  wide: { extension: 'csv', warmUpCount: 0, runCount: 2 },
};

const root = fileURLToPath(new URL('..', import.meta.url));
const dataFolder = join(root, 'bench-data');
const maker = join(root, '..', 'shared', 'bench', 'make-data.mjs');
const cli = join(root, 'dist', 'cli.js');

/** Runs at the start of a measured process and writes what it used when it ends. VmHWM, because maxRSS also counts the parent. */
const usageHook = `data:text/javascript,${encodeURIComponent(`
  import { readFileSync, writeFileSync } from 'node:fs';
  process.on('exit', () => {
    const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
    let peakBytes = maxRSS * 1024;
    if (process.platform === 'linux') {
      peakBytes = Number(/VmHWM:\\s+(\\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))[1]) * 1024;
    }
    const cpuSeconds = (userCPUTime + systemCPUTime) / 1e6;
    writeFileSync(process.env.BENCH_USAGE, JSON.stringify({ cpuSeconds, peakBytes }));
  });`)}`;

/**
 * One or two aggregates per column of each file, with what DuckDB detects by itself. A CSV file is
 * sniffed once and then read as found: sniffing it twice would make the scan look slower than it is.
 */
const bareScan = `
  import { DuckDBInstance } from '@duckdb/node-api';
  const connection = await (await DuckDBInstance.create(':memory:')).connect();
  const rowsOf = async (sql) => (await connection.runAndReadAll(sql)).getRows();
  for (const path of process.argv.slice(1)) {
    const text = "'" + path.replaceAll("'", "''") + "'";
    const csv = path.endsWith('.csv');
    const [sniffed] = csv
      ? await rowsOf('select Prompt, Columns from sniff_csv(' + text + ')')
      : [['from ' + text, null]];
    const from = sniffed[0].replace(/;\\s*$/, '');
    const columns = csv
      ? sniffed[1].items.map((column) => [column.entries.name, column.entries.type])
      : await rowsOf('describe ' + from);
    const aggregates = columns.map(([name, type]) => {
      const column = '"' + name.replaceAll('"', '""') + '"';
      const value = /INT|DOUBLE|FLOAT|DECIMAL/.test(type) ? column : 'length(' + column + '::varchar)';
      return 'count(' + column + '), sum(' + value + ')';
    });
    await connection.runAndReadAll('select ' + aggregates.join(', ') + ' ' + from);
  }`;

async function bench(sizes: string[]): Promise<void> {
  const unknown = sizes.find((size) => !(size in plans));
  if (unknown !== undefined) {
    throw new RangeError(`bench knows ${Object.keys(plans).join(', ')} (got ${unknown})`);
  }
  if (!existsSync(maker)) {
    say('Nothing is measured: the folder ../shared with the data generator is not here.');
    return;
  }
  if (!existsSync(cli))
    say('Only the bare scan is measured: dist/cli.js is missing (npm run build).');
  mkdirSync(dataFolder, { recursive: true });
  node([maker, dataFolder, ...sizes]);
  if (sizes.includes('wide')) await makeWide();
  const scratch = mkdtempSync(join(tmpdir(), 'driftglass-bench-'));
  try {
    say(line(['size', 'what', 'runs', 'wall s', 'CPU s', 'peak MB', 'HTML MB', 'x scan']));
    for (const size of sizes) measure(size, plans[size] as Plan, scratch);
  } finally {
    rmSync(scratch, { recursive: true });
  }
}

/** Scan and comparison take turns, so that a slow minute of the machine hits both. */
function measure(size: string, plan: Plan, scratch: string): void {
  const pair = ['ref', 'cur'].map((part) => join(dataFolder, `${size}_${part}.${plan.extension}`));
  const html = join(scratch, 'report.html');
  const scans: Run[] = [];
  const comparisons: Run[] = [];
  for (let run = -plan.warmUpCount; run < plan.runCount; run++) {
    const scan = timed(['--input-type=module', '-e', bareScan, ...pair], scratch);
    if (run >= 0) scans.push(scan);
    if (!existsSync(cli)) continue;
    const comparison = timed([cli, 'compare', ...pair, '--html', html, '--quiet'], scratch);
    if (run >= 0) comparisons.push(comparison);
  }
  const scan = medians(scans);
  say(line([size, 'bare scan', String(scans.length), ...figures(scan), '', '1.00']));
  if (comparisons.length === 0) return;
  const comparison = medians(comparisons);
  const ratio = (comparison.wallSeconds / scan.wallSeconds).toFixed(2);
  const htmlSize = (statSync(html).size / 1e6).toFixed(2);
  say(line([size, 'compare', String(comparisons.length), ...figures(comparison), htmlSize, ratio]));
}

function timed(parameters: string[], scratch: string): Run {
  const usagePath = join(scratch, 'usage.json');
  rmSync(usagePath, { force: true });
  const start = performance.now();
  node(['--import', usageHook, ...parameters], { BENCH_USAGE: usagePath });
  const wallSeconds = (performance.now() - start) / 1000;
  return {
    wallSeconds,
    ...(JSON.parse(readFileSync(usagePath, 'utf8')) as Omit<Run, 'wallSeconds'>),
  };
}

function node(parameters: string[], environment: Record<string, string> = {}): void {
  const child = spawnSync(process.execPath, parameters, {
    cwd: root,
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'ignore', 'pipe'],
    encoding: 'utf8',
  });
  if (child.error) throw child.error;
  if (child.status !== 0) {
    const name = parameters.find((parameter) => parameter.endsWith('js')) ?? 'the bare scan';
    const why = child.signal ?? `code ${child.status}`;
    throw new Error(`${relative(root, name)} ended with ${why}\n${child.stderr}`);
  }
}

/** 10 000 rows of 900 numbers and 100 categories; every tenth column is shifted or remixed in current. */
async function makeWide(): Promise<void> {
  const instance = await DuckDBInstance.create(':memory:', { threads: '1' });
  const connection = await instance.connect();
  for (const [part, seed] of [
    ['ref', 0.44],
    ['cur', 0.45],
  ] as const) {
    const path = join(dataFolder, `wide_${part}.csv`);
    if (existsSync(path)) continue;
    const columns = Array.from({ length: 1000 }, (_, index) => {
      const shift = part === 'cur' && index % 10 === 0 ? 0.3 : 0;
      if (index >= 900) return `'c' || floor(10 * random() ** ${1 + 2 * shift})::int w${index}`;
      return `round(${shift} + sqrt(-2 * ln(1 - random())) * cos(2 * pi() * random()), 4) w${index}`;
    });
    await connection.run(`select setseed(${seed})`);
    await connection.run(
      `copy (select ${columns.join(', ')} from range(10000)) to '${path.replaceAll("'", "''")}' (header)`,
    );
  }
  connection.closeSync();
  instance.closeSync();
}

function medians(runs: Run[]): Run {
  return {
    wallSeconds: median(runs.map((run) => run.wallSeconds)),
    cpuSeconds: median(runs.map((run) => run.cpuSeconds)),
    peakBytes: median(runs.map((run) => run.peakBytes)),
  };
}

function median(values: number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  return ((sorted[Math.floor(middle)] as number) + (sorted[Math.ceil(middle)] as number)) / 2;
}

function figures(run: Run): string[] {
  return [run.wallSeconds.toFixed(2), run.cpuSeconds.toFixed(2), (run.peakBytes / 1e6).toFixed(0)];
}

function line(cells: string[]): string {
  const widths = [6, 10, 5, 8, 8, 9, 9, 8];
  return cells
    .map((cell, index) =>
      index < 2 ? cell.padEnd(widths[index] ?? 0) : cell.padStart(widths[index] ?? 0),
    )
    .join('')
    .trimEnd();
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

const asked = process.argv.slice(2);
await bench(asked.length > 0 ? asked : ['S', 'M']);
