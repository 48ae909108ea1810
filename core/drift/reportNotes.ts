import type { Pair } from '../column.js';
import type { Dataset, ResolvedOptions, Side } from '../contract.js';
import { quoted } from '../errors.js';
import type { ReportParts } from './assembleReport.js';
import type { ColumnEvidence } from './measureColumn.js';
import { counted, grouped, list, number } from './words.js';

const sides = ['reference', 'current'] as const;
const listedReasons = 3;

/** What a reader must know before any number: one sentence each. */
export function reportNotes(parts: ReportParts): string[] {
  const { datasets, options, columns } = parts;
  return [
    ...sameness(parts),
    ...belonging(parts),
    ...splitNotes(datasets, options),
    ...sides.flatMap((side) => [
      ...rejectedNotes(datasets, side, options),
      ...choiceNotes(parts, side),
      ...dateNotes(datasets[side], side),
      ...unparsedNotes(columns, side, options),
    ]),
    ...renameNotes(options),
    ...fewRows(datasets),
  ];
}

function sameness({ isSameFile, columns, datasets, sameFirstRowCount, options }: ReportParts) {
  if (isSameFile && !isChosen(datasets))
    return ['Reference and current are the same file, so nothing can differ.'];
  const { reference, current } = datasets;
  const measured = columns.filter(({ skipReason }) => skipReason === null);
  if (reference.rowCount === current.rowCount && measured.length > 0 && measured.every(isSame)) {
    return [
      `Both sides have ${counted(reference.rowCount, 'row')}, and no column differs in anything that is measured, so one seems to be a copy of the other.`,
    ];
  }
  return sameFirstRowCount > 0 && options.splitBy === null
    ? [
        `The first ${counted(sameFirstRowCount, 'row')} are the same on both sides, so one may hold the other.`,
      ]
    : [];
}

/** Dates that no value tells to be day first or month first. */
function dateNotes({ dialect }: Dataset, side: Side): string[] {
  const { ambiguousDates = [] } = dialect ?? {};
  return ambiguousDates.map(
    ({ column, dateFormat, otherDateFormat }) =>
      `The dates of ${quoted(column)} in the ${side === 'reference' ? 'reference' : 'current side'} were read as ${dateFormat} and could as well be ${otherDateFormat}; --${side}-date-format says which.`,
  );
}

/** Rows that are left out may make the difference. */
function isChosen({ reference, current }: Pair<Dataset>): boolean {
  return reference.leftOut.length + current.leftOut.length > 0;
}

function isSame({ column }: ColumnEvidence): boolean {
  const { measures, reference, current } = column;
  const { ks, 'jensen-shannon': distance } = measures;
  const hasMoved =
    (ks?.kind === 'test' && ks.statistic !== 0) ||
    (distance?.kind === 'distance' && distance.distance !== 0);
  return !hasMoved && JSON.stringify(reference) === JSON.stringify(current);
}

/** Files that seem to be swapped, or to have nothing to do with each other. */
function belonging({ datasets, columns, sharedCount }: ReportParts): string[] {
  const { reference, current } = datasets;
  const found: string[] = [];
  const swapped = columns.flatMap(({ column: { name, reference, current } }) => {
    const [earliest, latest] = [reference.quantiles?.['0.05'], current.quantiles?.['0.95']];
    const isLater = typeof earliest === 'string' && typeof latest === 'string' && earliest > latest;
    return isLater ? [{ name, earliest: day(earliest), latest: day(latest) }] : [];
  });
  const [first] = swapped;
  if (first) {
    found.push(
      `By ${list(swapped.map(({ name }) => name))} the reference is later than the current side (from ${first.earliest} on, and up to ${first.latest}), so the two may be swapped.`,
    );
  }
  if (sharedCount < Math.min(reference.columnCount, current.columnCount) / 2) {
    found.push(
      `Only ${counted(sharedCount, 'column')} of ${grouped(reference.columnCount)} in the reference and ${grouped(current.columnCount)} in the current side ${sharedCount === 1 ? 'is' : 'are'} shared, so they may not belong together.`,
    );
  }
  return found;
}

function day(time: string): string {
  return time.split('T')[0] ?? time;
}

