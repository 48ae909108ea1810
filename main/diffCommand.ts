import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { text } from 'node:stream/consumers';
import {
  badOption,
  type DriftReport,
  diffHtml,
  diffReports,
  isWorse,
  type ReportDiff,
  readReport,
  unreadable,
} from '../core/index.js';
import { diffMarkdown } from './diffMarkdown.js';
import { diffTable } from './diffTable.js';
import type { OptionValues } from './optionValues.js';
import { toOutputs, writeOutput } from './outputs.js';

export interface DiffCommand {
  earlier: string;
  later: string;
  /** Where each output goes; `-` is standard output. */
  outputs: { format: DiffFormat; path: string }[];
  isQuiet: boolean;
  failOn: 'never' | 'worse';
}

const formats = ['html', 'json', 'markdown'] as const;
type DiffFormat = (typeof formats)[number];

/** Runs `driftglass diff`. Returns the exit code: 1 when `failOn` holds, else 0. */
export async function diffCommand(command: DiffCommand, signal: AbortSignal): Promise<0 | 1> {
  const { outputs, isQuiet, failOn } = command;
  const earlier = await readReportFile(command.earlier);
  const diff = diffReports(earlier, await readReportFile(command.later));
  if (!isQuiet && !outputs.some(({ path }) => path === '-')) {
    process.stdout.write(diffTable(diff, process.stdout.isTTY ? process.stdout.columns : null));
  }
  for (const { format, path } of outputs) {
    await writeOutput(path, await renderDiff(diff, format), { isQuiet, signal });
  }
  return failOn === 'worse' && isWorse(diff) ? 1 : 0;
}

export function toDiffCommand(
  earlier: string,
  later: string,
  { quiet, failOn = 'never', ...values }: OptionValues,
): DiffCommand {
  if (failOn !== 'never' && failOn !== 'worse')
    throw badOption(`--fail-on must be never or worse (got ${failOn})`);
  const outputs = toOutputs(formats, values);
  if (earlier === '-' && later === '-')
    throw badOption('standard input (-) can be only one of the two reports');
  return { earlier, later, outputs, isQuiet: quiet === true, failOn };
}

async function renderDiff(diff: ReportDiff, format: DiffFormat): Promise<string> {
  if (format === 'html') return diffHtml(diff);
  return format === 'json' ? `${JSON.stringify(diff, null, 2)}\n` : diffMarkdown(diff);
}

async function readReportFile(path: string): Promise<DriftReport> {
  return readReport(await textOf(path), basename(path));
}

async function textOf(path: string): Promise<string> {
  if (path === '-') return text(process.stdin);
  try {
    return await readFile(path, 'utf8');
  } catch (cause) {
    throw unreadable(path, cause);
  }
}
