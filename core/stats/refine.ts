import type { Pair } from '../column.js';
import { sortNumbers } from '../sortNumbers.js';
import { type Cells, chooseCells, chunkLength } from './cells.js';
import { countUpTo, type Runs } from './runs.js';
import { type Crossing, cutCells, mayMatter, type SubCells, subCellCount } from './subCells.js';

/** What has to come out exactly, beside the widest gap and the area between the two CDFs. */
export interface RefineNeeds {
  /** Shares at which quantiles are asked for, of either side. */
  shares: readonly number[];
  /** Places at which values are counted. */
  values: readonly number[];
  /** Even steps from the smaller quantile of both sides at `share` to the larger one at 1 - `share`. */
  steps: { share: number; count: number };
}

/**
 * Two passes over two samples that are too large to sort: count into cells, then look closely at the cells
 * that matter.
 */
export interface Refinement {
  /** First pass: any finite values of a side, in chunks; others are left out. */
  count(side: keyof Pair<unknown>, chunk: Float64Array): void;
  /**
   * After the first pass. False where more than `mostCount` values would have to be looked at; then quantiles come
   * out exactly, the widest gap to the largest share of a cell, and the area to what fits into the cells left out.
   */
  choose(needs: RefineNeeds, mostCount: number): boolean;
  /** Second pass: the same values. */
  gather(side: keyof Pair<unknown>, chunk: Float64Array): void;
  /** @throws {RangeError} if the second pass brought other values than the first */
  runs(): Pair<Runs>;
}

interface Side {
  length: number;
  /** Of each cell, side by side: how many values, and the sum of what they are above the origin. */
  tallies: Float64Array;
  /** Values in the cells before each one, and in all. */
  starts: Float64Array;
  squares: number;
  /** By cell that is looked at: the first value found, and how many equal it. */
  firsts: Float64Array;
  firstCounts: Uint32Array;
  rest: Float64Array;
  restCount: number;
  kept: Kept | null;
}

/** The first pass's cells, one per value: at most 65 536. */
interface Kept {
  places: Uint16Array;
  countedCount: number;
  gatheredCount: number;
}

/** Cells with a larger share of a side are looked at: their values may be tied. */
const heavyShare = 1 / 1024;
/** Where so few cells have values, as with whole numbers, all are looked at. */
const fewCells = 16_384;

/**
 * Order statistics of two large samples without sorting them: runs of equal values in which the widest gap
 * between the CDFs (Kolmogorov-Smirnov), the area between them (Wasserstein-1) and the quantiles asked for
 * come out as they do of the sorted samples.
 *
 * The counts per cell bound the gap inside of each; only cells whose bound reaches the widest gap at a cell's
 * end are looked at. Where the two CDFs cannot cross inside of a cell, the area there follows from the sums of its
 * values, so the cell stays one run at its mean on either side. Cells with quantiles or ties are looked at.
 *
 * Range: the runs of a side hold as many values as it has finite ones.
 * Cost: O(n + m), twice, at some nanoseconds a value; memory for 65 536 cells and the values looked at.
 * Source: derived here; bounds by monotone CDFs.
 * Checked: equal to sorting (D to the last bit, quantiles too, areas to 1e-12) over normal, Cauchy, lognormal, integer,
 *          constant, two-valued and clustered data (test/core/stats/refine.test.ts)
 *
 * @param sample - values of both sides, finite, ascending: some thousands tell how to cut
 * @param keptCounts - how many values each side will bring, where memory of 2 bytes each is worth a quicker second pass
 * @returns null where no cells part the values well; sort then
 *
 * @example
 * createRefinement(Float64Array.of(1, 2, 3)) !== null
 * // => true
 */
