import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { text } from 'node:stream/consumers';
import {
  DriftError,
  type DriftReport,
  diffHtml,
  diffReports,
  isWorse,
  messages,
  type ReportDiff,
  readReport,
} from '../core/index.js';
import { diffMarkdown } from './diffMarkdown.js';
import { diffTable } from './diffTable.js';
import type { OptionValues } from './optionValues.js';
import { writeWhole } from './writeWhole.js';

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
    const content = await renderDiff(diff, format);
    signal.throwIfAborted();
    if (path === '-') process.stdout.write(content);
    else {
      await writeWhole(path, content, signal);
      if (!isQuiet) process.stderr.write(`Wrote ${path}\n`);
    }
  }
  return failOn === 'worse' && isWorse(diff) ? 1 : 0;
}

export function toDiffCommand(
  earlier: string,
  later: string,
  { quiet, failOn = 'never', ...values }: OptionValues,
): DiffCommand {
  if (failOn !== 'never' && failOn !== 'worse')
    throw refusal(`--fail-on must be never or worse (got ${failOn})`);
  const outputs = formats.flatMap((format) => {
    const path = values[format];
    return typeof path === 'string' ? [{ format, path }] : [];
  });
  if (outputs.filter(({ path }) => path === '-').length > 1)
    throw refusal('only one output can go to standard output (-)');
  if (earlier === '-' && later === '-')
    throw refusal('standard input (-) can be only one of the two reports');
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
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : String(cause);
    if (code === 'ENOENT' || code === 'ENOTDIR')
      throw new DriftError('file-missing', messages.fileMissing(path), { cause });
    throw new DriftError('file-unreadable', messages.fileUnreadable(path, code), { cause });
  }
}

function refusal(what: string): DriftError {
  return new DriftError('bad-option', messages.badOption(what));
}
