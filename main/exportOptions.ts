import { closeSync, openSync, readSync } from 'node:fs';
import { type Command, InvalidArgumentError } from 'commander';
import {
  badOption,
  type ExportChoice,
  type ReportSection,
  reportSections,
  unreadable,
} from '../core/index.js';
import { list, type OptionValues } from './optionValues.js';

/** Fewer rows than five with one value may tell who they are. */
const usualBelow = 5;
const mostNoteBytes = 100_000;

/** Options that choose what the outputs have of the report. */
export function addExportOptions(command: Command): Command {
  return command
    .option(
      '--sections <names>',
      `what the outputs have beside the overview: ${reportSections.join(', ')} (all)`,
      list,
    )
    .option(
      '--private [number]',
      `mask values of fewer rows (${usualBelow}), extremes, and the text of single rows`,
      rows,
    )
    .option('--notes <file>', 'your words for the report, in Markdown');
}

export function toExportChoice(values: OptionValues): ExportChoice {
  const { sections, notes } = values;
  const below = values.private === true ? usualBelow : values.private;
  return {
    ...(sections !== undefined && { sections: toSections(sections as string[]) }),
    ...(below !== undefined && { maskBelow: below as number }),
    ...(typeof notes === 'string' && { authorNotes: { report: readNotes(notes), columns: {} } }),
  };
}

function toSections(names: string[]): ReportSection[] {
  const unknown = names.find((name) => !(reportSections as readonly string[]).includes(name));
  if (unknown !== undefined)
    throw badOption(`--sections has ${reportSections.join(', ')} (got ${unknown})`);
  return names as ReportSection[];
}

/** Read with the options, so that a missing one is told before the work. */
function readNotes(path: string): string {
  const bytes = Buffer.alloc(mostNoteBytes + 1);
  let count: number;
  try {
    const file = openSync(path, 'r');
    try {
      count = readSync(file, bytes, 0, bytes.length, null);
    } finally {
      closeSync(file);
    }
  } catch (cause) {
    throw unreadable(path, cause);
  }
  if (count > mostNoteBytes) throw badOption('--notes takes a file of 100 KB at most');
  return bytes.toString('utf8', 0, count).replace(/^\ufeff/, '');
}

function rows(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 2 || value > 1_000_000)
    throw new InvalidArgumentError('it must be a number of rows, 2 or more.');
  return value;
}
