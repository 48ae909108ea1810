import type { Cube, CubeColumn, DriftReport, Finding } from '../core/contract.js';
import { type CubeTable, unpackCube } from '../core/cubeTables.js';
import { levelShares } from './charts/levelShares.js';
import { formatCount, formatNumber, formatShare, formatTimeWithin } from './format.js';
import type { Selection } from './route.js';

/** A report's cube, unpacked, with the words for its bins. */
export interface LinkedCube {
  cube: Cube;
  tables: CubeTable[][];
  /** Place of a column by its name. */
  places: ReadonlyMap<string, number>;
  findings: ReadonlyMap<string, Finding>;
}

/** Rows of each side by bin. */
export interface BinCounts {
  reference: number[];
  current: number[];
}

const unpacked = new WeakMap<DriftReport, LinkedCube | null>();

/** Null where the report has none, or one that cannot be read. */
export function linkedCube(report: DriftReport): LinkedCube | null {
  const known = unpacked.get(report);
  if (known !== undefined) return known;
  const { cube = null } = report;
  const tables = cube === null ? null : unpackCube(cube);
  const linked =
    cube === null || tables === null
      ? null
      : {
          cube,
          tables,
          places: new Map(cube.columns.map(({ name }, place) => [name, place])),
          findings: new Map(report.columns.map((finding) => [finding.name, finding])),
        };
  unpacked.set(report, linked);
  return linked;
}

/** Why a report has no linked selection; null where it has one. */
export function whyNotLinked(report: DriftReport): string | null {
  if (linkedCube(report) !== null) return null;
  const { contents, options } = report;
  if (contents != null && contents.maskedBelow !== null)
    return 'There is no linked selection here: it would tell of few rows, so a masked report has none.';
  if (contents !== undefined && !contents.sections.includes('cube'))
    return 'There is no linked selection here: it was left out of this export.';
  if (options.cube === false)
    return 'There is no linked selection here: it was switched off for this comparison.';
  return 'There is no linked selection here: this report has no joint counts of its columns.';
}

/** Why a column does not follow a selection; null where it does. */
export function whyNotCounted(linked: LinkedCube, { name, kind, verdict }: Finding): string | null {
  if (linked.places.has(name)) return null;
  if (kind === 'text' || kind === 'identifier') return `Linked selection has no ${kind} columns.`;
  if (verdict === 'skipped') return 'Linked selection has no skipped columns.';
  return `Linked selection has the first ${formatCount(linked.cube.columns.length)} columns by rank, as many as fit its size limit; this one comes after them.`;
}

/** As the cube has it: null where it has no such column or bins. */
export function validSelection(
  linked: LinkedCube | null,
  selection: Selection | null,
): Selection | null {
  if (linked === null || selection === null) return null;
  const column = cubeColumn(linked, selection.column);
  return column !== null && selection.to <= column.referenceCounts.length ? selection : null;
}

export function cubeColumn({ cube, places }: LinkedCube, name: string): CubeColumn | null {
  return cube.columns[places.get(name) ?? -1] ?? null;
}

/** Of all rows. */
export function wholeCounts({ referenceCounts, currentCounts }: CubeColumn): BinCounts {
  return { reference: referenceCounts, current: currentCounts };
}

/** Of the selected rows. */
export function selectedCounts(
  linked: LinkedCube,
  selection: Selection,
  name: string,
): BinCounts | null {
  const { cube, tables, places } = linked;
  const [by, of] = [places.get(selection.column), places.get(name)];
  if (by === undefined || of === undefined) return null;
  const column = cube.columns[of] as CubeColumn;
  const isIn = (bin: number) => bin >= selection.from && bin < selection.to;
  if (by === of) {
    const only = (counts: number[]) => counts.map((count, bin) => (isIn(bin) ? count : 0));
    return { reference: only(column.referenceCounts), current: only(column.currentCounts) };
  }
  const binCount = column.referenceCounts.length;
  const byCount = (cube.columns[by] as CubeColumn).referenceCounts.length;
  const table = tables[Math.max(by, of)]?.[Math.min(by, of)] as CubeTable;
  const sums = (counts: Uint32Array) =>
    Array.from({ length: binCount }, (_, bin) => {
      let sum = 0;
      for (let row = selection.from; row < Math.min(selection.to, byCount); row++) {
        sum += counts[by < of ? row * binCount + bin : bin * byCount + row] ?? 0;
      }
      return sum;
    });
  return { reference: sums(table.reference), current: sums(table.current) };
}

export function total(counts: readonly number[]): number {
  return counts.reduce((sum, count) => sum + count, 0);
}

/** Shares of a side's counted rows; all 0 where there are none. */
export function shares(counts: readonly number[]): number[] {
  const sum = total(counts);
  return counts.map((count) => (sum === 0 ? 0 : count / sum));
}

/** How far the sides differ by their bins, 0 to 1; null where a side has no rows. */
export function totalVariation({ reference, current }: BinCounts): number | null {
  if (total(reference) === 0 || total(current) === 0) return null;
  const [one, other] = [shares(reference), shares(current)];
  return one.reduce((sum, share, bin) => sum + Math.abs(share - (other[bin] ?? 0)), 0) / 2;
}

