import { type ColumnPair, type Pair, sortedValues } from '../column.js';
import { type DayProfiles, dayProfiles } from './dayProfiles.js';
import { type LevelTable, levelTable } from './levelTable.js';

/** A column pair made ready to be measured: sorted once, tabulated once. */
export interface Sample {
  pair: ColumnPair;
  /** Of numbers, ascending, finite. */
  sorted: Pair<Float64Array> | null;
  /** Of text and identifiers: characters per value, ascending. */
  sortedLengths: Pair<Float64Array> | null;
  table: LevelTable | null;
  /** Of datetimes: rows by hour and by weekday. */
  days: DayProfiles | null;
  /** Rows with a usable value, and without. */
  count: Pair<number>;
  absentCount: Pair<number>;
}

export function createSample(pair: ColumnPair): Sample {
  const { numbers, levels, lengths } = pair;
  const side = (name: 'reference' | 'current') => {
    const column = numbers?.[name] ?? lengths?.[name];
    if (column) {
      const absent = column.missingCount + column.infiniteCount;
      return { count: column.values.length - absent, absent };
    }
    const counted = levels?.[name];
    return { count: counted?.count ?? 0, absent: counted?.missingCount ?? 0 };
  };
  const [reference, current] = [side('reference'), side('current')];
  const sorted = numbers && {
    reference: sortedValues(numbers.reference),
    current: sortedValues(numbers.current),
  };
  return {
    pair,
    sorted,
    sortedLengths: lengths && {
      reference: sortedValues(lengths.reference),
      current: sortedValues(lengths.current),
    },
    table: levels && levelTable(levels),
    days: pair.kind === 'datetime' && sorted ? dayProfiles(sorted) : null,
    count: { reference: reference.count, current: current.count },
    absentCount: { reference: reference.absent, current: current.absent },
  };
}