export function createRefinement(
  sample: Float64Array,
  keptCounts?: Pair<number>,
): Refinement | null {
  const cells = chooseCells(sample);
  if (!cells) return null;
  const sides = {
    reference: createSide(cells, keptCounts?.reference),
    current: createSide(cells, keptCounts?.current),
  };
  const isChosen = new Uint8Array(cells.count);
  const crossing: Crossing = {
    isCrossing: new Uint8Array(cells.count),
    gaps: new Float64Array(cells.count),
    widest: 0,
  };
  const places = new Int32Array(chunkLength);
  const picked = new Float64Array(chunkLength);
  const isTied = new Set(sample).size < 0.5 * sample.length;

  return {
    count: (name, chunk) => {
      const side = sides[name];
      for (const part of slicesOf(chunk)) {
        cells.place(part, places);
        countPart(side, part, places, cells.origin);
        if (side.kept) keep(side.kept, places.subarray(0, part.length));
      }
    },
    choose: (needs, mostCount) => {
      sumUp(sides.reference);
      sumUp(sides.current);
      return choose(sides, cells, needs, isChosen, crossing, isTied ? Infinity : mostCount);
    },
    gather: (name, chunk) => {
      const side = sides[name];
      for (const part of slicesOf(chunk)) {
        const values = side.kept ? pick(side.kept, part, isChosen, picked) : part;
        cells.place(values, places);
        gatherPart(side, values, places, isChosen);
      }
    },
    runs: () => {
      const subCells = cutCrossing(sides, cells, crossing);
      return {
        reference: toRuns(
          sides.reference,
          isChosen,
          subCells,
          subCells.tallies.reference,
          cells.origin,
        ),
        current: toRuns(sides.current, isChosen, subCells, subCells.tallies.current, cells.origin),
      };
    },
  };
}

/** Of the cells that were looked at for the gap alone, most values need not be in order. */
function cutCrossing(
  { reference, current }: Pair<Side>,
  cells: Cells,
  crossing: Crossing,
): SubCells {
  const found = (side: Side) => {
    for (let cell = 0; cell < cells.count; cell++) {
      if (crossing.isCrossing[cell] === 0) continue;
      const count = side.firstCounts[cell] as number;
      makeRoom(side, count);
      side.rest.fill(side.firsts[cell] as number, side.restCount, side.restCount + count);
      side.restCount += count;
      side.firstCounts[cell] = 0;
    }
    return side.rest.subarray(0, side.restCount);
  };
  const { leftCounts, ...subCells } = cutCells(
    cells,
    crossing,
    { reference: found(reference), current: found(current) },
    { reference: reference.length, current: current.length },
  );
  reference.restCount = leftCounts.reference;
  current.restCount = leftCounts.current;
  return subCells;
}

function* slicesOf(chunk: Float64Array): Generator<Float64Array> {
  for (let start = 0; start < chunk.length; start += chunkLength)
    yield chunk.subarray(start, start + chunkLength);
}

function keep(kept: Kept, places: Int32Array): void {
  const { places: all, countedCount } = kept;
  // what is in no cell goes to the first one here: it is left out when it is placed again
  for (let i = 0; i < places.length; i++) all[countedCount + i] = Math.max(0, places[i] as number);
  kept.countedCount += places.length;
}

/** Values of a part that may lie in cells that are looked at. */
function pick(
  kept: Kept,
  part: Float64Array,
  isChosen: Uint8Array,
  picked: Float64Array,
): Float64Array {
  const { places, gatheredCount } = kept;
  let count = 0;
  for (let i = 0; i < part.length; i++) {
    // written always and counted where it matters: a branch would be guessed wrong too often
    picked[count] = part[i] as number;
    count += isChosen[places[gatheredCount + i] as number] as number;
  }
  kept.gatheredCount += part.length;
  return picked.subarray(0, count);
}

function createSide(cells: Cells, keptCount: number | undefined): Side {
  return {
    length: 0,
    tallies: new Float64Array(2 * cells.count),
    starts: new Float64Array(cells.count + 1),
    squares: 0,
    firsts: new Float64Array(cells.count),
    firstCounts: new Uint32Array(cells.count),
    rest: new Float64Array(chunkLength),
    restCount: 0,
    kept:
      keptCount === undefined
        ? null
        : { places: new Uint16Array(keptCount), countedCount: 0, gatheredCount: 0 },
  };
}

