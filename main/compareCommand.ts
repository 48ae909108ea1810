import {
  type CompareOptions,
  createEngine,
  type DriftReport,
  reportHtml,
  type Source,
} from '../core/index.js';
import { createProgressLine } from './progressLine.js';
import { withStandardInput } from './standardInput.js';
import { summaryTable } from './summaryTable.js';
import { writeWhole } from './writeWhole.js';

export interface CompareCommand {
  reference: Source;
  current: Source;
  options: CompareOptions;
  /** Where each output goes; `-` is standard output. */
  outputs: { format: OutputFormat; path: string }[];
  threads: number | undefined;
  isQuiet: boolean;
  failOn: 'never' | 'drift';
}

export type OutputFormat = 'html' | 'json' | 'csv';

/** Runs `driftglass compare`. Returns the exit code: 1 when `failOn` holds, else 0. */
export async function compareCommand(command: CompareCommand, signal: AbortSignal): Promise<0 | 1> {
  const isOneDataset = command.options.splitBy !== undefined;
  return withStandardInput(command, { signal, isOneDataset }, (sources) =>
    compareSources({ ...command, ...sources }, signal),
  );
}

async function compareSources(command: CompareCommand, signal: AbortSignal): Promise<0 | 1> {
  const engine = createEngine(command.threads === undefined ? {} : { threads: command.threads });
  const { reference, current, options } = command;
  const progress = createProgressLine(process.stderr, {
    reference: reference.name ?? reference.path,
    current: options.splitBy ? null : (current.name ?? current.path),
  });
  try {
    const report = await engine.compare(
      { reference, current, options },
      { signal, ...(!command.isQuiet && { onProgress: progress.show }) },
    );
    progress.end();
    await writeOutputs(report, command, signal);
    return command.failOn === 'drift' && report.summary.driftedCount > 0 ? 1 : 0;
  } finally {
    progress.end();
    await engine.close();
  }
}

async function writeOutputs(
  report: DriftReport,
  command: CompareCommand,
  signal: AbortSignal,
): Promise<void> {
  const isPiped = command.outputs.some(({ path }) => path === '-');
  if (!isPiped && !command.isQuiet) {
    process.stdout.write(
      summaryTable(report, process.stdout.isTTY ? process.stdout.columns : null),
    );
  }
  for (const { format, path } of command.outputs) {
    const content = await render(report, format);
    signal.throwIfAborted();
    if (path === '-') process.stdout.write(content);
    else {
      await writeWhole(path, content, signal);
      if (!command.isQuiet) process.stderr.write(`Wrote ${path}\n`);
    }
  }
}

export async function render(report: DriftReport, format: OutputFormat): Promise<string> {
  if (format === 'html') return reportHtml(report);
  if (format === 'json') return `${JSON.stringify(report, null, 2)}\n`;
  const { reportCsv } = await import('./reportCsv.js');
  return reportCsv(report);
}
