import { readFixture } from './expectClose.js';

interface CountCase {
  reference: number[];
  current: number[];
  expected: {
    gTest: { statistic: number; pValue: number; degreesOfFreedom: number };
    klDivergence: number | null;
    klBack: number | null;
    klFloored: number;
    hellinger: number;
    totalVariation: number;
    lInfinity: number;
    zTest?: { square: number; pValue: number };
    fisherExact?: { oddsRatio: number | null; pValue: number };
  };
}

/** test/fixtures/scipy/counts.json */
export const countCases = readFixture<{ cases: CountCase[] }>('counts').cases;
