import {
  type CompareOptions,
  createEngine,
  type DriftReport,
  type ExportChoice,
  type Source,
} from '../core/index.js';
import { findChromium } from './findChromium.js';
import { writeOutput } from './outputs.js';
import { createProgressLine } from './progressLine.js';
import { type OutputFormat, renderReport } from './renderReport.js';
import { withStandardInput } from './standardInput.js';
import { summaryTable } from './summaryTable.js';

export interface CompareCommand {
  reference: Source;
  current: Source;
  options: CompareOptions;
  /** Where each output goes; `-` is standard output. */
  outputs: { format: OutputFormat; path: string }[];
  /** What the outputs have of the report. */
  choice?: ExportChoice;
  threads: number | undefined;
  isQuiet: boolean;
  failOn: 'never' | 'drift';
}

/** Runs `driftglass compare`. Returns the exit code: 1 when `failOn` holds, else 0. */
export async function compareCommand(command: CompareCommand, signal: AbortSignal): Promise<0 | 1> {
  const isOneDataset = command.options.splitBy !== undefined;
  return withStandardInput(command, { signal, isOneDataset }, (sources) =>
    compareSources({ ...command, ...sources }, signal),
  );
}

async function compareSources(command: CompareCommand, signal: AbortSignal): Promise<0 | 1> {
  // said before the work, not after it
  if (command.outputs.some(({ format }) => format === 'pdf')) findChromium();
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
    const { choice = {} } = command;
    const line = commandLine(process.argv.slice(2));
    const content = await renderReport(report, format, { choice, command: line, signal });
    await writeOutput(path, content, { isQuiet: command.isQuiet, signal });
  }
}

/** To be typed again in a POSIX shell. */
function commandLine(words: string[]): string {
  const quoted = words.map((word) =>
    /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`,
  );
  return ['npx driftglass', ...quoted].join(' ');
}
