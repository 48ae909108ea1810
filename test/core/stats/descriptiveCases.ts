import { readFixture } from './expectClose.js';

export interface DescriptiveCase {
  name: string;
  sorted: number[];
  mean: number;
  standardDeviation: number | null;
  distinctCount: number;
  quantiles: [number, number][];
  binEdges: number[];
  counts: number[];
  below: number;
  above: number;
  values: number[];
  shares: number[];
  innerEdges: number[];
  binCounts: number[];
}

/** test/fixtures/scipy/descriptive.json */
export const descriptiveCases = readFixture<{ cases: DescriptiveCase[] }>('descriptive').cases;
