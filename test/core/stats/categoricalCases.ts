import { readFixture } from './expectClose.js';

export interface CategoricalCase {
  reference: number[];
  current: number[];
  chiSquared: { statistic: number; pValue: number; degreesOfFreedom: number };
  cramersV: number;
  psi: number;
  jensenShannon: number;
  psiNoiseFloor: number;
}

/** test/fixtures/scipy/categorical.json */
export const categoricalCases = readFixture<{ cases: CategoricalCase[] }>('categorical').cases;
