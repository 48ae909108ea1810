import { sortNumbers } from '../sortNumbers.js';
import { countOf, heavyShare, type RefineSide } from './refineSide.js';
import type { Runs } from './runs.js';
import { type SubCells, subCellCount } from './subCells.js';

/**
 * One side's values in order: those that were looked at one by one, and of each other cell a run at its mean.
 *
 * Range: as many values as the side has finite ones, ascending.
 * Cost: O(c + r log r) for c cells and r values looked at.
 * Derivation: a run at a cell's mean has the area below it that its values have, where nothing crosses it.
 * Checked: with the whole refinement (test/core/stats/refine.test.ts)
 *
 * @param side - after both passes; its `rest` is put in order
 * @param isChosen - 1 by cell that was looked at
 * @param subCells - of the cells that were cut
 * @param subTallies - of this side
 * @param origin - what sums are above of
 * @returns the runs
 * @throws {RangeError} if the second pass brought other values than the first
 *
 * @example
 * cellRuns(side, isChosen, subCells, subCells.tallies.reference, cells.origin).length // => rows with a value
 */
export function cellRuns(
  side: RefineSide,
  isChosen: Uint8Array,
  subCells: SubCells,
  subTallies: Float64Array,
  origin: number,
): Runs {
  const { length, tallies, firsts, firstCounts } = side;
  const rest = sortNumbers(side.rest.subarray(0, side.restCount));
  const values = new Float64Array(isChosen.length + subCells.isExact.length + rest.length);
  const ends = new Float64Array(values.length);
  let runCount = 0;
  let end = 0;
  let next = 0;
  const add = (value: number, count: number) => {
    end += count;
    if (runCount === 0 || value !== values[runCount - 1]) values[runCount++] = value;
    ends[runCount - 1] = end;
  };
  // of the cells that were looked at, the light ones show how often values are tied in the others
  const seen = { count: 0, distinctCount: 0 };
  const hidden = { count: 0, cellCount: 0 };
  const hide = (offsets: number, count: number) => {
    hidden.count += count;
    hidden.cellCount++;
    // rounding must not put a mean out of order
    add(Math.max(origin + offsets / count, values[runCount - 1] ?? -Infinity), count);
  };
  let sum = 0;
  for (let cell = 0; cell < isChosen.length; cell++) {
    const count = countOf(side, cell);
    if (count === 0) continue;
    const offsets = tallies[2 * cell + 1] as number;
    sum += offsets;
    const firstSub = subCells.firsts[cell] as number;
    if (isChosen[cell] === 0) {
      hide(offsets, count);
      continue;
    }
    if (firstSub >= 0) {
      for (let sub = firstSub; sub < firstSub + subCellCount; sub++) {
        const inSub = subTallies[2 * sub] as number;
        if (inSub === 0) continue;
        if (subCells.isExact[sub] === 0) hide(subTallies[2 * sub + 1] as number, inSub);
        else for (const subEnd = next + inSub; next < subEnd; ) add(rest[next++] as number, 1);
      }
      continue;
    }
    const before = runCount;
    const first = firsts[cell] as number;
    const restEnd = next + count - (firstCounts[cell] as number);
    while (next < restEnd && (rest[next] as number) < first) add(rest[next++] as number, 1);
    if ((firstCounts[cell] as number) > 0) add(first, firstCounts[cell] as number);
    while (next < restEnd) add(rest[next++] as number, 1);
    if (count > heavyShare * length) continue;
    seen.count += count;
    seen.distinctCount += runCount - before;
  }
  if (next !== rest.length || end !== length) {
    throw new RangeError(`refine needs the same values twice (got ${length}, then others)`);
  }
  const tiedShare = seen.count > 0 ? seen.distinctCount / seen.count : 1;
  const hiddenCount = Math.max(hidden.cellCount, Math.round(hidden.count * tiedShare));
  const shown = { values: values.slice(0, runCount), ends: ends.slice(0, runCount) };
  const moments = momentsOf(shown);
  // what lies inside of the cells left out is known in squares around the origin only
  const squares =
    hidden.count === 0 ? moments.squares : Math.max(0, side.squares - sum * (sum / length));
  return {
    length,
    ...shown,
    mean: moments.mean,
    standardDeviation: length < 2 ? null : Math.sqrt(squares / (length - 1)),
    distinctCount: runCount - hidden.cellCount + hiddenCount,
    areWhole: hidden.count === 0 && shown.values.every(Number.isInteger),
  };
}

/** Mean, and sum of squares around it. */
function momentsOf({ values, ends }: Pick<Runs, 'values' | 'ends'>): {
  mean: number;
  squares: number;
} {
  const origin = values[values.length >> 1] as number;
  const length = ends[ends.length - 1] as number;
  let before = 0;
  let sum = 0;
  let squares = 0;
  for (let run = 0; run < values.length; run++) {
    const count = (ends[run] as number) - before;
    const offset = (values[run] as number) - origin;
    before = ends[run] as number;
    sum += count * offset;
    squares += count * offset * offset;
  }
  return { mean: origin + sum / length, squares: Math.max(0, squares - sum * (sum / length)) };
}