function splitNotes({ reference }: Pair<Dataset>, { splitBy }: ResolvedOptions): string[] {
  if (splitBy === null) return [];
  const column = quoted(splitBy.column);
  const absentCount = countOf(reference, 'split');
  return [
    `Both sides are parts of one file, split by ${column}, which is not compared itself.`,
    ...(absentCount > 0
      ? [
          `${counted(absentCount, 'row')} without a value in ${column} ${areIs(absentCount)} on neither side.`,
        ]
      : []),
  ];
}

function rejectedNotes(datasets: Pair<Dataset>, side: Side, { splitBy }: ResolvedOptions) {
  const { rejectedRowCount: count, rejectedReasons, rowCount } = datasets[side];
  if (count === 0 || (splitBy !== null && side === 'current')) return [];
  const reasons = rejectedReasons
    .slice(0, listedReasons)
    .map(({ reason, rowCount }) => `${grouped(rowCount)} for ${quoted(reason)}`);
  const more = rejectedReasons.length > listedReasons ? ' and others' : '';
  const why = reasons.length > 0 ? `: ${reasons.join(', ')}${more}` : '';
  const read =
    splitBy === null
      ? ` (${counted(rowCount, 'row')} ${rowCount === 1 ? 'was' : 'were'} read)`
      : '';
  const file = splitBy === null ? `the ${side} file` : 'the file';
  return [
    `${counted(count, 'row')} of ${file} could not be read and ${areIs(count)} in no number below${read}${why}.`,
  ];
}

/** Rows that were read and are left out, in the order in which that happened. */
function choiceNotes({ datasets, conditions, options }: ReportParts, side: Side): string[] {
  const { rowCount } = datasets[side];
  const where = whereOf(side, options);
  const [conditionCount, sampleCount] = (['condition', 'sample'] as const).map((why) =>
    countOf(datasets[side], why),
  ) as [number, number];
  const found: string[] = [];
  if (conditions[side] !== null) {
    const all = rowCount + sampleCount + conditionCount;
    found.push(
      `${grouped(conditionCount)} of ${counted(all, 'row')} ${where} ${areIs(conditionCount)} left out: ${quoted(conditions[side])} is not true for ${conditionCount === 1 ? 'it' : 'them'}.`,
    );
  }
  if (sampleCount > 0) {
    found.push(
      `Of ${counted(rowCount + sampleCount, 'row')} ${where} a sample of ${grouped(rowCount)} is compared (seed ${options.seed}).`,
    );
  }
  return found;
}

function unparsedNotes(columns: ColumnEvidence[], side: Side, options: ResolvedOptions) {
  const unparsed = columns.filter(({ column }) => column[side].unparsedCount > 0);
  if (unparsed.length === 0) return [];
  const count = unparsed.reduce((sum, { column }) => sum + column[side].unparsedCount, 0);
  return [
    `${counted(count, 'value')} ${whereOf(side, options)} in ${list(unparsed.map(({ column }) => column.name))} ${areIs(count)} no number or date and ${count === 1 ? 'counts' : 'count'} as missing.`,
  ];
}

function renameNotes({ renames }: ResolvedOptions): string[] {
  const pairs = Object.entries(renames).map(([from, to]) => `${quoted(from)} (now ${quoted(to)})`);
  return pairs.length > 0 ? [`Compared under the name in the reference: ${pairs.join(', ')}.`] : [];
}

function fewRows({ reference, current }: Pair<Dataset>): string[] {
  const [least, most] = [reference.rowCount, current.rowCount].sort((a, b) => a - b);
  return (most ?? 0) > 0 && (least ?? 0) < 30
    ? [
        `With ${number(reference.rowCount)} and ${number(current.rowCount)} rows only very large changes can be told from chance.`,
      ]
    : [];
}

function whereOf(side: Side, { splitBy }: ResolvedOptions): string {
  return `of the ${side} ${splitBy === null ? 'file' : 'side'}`;
}

function countOf({ leftOut }: Dataset, wanted: Dataset['leftOut'][number]['why']): number {
  return leftOut.find(({ why }) => why === wanted)?.rowCount ?? 0;
}

function areIs(count: number): string {
  return count === 1 ? 'is' : 'are';
}
