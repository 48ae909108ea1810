import fc from 'fast-check';
import { expect, test } from 'vitest';
import { channels, verdicts } from '../../core/contract.js';
import {
  allKinds,
  allTraits,
  fromHash,
  sortKeys,
  startRoute,
  toHash,
} from '../../renderer/route.js';

test('the start is short', () => {
  expect(toHash(startRoute)).toBe('#/overview');
  expect(fromHash('')).toEqual(startRoute);
});

test('what is not understood falls back to the start', () => {
  expect(fromHash('#/nowhere?sort=size&verdict=broken&kind=,')).toEqual(startRoute);
  expect(fromHash('#/column')).toEqual(startRoute);
  for (const bins of ['0', '3-2', '1-', '1-x', '1000', '-1', '1-2-3'])
    expect(fromHash(`#/overview?select=age&bins=${bins}`), bins).toEqual(startRoute);
  expect(fromHash('#/overview?bins=1-2')).toEqual(startRoute);
});

test('every route survives the address, whatever the column is called', () => {
  const route = fc.record({
    view: fc.constantFrom('overview' as const, 'quality' as const, 'column' as const),
    column: fc.string({ unit: 'grapheme' }),
    verdicts: fc.subarray([...verdicts]),
    kinds: fc.subarray([...allKinds]),
    sort: fc.constantFrom(...sortKeys),
    descending: fc.boolean(),
    search: fc.string({ unit: 'grapheme' }),
    channel: fc.constantFrom(null, ...channels),
    group: fc.option(fc.nat(99_999)),
    traits: fc.subarray([...allTraits]),
    selection: fc.option(
      fc
        .record({
          column: fc.string({ unit: 'grapheme' }),
          from: fc.nat(10),
          length: fc.integer({ min: 1, max: 12 }),
        })
        .map(({ column, from, length }) => ({ column, from, to: from + length })),
    ),
  });
  fc.assert(
    fc.property(route, (drawn) => {
      const wanted = { ...drawn, column: drawn.view === 'column' ? drawn.column : null };
      expect(fromHash(toHash(wanted))).toEqual(wanted);
    }),
    { numRuns: 200 },
  );
});
