import { readFixture, sorted } from './expectClose.js';

interface Test {
  statistic: number;
  pValue: number;
}

interface Expected {
  mannWhitney: { auto: Test; asymptotic: Test; exact?: Test };
  kruskalWallis: Test;
  energyDistance: number;
  mmd?: { bandwidth: number; statistic: number };
  cramerVonMises?: { auto: Test; asymptotic: Test; exact?: Test };
  welchT?: Test & { degreesOfFreedom: number };
  andersonDarling?: Test;
  eppsSingleton?: Test;
}

interface Made {
  referenceCount: number;
  currentCount: number;
  step: number;
  power: number;
  expected: Expected;
}

/** test/fixtures/scipy/ranks.json */
const fixture = readFixture<{
  cases: { name: string; reference: number[]; current: number[]; expected: Expected }[];
  made: Made[];
  times: { sorted: number[]; longestMs: number; typicalMs: number; distinctCount: number };
}>('ranks');

/** Both samples sorted, with what SciPy and NumPy say of them. */
export const rankCases = [
  ...fixture.cases.map(({ name, reference, current, expected }) => ({
    name,
    reference: sorted(reference),
    current: sorted(current),
    expected,
  })),
  ...fixture.made.map(({ expected, ...made }) => ({
    name: `${made.referenceCount} v ${made.currentCount}, power ${made.power}`,
    reference: weyl(made.referenceCount, 0.6180339887498949, 1),
    current: weyl(made.currentCount, made.step, made.power),
    expected,
  })),
];

/** Value i is ((i step) mod 1) to a power. */
function weyl(count: number, step: number, power: number): Float64Array {
  return Float64Array.from({ length: count }, (_, i) => (((i + 1) * step) % 1) ** power).sort();
}

export const timesCase = fixture.times;
