import type { Dataset, DriftReport, Finding, Side } from '../../core/contract.js';
import { ownValue } from '../askedOptions.js';
import { pastedName } from '../pastedTable.js';

/** Where Python finds one side of a column. */
export interface SideFile {
  side: Side;
  dataset: Dataset;
  path: string;
  /** As this side calls it. */
  column: string;
  /** What is at the path may be a folder or be more files than one. */
  isFolder: boolean;
}

export const sides = ['reference', 'current'] as const;

/** The name that the command gives to what has none. */
const standardInput = 'standard input';

/** Null where a side was no file: memory, standard input, a pasted table. */
export function sideFiles(finding: Finding, report: DriftReport): Record<Side, SideFile> | null {
  const names = fileNames(report);
  const isWithoutPath = sides.some(
    (side) =>
      report[side].format === 'memory' ||
      names[side] === standardInput ||
      names[side] === pastedName,
  );
  if (isWithoutPath) return null;
  const isApart = areNamesakes(finding, report);
  const fileOf = (side: Side): SideFile => ({
    side,
    dataset: report[side],
    path: isApart ? `${side}/${names[side]}` : names[side],
    column:
      side === 'reference'
        ? finding.name
        : (ownValue(report.options.renames, finding.name) ?? finding.name),
    isFolder: !dataFileName.test(names[side]) || isPattern(names[side]),
  });
  return { reference: fileOf('reference'), current: fileOf('current') };
}

/** Two files of one name, which cannot be in one folder. */
export function areNamesakes({ reference, current }: Finding, report: DriftReport): boolean {
  const isNamedAlike =
    report.options.splitBy === null && report.reference.name === report.current.name;
  const isOneFile =
    report.reference.sizeBytes === report.current.sizeBytes &&
    JSON.stringify(reference) === JSON.stringify(current);
  return isNamedAlike && !isOneFile;
}

const dataFileName =
  /\.(csv|tsv|tab|txt|json|jsonl|ndjson|parquet|parq|pq|arrow|arrows|feather|ipc)(\.gz|\.zst)?$/i;

export function isPattern(name: string): boolean {
  return /[*?[{]/.test(name);
}

/** The two parts of one file are named after it: `loans.csv, month before 2024-01-01`. */
function fileNames({ reference, current, options }: DriftReport): Record<Side, string> {
  const names = { reference: reference.name, current: current.name };
  const start = splitStart(reference.name, options.splitBy?.column);
  if (start < 0) return names;
  const name = reference.name.slice(0, start);
  return { reference: name, current: name };
}

/** What the name of a side says of its part: `= a`, `other than a`, `before 5`, `from 5`. */
export function splitWords(name: string, column: string): string {
  return name.slice(splitStart(name, column) + splitMark(column).length);
}

function splitStart(name: string, column: string | undefined): number {
  return column === undefined ? -1 : name.indexOf(splitMark(column));
}

/** Long names are cut there. */
function splitMark(column: string): string {
  return `, ${column.length > 60 ? `${column.slice(0, 59)}…` : column} `;
}