function countPart(side: Side, part: Float64Array, places: Int32Array, origin: number): void {
  const { tallies } = side;
  let squares = 0;
  for (let i = 0; i < part.length; i++) {
    const cell = places[i] as number;
    if (cell < 0) continue;
    const offset = (part[i] as number) - origin;
    tallies[2 * cell] = (tallies[2 * cell] as number) + 1;
    tallies[2 * cell + 1] = (tallies[2 * cell + 1] as number) + offset;
    squares += offset * offset;
  }
  side.squares += squares;
}

function sumUp(side: Side): void {
  const { tallies, starts } = side;
  for (let cell = 0; cell < starts.length - 1; cell++)
    starts[cell + 1] = (starts[cell] as number) + (tallies[2 * cell] as number);
  side.length = starts[starts.length - 1] as number;
}

function countOf({ tallies }: Side, cell: number): number {
  return tallies[2 * cell] as number;
}

function gatherPart(
  side: Side,
  part: Float64Array,
  places: Int32Array,
  isChosen: Uint8Array,
): void {
  const { firsts, firstCounts } = side;
  makeRoom(side, part.length);
  const { rest } = side;
  let { restCount } = side;
  for (let i = 0; i < part.length; i++) {
    const cell = places[i] as number;
    if (cell < 0 || isChosen[cell] === 0) continue;
    // -0 would sort before 0 and count as another value
    const value = (part[i] as number) + 0;
    if (firstCounts[cell] === 0) firsts[cell] = value;
    if (firsts[cell] === value) firstCounts[cell] = (firstCounts[cell] as number) + 1;
    else rest[restCount++] = value;
  }
  side.restCount = restCount;
}

function makeRoom(side: Side, count: number): void {
  if (side.rest.length >= side.restCount + count) return;
  const larger = new Float64Array(2 * side.rest.length + count);
  larger.set(side.rest.subarray(0, side.restCount));
  side.rest = larger;
}

/** Marks the cells that are looked at; false where not all that should be could be. */
function choose(
  sides: Pair<Side>,
  cells: Cells,
  needs: RefineNeeds,
  isChosen: Uint8Array,
  crossing: Crossing,
  mostCount: number,
): boolean {
  let usedCount = 0;
  for (let cell = 0; cell < cells.count; cell++) {
    const inReference = countOf(sides.reference, cell);
    const inCurrent = countOf(sides.current, cell);
    if (inReference + inCurrent > 0) usedCount++;
    if (
      inReference > heavyShare * sides.reference.length ||
      inCurrent > heavyShare * sides.current.length
    )
      isChosen[cell] = 1;
  }
  if (mostCount === Infinity && usedCount <= fewCells) {
    isChosen.fill(1);
    return true;
  }
  for (const side of [sides.reference, sides.current]) {
    for (const share of [...needs.shares, needs.steps.share, 1 - needs.steps.share])
      chooseShare(side, share, isChosen);
  }
  chooseSteps(sides, cells, needs.steps, isChosen);
  chooseValues(sides, cells, needs.values, isChosen);
  return chooseGaps(sides, isChosen, crossing, mostCount);
}

function chooseValues(
  { reference, current }: Pair<Side>,
  cells: Cells,
  asked: readonly number[],
  isChosen: Uint8Array,
): void {
  const values = Float64Array.from(asked);
  const places = new Int32Array(values.length);
  for (let start = 0; start < values.length; start += chunkLength)
    cells.place(values.subarray(start, start + chunkLength), places.subarray(start));
  for (const cell of places) {
    if (cell < 0) continue;
    isChosen[cell] = 1;
    for (const side of [reference, current]) {
      isChosen[usedBefore(side, cell)] = 1;
      isChosen[usedAfter(side, cell)] = 1;
    }
  }
}

