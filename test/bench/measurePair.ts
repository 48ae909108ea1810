import { statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Figures, Notes, Run } from './figures.js';
import { measurePage } from './measurePage.js';
import { filesOf, type PairPlan } from './pairs.js';
import { median, medianRun, timed } from './timed.js';

const scanScript = fileURLToPath(new URL('scan.mjs', import.meta.url));
const stagesScript = fileURLToPath(new URL('stages.mjs', import.meta.url));
const command = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));
const api = new URL('../../dist/index.js', import.meta.url).href;

/**
 * Measures one pair. One scan goes ahead, so that the files are in the system's cache for all; then scan and comparison
 * take turns, so that a slow minute of the machine hits both.
 */
export async function measurePair(
  plan: PairPlan,
  folder: string,
  scratch: string,
): Promise<Figures> {
  const files = filesOf(plan, folder);
  const html = join(scratch, `${plan.name}.html`);
  const scanRun = () => timed([scanScript, ...files], scratch);
  scanRun();
  const scans: ReturnType<typeof scanRun>[] = [];
  const comparisons: Run[] = [];
  let failure: string | null = null;
  for (let run = 0; run < plan.runCount && failure === null; run++) {
    scans.push(scanRun());
    try {
      comparisons.push(timed([command, ...commandWords(plan, folder, html)], scratch));
    } catch (error) {
      failure = error instanceof Error ? error.message : String(error);
    }
  }
  const scan = {
    ...medianRun(scans),
    querySeconds: median(scans.map(({ notes }) => notes.querySeconds ?? Number.NaN)),
  };
  const notes = failure === null ? stagesRun(plan, files, scratch) : {};
  failure ??= incompleteness(plan, notes);
  if (failure !== null) {
    return { scan, comparison: null, stages: null, htmlBytes: null, page: null, failure };
  }
  return {
    scan,
    comparison: medianRun(comparisons),
    stages: notes.stages ?? null,
    htmlBytes: statSync(html).size,
    page: await measurePage(pathToFileURL(html).href),
    failure,
  };
}

/** What follows `driftglass` on the command line. */
export function commandWords(plan: PairPlan, folder: string, html: string): string[] {
  const memory = plan.memoryBytes === null ? [] : ['--memory', `${plan.memoryBytes / 1e9}GB`];
  return ['compare', ...filesOf(plan, folder), '--html', html, '--quiet', ...memory];
}

function stagesRun(plan: PairPlan, files: string[], scratch: string): Notes {
  const memory = plan.memoryBytes === null ? [] : [String(plan.memoryBytes)];
  const page = join(scratch, 'stages.html');
  return timed([stagesScript, api, ...files, page, ...memory], scratch).notes;
}

/** Why a comparison is no measurement: it left something out. Null where it did not. */
export function incompleteness(
  plan: PairPlan,
  { columnCount, measuredRows }: Notes,
): string | null {
  if (columnCount === plan.columnCount && measuredRows === plan.rowCount) return null;
  return `it compared ${columnCount} of ${plan.columnCount} columns, one of them with ${measuredRows} of ${plan.rowCount} rows`;
}
