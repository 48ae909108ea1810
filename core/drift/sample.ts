import {
  type ColumnPair,
  finiteCount,
  type NumberColumn,
  type Pair,
  sortedValues,
} from '../column.js';
import type { ResolvedOptions } from '../contract.js';
import { type KsResult, ksTest } from '../stats/ksTest.js';
import type { Sorted } from '../stats/runs.js';
import { countDays, type DayProfiles, dayProfiles } from './dayProfiles.js';
import { type LevelTable, levelTable } from './levelTable.js';
import { toRuns } from './toRuns.js';

/** A column pair made ready to be measured: put in order once, tabulated once. */
export interface Sample {
  pair: ColumnPair;
  /** Of numbers, ascending, finite. */
  sorted: Pair<Sorted> | null;
  /** Of text and identifiers: characters per value, ascending. */
  sortedLengths: Pair<Sorted> | null;
  /** Of numbers or lengths, where both sides have some. */
  ks: KsResult | null;
  table: LevelTable | null;
  /** Of datetimes: rows by hour and by weekday. */
  days: DayProfiles | null;
  /** Rows with a usable value, and without. */
  count: Pair<number>;
  absentCount: Pair<number>;
}

/** @param options - of a comparison; without them large columns are sorted, too */
export function createSample(pair: ColumnPair, options?: ResolvedOptions): Sample {
  const { numbers, levels, lengths } = pair;
  const side = (name: 'reference' | 'current') => {
    const column = numbers?.[name] ?? lengths?.[name];
    if (column) {
      const absent = column.missingCount + column.infiniteCount;
      return { count: finiteCount(column), absent };
    }
    const counted = levels?.[name];
    return { count: counted?.count ?? 0, absent: counted?.missingCount ?? 0 };
  };
  const [reference, current] = [side('reference'), side('current')];
  const isTime = pair.kind === 'datetime' && numbers !== null;
  // gaps between times need all of them, so those that are held are sorted
  const isSorted = isTime && !numbers.reference.runs;
  const sorted = numbers && (isSorted ? sortedPair(numbers) : inOrder(numbers, pair.name, options));
  const sortedLengths = lengths && inOrder(lengths, pair.name, options);
  const ordered = sorted ?? sortedLengths;
  const hasBoth = reference.count > 0 && current.count > 0;
  return {
    pair,
    sorted,
    sortedLengths,
    ks: ordered && hasBoth ? ksTest(ordered.reference, ordered.current) : null,
    table: levels && levelTable(levels),
    days: isTime && sorted ? daysOf(numbers, sorted) : null,
    count: { reference: reference.count, current: current.count },
    absentCount: { reference: reference.absent, current: current.absent },
  };
}

function daysOf({ reference, current }: Pair<NumberColumn>, sorted: Pair<Sorted>): DayProfiles {
  return dayProfiles(sorted, {
    reference: reference.days ?? countDays(reference.values),
    current: current.days ?? countDays(current.values),
  });
}

function inOrder(
  columns: Pair<NumberColumn>,
  name: string,
  options: ResolvedOptions | undefined,
): Pair<Sorted> {
  return (options && toRuns(columns, name, options)) ?? sortedPair(columns);
}

function sortedPair({ reference, current }: Pair<NumberColumn>): Pair<Float64Array> {
  return { reference: sortedValues(reference), current: sortedValues(current) };
}
