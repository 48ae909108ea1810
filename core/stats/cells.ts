import { sliceLength } from '../column.js';
import { countUpTo } from './runs.js';

/** Which cell of many a value falls into, ascending with the values; the outer cells are open. */
export interface Cells {
  readonly count: number;
  /** Subtracted from the values before they are summed, so that sums keep their digits. */
  readonly origin: number;
  /** Writes the cell of each value of a slice, at most; `noCell` for those that are not finite. */
  place(values: Float64Array, places: Uint16Array): void;
  /** A value at which a cell begins, give or take rounding; of the first one, where the second begins. */
  start(cell: number): number;
}

/** Where values stand that are not finite. */
export const noCell = 65_535;

const cellCount = noCell;
const lastCell = cellCount - 1;
const middleCell = lastCell / 2;
/** Chance that two values of a sample share a cell without being equal, for the cells to be of use. */
const mostSharing = 0.02;
/** Two or three times that of cells which all hold as many: good enough. */
const littleSharing = 2.5 / cellCount;
/** Squares of what lies beyond would leave the doubles. */
const largestValue = 1e150;

/**
 * Cells in which few values of a sample meet: of equal width, of widths that grow with the distance from the
 * median, in one way or another, or from 0, or, where values lie in dense clusters far from each other, between the values of the sample, which
 * takes some five times as long. Null where values are so large that sums of squares would leave the doubles.
 *
 * @param sample - ascending, finite, of both sides together
 */
export function chooseCells(sample: Float64Array): Cells | null {
  const last = sample.length - 1;
  if (last < 0) return null;
  const at = (share: number) => sample[Math.round(share * last)] as number;
  if (Math.max(Math.abs(at(0)), Math.abs(at(1))) > largestValue) return null;
  const [low, high] = [at(0.001), at(0.999)];
  const median = at(0.5);
  const quarters = at(0.75) - at(0.25);
  const smallest = sample.map(Math.abs).sort()[Math.round(0.01 * last)] as number;
  const candidates = [
    () => evenCells(low, high),
    () => shrinkingCells(median, quarters / 2),
    () => growingCells(median, quarters / 8, Math.max(high - median, median - low)),
    () => growingCells(0, smallest, Math.max(high, -low)),
    () => sampleCells(sample),
  ];
  let best: { cells: Cells; sharing: number } | null = null;
  for (const candidate of candidates) {
    const cells = candidate();
    const sharing = sharingOf(cells, sample);
    // the first ones are quicker, so another must be clearly better
    if (best === null || sharing < best.sharing / 1.5) best = { cells, sharing };
    if (best.sharing <= littleSharing) break;
  }
  return best && best.sharing <= mostSharing ? best.cells : null;
}

/** Chance that two values lie in one cell; equal ones count as one. */
function sharingOf(cells: Cells, sample: Float64Array): number {
  const places = new Uint16Array(sample.length);
  for (let start = 0; start < sample.length; start += sliceLength) {
    cells.place(sample.subarray(start, start + sliceLength), places.subarray(start));
  }
  let pairCount = 0;
  for (let start = 0, end = 0; start < sample.length; start = end) {
    let distinctCount = 0;
    while (end < sample.length && places[end] === places[start]) {
      if (end === start || sample[end] !== sample[end - 1]) distinctCount++;
      end++;
    }
    pairCount += distinctCount * (distinctCount - 1);
  }
  return pairCount / (sample.length * Math.max(1, sample.length - 1));
}

/**
 * Adds values to how many each cell has and to the sum of what they are above the origin, side by side.
 *
 * @param places - of the values
 * @returns the sum of squares above the origin
 */
export function tally(
  values: Float64Array,
  places: Uint16Array,
  origin: number,
  tallies: Float64Array,
): number {
  let squares = 0;
  for (let i = 0; i < values.length; i++) {
    const cell = places[i] as number;
    if (cell === noCell) continue;
    const offset = (values[i] as number) - origin;
    tallies[2 * cell] = (tallies[2 * cell] as number) + 1;
    tallies[2 * cell + 1] = (tallies[2 * cell + 1] as number) + offset;
    squares += offset * offset;
  }
  return squares;
}

// The loops below are functions of the module, and what they write to is made once: the engine compiles such a loop for
// good, and one that is made anew for every column for whatever it may be given, which takes twice as long.

const offsets = new Float64Array(sliceLength);
const offsetWords = new Int32Array(offsets.buffer);
const distances = new Float64Array(sliceLength);
const distanceWords = new Int32Array(distances.buffer);

