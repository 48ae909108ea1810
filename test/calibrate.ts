/**
 * False alarms, power and coverage by simulation: `npm run calibrate [-- --quick] [-- --seed N]`. Writes the
 * tables into docs/statistics.md, between the two markers there.
 */

import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { full, furtherTasks, plan, quick } from './calibration/plan.js';
import { runTasks } from './calibration/runTasks.js';
import { calibrationTables } from './calibration/tables.js';
import { add } from './calibration/tasks.js';

const page = fileURLToPath(new URL('../docs/statistics.md', import.meta.url));
const begin = '<!-- calibration: begin -->';
const end = '<!-- calibration: end -->';

async function calibrate(): Promise<void> {
  const { values } = parseArgs({
    options: {
      quick: { type: 'boolean', default: false },
      seed: { type: 'string', default: '1' },
      print: { type: 'boolean', default: false },
    },
  });
  const seed = Number(values.seed);
  const effort = values.quick ? quick : full;
  const tally = await runTasks(plan(effort), seed, sayProgress);
  for (let stage = 1; stage <= effort.stageCount; stage++) {
    const further = await runTasks(furtherTasks(tally, effort, stage), seed, sayProgress);
    for (const [cell, counts] of Object.entries(further)) add(tally, cell, counts);
  }
  const tables = calibrationTables(tally, seed, effort);
  if (values.print) process.stdout.write(`${tables}\n`);
  else writeFileSync(page, withTables(readFileSync(page, 'utf8'), tables));
}

function sayProgress(doneCount: number, taskCount: number): void {
  if (doneCount % 50 === 0 || doneCount === taskCount) {
    process.stderr.write(`${doneCount} of ${taskCount} tasks\n`);
  }
}

function withTables(text: string, tables: string): string {
  const [from, to] = [text.indexOf(begin), text.indexOf(end)];
  if (from < 0 || to < from) throw new RangeError(`${page} lacks the lines ${begin} and ${end}`);
  return `${text.slice(0, from + begin.length)}\n\n${tables}\n\n${text.slice(to)}`;
}

await calibrate();
