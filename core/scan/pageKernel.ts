import { pagesWasm } from '../kernels/built/pages.js';
import { type Kernel, kernelOf } from '../kernels/instantiate.js';

/** The functions of core/kernels/assembly/pages.ts. Addresses are in bytes. */
interface Exports {
  readonly SLICE_LENGTH: Global;
  readonly LARGEST_PAGE: Global;
  readonly ABSENT: Global;
  readonly FOLDED: Global;
  readonly UNFOLDED: Global;
  unfold(from: number, length: number, size: number): number;
  setDictionary(from: number, end: number, type: number, length: number): number;
  open(
    levels: number,
    levelsEnd: number,
    from: number,
    end: number,
    indexed: number,
    type: number,
  ): number;
  read(count: number): number;
  markAbsent(at: number, count: number, firstBit: number): number;
  infiniteCount(): number;
}

interface Global {
  readonly value: number;
}

/** Reads numbers from pages that are put into its memory. */
export interface PageKernel {
  readonly run: Kernel<Exports>;
  readonly bytes: Uint8Array;
  readonly view: DataView;
  /** Where pages go in as they stand in the file; so many bytes of them at most, as of what they are unfolded to. */
  readonly foldedStart: number;
  readonly unfoldedStart: number;
  readonly largestPage: number;
  /** Values that come out at once at most, */
  readonly sliceLength: number;
  /** and where a bit is set for each of those that are missing or infinite. */
  readonly absentStart: number;
}

/** By what they are called in the kernel. */
export const valueTypes = {
  f64: 0,
  f32: 1,
  i64: 2,
  u64: 3,
  i32: 4,
  u32: 5,
  i16: 6,
  u16: 7,
  i8: 8,
  u8: 9,
} as const;

export type ValueType = (typeof valueTypes)[keyof typeof valueTypes];

const instantiate = kernelOf<Exports>(pagesWasm);

function createKernel(): PageKernel {
  const run = instantiate();
  const { buffer } = run.memory;
  return {
    run,
    bytes: new Uint8Array(buffer),
    view: new DataView(buffer),
    foldedStart: run.FOLDED.value,
    unfoldedStart: run.UNFOLDED.value,
    largestPage: run.LARGEST_PAGE.value,
    sliceLength: run.SLICE_LENGTH.value,
    absentStart: run.ABSENT.value,
  };
}

/** Those whose work is done: memory that was in use before is quicker to fill than new one. */
const spare: PageKernel[] = [];
const mostSpare = 2;

/** To be given back. */
export function takeKernel(): PageKernel {
  return spare.pop() ?? createKernel();
}

export function giveBack(kernel: PageKernel): void {
  if (spare.length < mostSpare) spare.push(kernel);
}