function evenCells(low: number, high: number): Cells {
  const width = high - low;
  const scale = width > 0 ? (cellCount - 2) / width : 1;
  return {
    count: cellCount,
    origin: low,
    start: (cell) => low + Math.max(0, cell - 1) / scale,
    place: (values, places) => placeEvenly(values, places, low, scale),
  };
}

function placeEvenly(values: Float64Array, places: Uint16Array, low: number, scale: number): void {
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number;
    const step = (value - low) * scale + 1;
    if (step >= 1 && step < lastCell) {
      places[i] = step;
      continue;
    }
    const outer = step >= 1 ? lastCell : 0;
    places[i] = value - value === 0 ? outer : noCell;
  }
}

/** Below it, its inverse would leave the doubles. */
const leastUnit = 1e-300;

/**
 * Cells by 1 / (1 + distance from the center in widths), of which the outermost go on for ever: the values of long
 * tails, as Cauchy's, are spread evenly. Every step of the arithmetic keeps the order.
 */
function shrinkingCells(center: number, width: number): Cells {
  const unit = width > leastUnit ? width : 1;
  const reach = middleCell - 1;
  return {
    count: cellCount,
    origin: center,
    start: (cell) => {
      const steps = Math.max(1, cell) - middleCell;
      const distance = unit * (reach / (reach - Math.min(Math.abs(steps), reach - 0.5)) - 1);
      return steps >= 0 ? center + distance : center - distance;
    },
    place: (values, places) => placeShrinking(values, places, center, 1 / unit),
  };
}

function placeShrinking(
  values: Float64Array,
  places: Uint16Array,
  center: number,
  scale: number,
): void {
  const { length } = values;
  const reach = middleCell - 1;
  for (let i = 0; i < length; i++) offsets[i] = (values[i] as number) - center;
  for (let i = 0; i < length; i++) {
    const offset = offsets[i] as number;
    const steps = reach - reach / (1 + Math.abs(offset) * scale);
    places[i] =
      offset - offset === 0 ? middleCell + (steps ^ signOf(offsetWords[2 * i + 1])) : noCell;
  }
}

/** By the upper half of a double: -1 below 0, 0 from there on. A branch would be guessed wrong half of the time. */
function signOf(word: number | undefined): number {
  return (word as number) >> 31;
}

/**
 * Cells by the leading bits of |value - center| + width as a double, which ascend with it: of equal width near the
 * center, twice as wide with every doubling of the distance.
 */
function growingCells(center: number, width: number, reach: number): Cells {
  const least = width > 0 ? width : 1;
  const first = upperWord(least);
  const last = upperWord(least + Math.max(reach, least));
  let shift = 0;
  while ((last >> shift) - (first >> shift) > middleCell - 3) shift++;
  const firstStep = first >> shift;
  return {
    count: cellCount,
    origin: center,
    start: (cell) => {
      const steps = Math.max(1, cell) - middleCell;
      distanceWords[0] = 0;
      distanceWords[1] = (Math.abs(steps) + firstStep) << shift;
      const distance = Math.max(0, (distances[0] as number) - least);
      return steps >= 0 ? center + distance : center - distance;
    },
    place: (values, places) => placeGrowing(values, places, center, least, shift, firstStep),
  };
}

function upperWord(value: number): number {
  distances[0] = value;
  return distanceWords[1] as number;
}

function placeGrowing(
  values: Float64Array,
  places: Uint16Array,
  center: number,
  least: number,
  shift: number,
  firstStep: number,
): void {
  const { length } = values;
  for (let i = 0; i < length; i++) {
    const offset = (values[i] as number) - center;
    offsets[i] = offset;
    distances[i] = Math.abs(offset) + least;
  }
  for (let i = 0; i < length; i++) {
    const bits = distanceWords[2 * i + 1] as number;
    if ((bits & 0x7ff00000) === 0x7ff00000) {
      places[i] = noCell;
      continue;
    }
    const steps = Math.min((bits >> shift) - firstStep, middleCell - 1);
    places[i] = middleCell + (steps ^ signOf(offsetWords[2 * i + 1]));
  }
}

/** Cells that begin at the values of the sample. */
function sampleCells(sample: Float64Array): Cells {
  const starts = sample.filter((value, i) => i === 0 || value !== sample[i - 1]);
  const middle = starts[starts.length >> 1] as number;
  return {
    count: starts.length + 1,
    origin: middle,
    start: (cell) => starts[Math.min(Math.max(0, cell - 1), starts.length - 1)] as number,
    place: (values, places) => {
      for (let i = 0; i < values.length; i++) {
        const value = values[i] as number;
        places[i] = value - value === 0 ? countUpTo(starts, value) : noCell;
      }
    },
  };
}