/** What 95 of 100 pairs of samples of these sizes from one distribution stay below, about (normal bins). */
export function chanceVariation({ reference, current }: BinCounts): number {
  const [n, m] = [total(reference), total(current)];
  if (n === 0 || m === 0) return 1;
  const variances = reference.map((count, bin) => {
    const share = (count + (current[bin] ?? 0)) / (n + m);
    return share * (1 - share) * (1 / n + 1 / m);
  });
  const mean = variances.reduce((sum, variance) => sum + Math.sqrt((2 / Math.PI) * variance), 0);
  const spread = Math.sqrt(total(variances) * (1 - 2 / Math.PI));
  return Math.min(1, (mean + 1.645 * spread) / 2);
}

export interface SelectedDifference {
  whole: number;
  /** Null where a side has no selected row. */
  selected: number | null;
  /** Up to here it may be chance. */
  chance: number;
}

/** How far the sides of a column differ, of all rows and of the selected ones; null where it is not counted. */
export function selectedDifference(
  linked: LinkedCube,
  selection: Selection,
  name: string,
): SelectedDifference | null {
  const column = cubeColumn(linked, name);
  const counts = selectedCounts(linked, selection, name);
  if (column === null || counts === null || selection.column === name) return null;
  return {
    whole: totalVariation(wholeCounts(column)) ?? 0,
    selected: totalVariation(counts),
    chance: chanceVariation(counts),
  };
}

/** Whether the bin is the one for rows without a value. */
export function isMissingBin({ referenceCounts }: CubeColumn, bin: number): boolean {
  return bin === referenceCounts.length - 1;
}

/** Bins from `from` up to `to`, in words that follow the column's name. */
export function binWords(
  linked: LinkedCube,
  name: string,
  from: number,
  to: number = from + 1,
): string {
  const column = cubeColumn(linked, name);
  const finding = linked.findings.get(name);
  if (column === null || finding === undefined) return '';
  if (isMissingBin(column, from)) return 'missing';
  const { binEdges, levels } = column;
  if (binEdges) return rangeWords(column, finding.kind === 'datetime', from, to);
  const names = levelNames(finding, levels ?? []);
  return Array.from({ length: to - from }, (_, i) => names[from + i] ?? 'other levels').join(', ');
}

/** One line each, as the charts write them. */
function levelNames({ charts }: Finding, levels: readonly number[]): string[] {
  const { categories } = charts;
  if (categories === undefined) return levels.map((place) => `level ${place + 1}`);
  const labels = levelShares(categories, categories.levels.length);
  return levels.map((place) => labels[place]?.label ?? '');
}

function rangeWords(
  { binEdges = [], areWhole = false }: CubeColumn,
  isTime: boolean,
  from: number,
  to: number,
): string {
  const span = (binEdges.at(-1) ?? 0) - (binEdges[0] ?? 0);
  const write = (value: number) =>
    isTime
      ? formatTimeWithin(value, binEdges.length > 1 ? span : 0)
      : formatNumber(value, ownDigits(value) + 1);
  const [low, high] = [binEdges[from - 1], binEdges[to - 1]];
  if (low === undefined && high === undefined) return 'of any value';
  if (areWhole) {
    const [first, last] = [Math.ceil(low ?? 0), Math.ceil(high ?? 0) - 1];
    if (low === undefined) return `up to ${write(last)}`;
    if (high === undefined) return `from ${write(first)}`;
    return first === last ? write(first) : `${write(first)} to ${write(last)}`;
  }
  if (low === undefined) return `${isTime ? 'before' : 'below'} ${write(high as number)}`;
  return high === undefined ? `from ${write(low)}` : `${write(low)} to ${write(high)}`;
}

/** So many that no round number is rounded. */
function ownDigits(value: number): number {
  let digits = 2;
  while (digits < 16 && Number(value.toPrecision(digits)) !== value) digits++;
  return digits;
}

/** Of what part of each side the bins are, in words. */
export function partWords({ reference, current }: BinCounts, linked: LinkedCube): string {
  const share = (counts: number[], rowCount: number) =>
    formatShare(rowCount === 0 ? 0 : total(counts) / rowCount);
  const { referenceRowCount, currentRowCount } = linked.cube;
  return `${share(reference, referenceRowCount)} of reference, ${share(current, currentRowCount)} of current`;
}

/** What was counted, in a sentence. */
export function countedWords({ cube }: LinkedCube, report: DriftReport): string {
  const side = (counted: number, all: number) =>
    counted < all ? `${formatCount(counted)} of ${formatCount(all)}` : `all ${formatCount(all)}`;
  const reference = side(cube.referenceRowCount, report.reference.rowCount);
  const current = side(cube.currentRowCount, report.current.rowCount);
  const rows =
    reference === current
      ? `${reference} rows a side`
      : `${reference} reference and ${current} current rows`;
  return `Counted in bins, from ${rows}.`;
}
