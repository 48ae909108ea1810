/**
 * The timings that are promised, each beside a bare scan of the same files in the same run, since times mean little
 * alone: `npm run bench [-- S M L wide XL] [--write]`. With `--write` they go into docs/performance.md.
 */

import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { benchTables, type Measured, type Setting, withTables } from './bench/benchTables.js';
import { makePair } from './bench/makePair.js';
import { commandWords, measurePair } from './bench/measurePair.js';
import { choosePairs, shapeOf } from './bench/pairs.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const dataFolder = join(root, 'bench-data');
const maker = join(root, '..', 'shared', 'bench', 'make-data.mjs');
const page = join(root, 'docs', 'performance.md');

async function bench(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { write: { type: 'boolean', default: false } },
  });
  const plans = choosePairs(positionals);
  if (!existsSync(join(root, 'dist', 'cli.js'))) {
    throw new Error('dist/cli.js is missing: npm run build');
  }
  mkdirSync(dataFolder, { recursive: true });
  const setting = currentSetting();
  const scratch = mkdtempSync(join(tmpdir(), 'driftglass-bench-'));
  const measured: Measured[] = [];
  try {
    for (const plan of plans) {
      const absence = await makePair(plan, dataFolder, maker);
      if (absence !== null) {
        process.stderr.write(`${plan.name} is not measured: ${absence}.\n`);
        continue;
      }
      process.stderr.write(`Measuring ${plan.name} (${shapeOf(plan)})\n`);
      measured.push({ plan, figures: await measurePair(plan, dataFolder, scratch) });
      const words = commandWords(plan, 'bench-data', 'report.html');
      setting.commands.push(['driftglass', ...words].join(' '));
    }
  } finally {
    rmSync(scratch, { recursive: true });
  }
  if (measured.length === 0) return;
  const tables = benchTables(measured, setting);
  process.stdout.write(`${tables}\n`);
  if (values.write) writeFileSync(page, withTables(readFileSync(page, 'utf8'), tables));
}

function currentSetting(): Setting {
  const processors = cpus();
  return {
    date: new Date().toISOString().slice(0, 10),
    processors: `${processors.length} × ${processors[0]?.model.trim() ?? 'processor'}`,
    memoryBytes: totalmem(),
    nodeVersion: process.versions.node,
    load: loadavg()[0] as number,
    commands: [],
  };
}

await bench();