/** Cells in which the gap may become the widest, or change its sign; the likeliest first while there is room. */
function chooseGaps(
  sides: Pair<Side>,
  isChosen: Uint8Array,
  crossing: Crossing,
  mostCount: number,
): boolean {
  const { reference, current } = sides;
  const [n, m] = [reference.length, current.length];
  let gap = 0;
  let widest = 0;
  let chosenCount = 0;
  const inCell = (cell: number) => countOf(reference, cell) + countOf(current, cell);
  for (let cell = 0; cell < isChosen.length; cell++) {
    gap += countOf(reference, cell) * m - countOf(current, cell) * n;
    widest = Math.max(widest, Math.abs(gap));
    if (isChosen[cell] === 1) chosenCount += inCell(cell);
  }
  crossing.widest = widest;
  const wanted: { cell: number; bound: number }[] = [];
  gap = 0;
  for (let cell = 0; cell < isChosen.length; cell++) {
    const rise = countOf(reference, cell) * m;
    const fall = countOf(current, cell) * n;
    crossing.gaps[cell] = gap;
    if (isChosen[cell] === 0 && mayMatter(gap, rise, fall, widest))
      wanted.push({ cell, bound: Math.max(gap + rise, fall - gap) });
    gap += rise - fall;
  }
  const wantedCount = wanted.reduce((count, { cell }) => count + inCell(cell), 0);
  if (chosenCount + wantedCount > mostCount) wanted.sort((a, b) => b.bound - a.bound);
  for (const { cell } of wanted) {
    chosenCount += inCell(cell);
    if (chosenCount > mostCount) return false;
    isChosen[cell] = 1;
    crossing.isCrossing[cell] = 1;
  }
  return true;
}

/** Cells around a quantile, also of the values beside it. */
function chooseShare(side: Side, share: number, isChosen: Uint8Array): void {
  const rank = share * (side.length - 1);
  const [first, last] = [cellOf(side, rank - 1), cellOf(side, rank + 2)];
  isChosen.fill(1, usedBefore(side, first), usedAfter(side, last) + 1);
}

/** The cell with the value at a rank, 0-based. */
function cellOf({ starts, length }: Side, rank: number): number {
  return countUpTo(starts, Math.min(Math.max(0, rank), length - 1)) - 1;
}

/** Cells in which the steps may lie: their ends are known to a cell. */
function chooseSteps(
  { reference, current }: Pair<Side>,
  cells: Cells,
  { share, count }: RefineNeeds['steps'],
  isChosen: Uint8Array,
): void {
  const sides = [reference, current].filter(({ length }) => length > 0);
  const cellsAt = (at: number, more: number) =>
    sides.map((side) => cellOf(side, Math.floor(at * (side.length - 1)) + more));
  // a quantile lies between two values, that may lie in cells apart
  const low = [Math.min(...cellsAt(share, 0)), Math.min(...cellsAt(share, 1)) + 1] as const;
  const high = [
    Math.max(...cellsAt(1 - share, 0)),
    Math.max(...cellsAt(1 - share, 1)) + 1,
  ] as const;
  const ends = new Float64Array(2);
  const places = new Int32Array(2);
  for (let step = 0; step <= count; step++) {
    const part = step / count;
    for (const end of [0, 1] as const)
      ends[end] = cells.start(low[end]) * (1 - part) + cells.start(high[end]) * part;
    cells.place(ends, places);
    isChosen.fill(1, Math.max(0, (places[0] as number) - 1), (places[1] as number) + 2);
  }
}

function usedBefore(side: Side, cell: number): number {
  let before = cell - 1;
  while (before > 0 && countOf(side, before) === 0) before--;
  return Math.max(0, before);
}

function usedAfter(side: Side, cell: number): number {
  const last = side.starts.length - 2;
  let after = cell + 1;
  while (after < last && countOf(side, after) === 0) after++;
  return Math.min(after, last);
}

function toRuns(
  side: Side,
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
  let [before, sum, squares] = [0, 0, 0];
  for (let run = 0; run < values.length; run++) {
    const count = (ends[run] as number) - before;
    const offset = (values[run] as number) - origin;
    before = ends[run] as number;
    sum += count * offset;
    squares += count * offset * offset;
  }
  return { mean: origin + sum / length, squares: Math.max(0, squares - sum * (sum / length)) };
}
