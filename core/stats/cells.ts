import { sliceLength } from '../column.js';
import { type CellKernel, mostStarts, takeKernel } from './cellKernel.js';

/** Which cell of many a value falls into, ascending with the values; the outer cells are open. */
export interface Cells {
  readonly count: number;
  /** Subtracted from the values before they are summed, so that sums keep their digits. */
  readonly origin: number;
  /** Writes the cell of each value of a slice, at most; `noCell` for those that are not finite. */
  place(values: Float64Array, places: Uint16Array): void;
  /** The same for the first values in a kernel's memory. */
  find(kernel: CellKernel, count: number): void;
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

/** Cells that a kernel finds. `find` writes the places of the first values in its memory. */
function cellsBy(
  { origin, start }: Pick<Cells, 'origin' | 'start'>,
  find: (kernel: CellKernel, count: number) => void,
  count = cellCount,
): Cells {
  return {
    count,
    origin,
    start,
    find,
    place: (values, places) => {
      scratch ??= takeKernel();
      scratch.values.set(values);
      find(scratch, values.length);
      places.set(scratch.places.subarray(0, values.length));
    },
  };
}

/** For places that nothing is counted at. */
let scratch: CellKernel | null = null;

function evenCells(low: number, high: number): Cells {
  const width = high - low;
  const scale = width > 0 ? (cellCount - 2) / width : 1;
  const start = (cell: number) => low + Math.max(0, cell - 1) / scale;
  return cellsBy({ origin: low, start }, ({ run }, count) => run.placeEvenly(count, low, scale));
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
  const start = (cell: number) => {
    const steps = Math.max(1, cell) - middleCell;
    const distance = unit * (reach / (reach - Math.min(Math.abs(steps), reach - 0.5)) - 1);
    return steps >= 0 ? center + distance : center - distance;
  };
  return cellsBy({ origin: center, start }, ({ run }, count) =>
    run.placeShrinking(count, center, 1 / unit),
  );
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
  const start = (cell: number) => {
    const steps = Math.max(1, cell) - middleCell;
    const distance = Math.max(0, ofUpperWord((Math.abs(steps) + firstStep) << shift) - least);
    return steps >= 0 ? center + distance : center - distance;
  };
  return cellsBy({ origin: center, start }, ({ run }, count) =>
    run.placeGrowing(count, center, least, shift, firstStep),
  );
}

const double = new Float64Array(1);
const doubleWords = new Int32Array(double.buffer);

function upperWord(value: number): number {
  double[0] = value;
  return doubleWords[1] as number;
}

function ofUpperWord(word: number): number {
  doubleWords[0] = 0;
  doubleWords[1] = word;
  return double[0] as number;
}

/** Cells that begin at the values of the sample. */
function sampleCells(sample: Float64Array): Cells {
  const distinct = sample.filter((value, i) => i === 0 || value !== sample[i - 1]);
  const step = Math.ceil(distinct.length / mostStarts);
  const starts = distinct.filter((_, i) => i % step === 0);
  const shape = {
    origin: starts[starts.length >> 1] as number,
    start: (cell: number) => starts[Math.min(Math.max(0, cell - 1), starts.length - 1)] as number,
  };
  const find = (kernel: CellKernel, count: number) => {
    if (kernel.startsOf !== starts) {
      kernel.starts.set(starts);
      kernel.startsOf = starts;
    }
    kernel.run.placeBetween(count, starts.length);
  };
  return cellsBy(shape, find, starts.length + 1);
}
