import { describe, expect, it } from 'vitest';
import type { Kind } from '../../../core/contract.js';
import { evidentlyDatasetDrift } from '../../../core/profile/evidentlyDatasetDrift.js';
import { evidentlyProfile, type ProfileColumn } from '../../../core/profile/evidentlyProfile.js';

describe('evidentlyProfile', () => {
  it('repeats the example', () => {
    const found = evidentlyProfile(numeric([1, 2, 3, 4, 5, 6], [4, 5, 6, 7, 8, 9]));
    expect(found).toEqual({
      kind: 'test',
      stattest: 'ks',
      score: expect.closeTo(0.474025974025974, 14),
      threshold: 0.05,
      isDrifted: false,
    });
  });

  it.each<[string, ProfileColumn, string]>([
    ['numbers, 1 000 rows', numeric(range(1000), range(50)), 'ks'],
    ['numbers, 1 001 rows', numeric(range(1001), range(50)), 'wasserstein'],
    ['numbers, five distinct', numeric(range(100, 5), range(50, 4)), 'chisquare'],
    ['numbers, two distinct', numeric(range(100, 2), range(50, 2)), 'z'],
    ['numbers, five distinct, 1 001 rows', numeric(range(1001, 5), range(50, 5)), 'jensenshannon'],
    ['numbers, ten distinct', numeric(range(100, 10), range(50, 10)), 'ks'],
    ['whole numbers, ten distinct', whole(range(100, 10), range(50, 10)), 'chisquare'],
    ['whole numbers, eleven distinct', whole(range(100, 10), range(50, 11)), 'ks'],
    ['whole numbers, ten distinct now', whole(range(100, 11), range(50, 10)), 'chisquare'],
    ['whole numbers, ten, 1 001 rows', whole(range(1001, 10), range(50, 10)), 'jensenshannon'],
    ['categories', categories('abcabc', 'aabbcc'), 'chisquare'],
    ['two categories', categories('abab', 'aabb'), 'z'],
    ['categories, 1 001 rows', categories('ab'.repeat(501), 'aabb'), 'jensenshannon'],
    ['words that repeat', { ...categories('abc', 'aabb'), kind: 'text' }, 'chisquare'],
    ['booleans', { ...categories('tf', 'tf'), kind: 'boolean' }, 'z'],
    ['booleans as numbers', { ...whole([0, 1, 1], [1, 1]), kind: 'boolean' }, 'z'],
  ])('chooses by type, rows of the reference and distinct values: %s', (_, column, stattest) => {
    expect(evidentlyProfile(column)).toMatchObject({ stattest });
  });

  it.each<[Kind, ProfileColumn, RegExp]>([
    ['datetime', { kind: 'datetime' }, /no drift test for datetimes/],
    ['identifier', { kind: 'identifier' }, /no drift test for identifiers/],
    ['text', { kind: 'text' }, /classifier/],
    ['categorical', categories('abc', 'abc'), /classifier/],
    ['numeric', numeric([], [1]), /without values on the reference side/],
  ])('says why there is no answer: %s', (_, column, reason) => {
    expect(evidentlyProfile(column)).toEqual({
      kind: 'not computable',
      reason: expect.stringMatching(reason),
    });
  });
});

describe('evidentlyDatasetDrift', () => {
  const drifted = evidentlyProfile(numeric(range(100), range(100, 10)));
  const stable = evidentlyProfile(numeric(range(100), range(100)));
  const none = evidentlyProfile({ kind: 'datetime' });

  it('is drift from half of the columns on', () => {
    expect(evidentlyDatasetDrift([drifted, stable, none])).toEqual({
      columnCount: 2,
      driftedCount: 1,
      driftedShare: 0.5,
      threshold: 0.5,
      isDrifted: true,
    });
    expect(evidentlyDatasetDrift([drifted, stable, stable])).toMatchObject({ isDrifted: false });
    expect(evidentlyDatasetDrift([drifted, stable, stable], 0.3)).toMatchObject({
      isDrifted: true,
    });
  });

  it('has no share of no columns', () => {
    expect(evidentlyDatasetDrift([none])).toMatchObject({ driftedShare: null, isDrifted: false });
  });
});

function range(count: number, distinct = count): number[] {
  return Array.from({ length: count }, (_, i) => i % distinct);
}

function numeric(reference: number[], current: number[]): ProfileColumn {
  const numbers = { reference: Float64Array.from(reference), current: Float64Array.from(current) };
  return { kind: 'numeric', numbers };
}

function whole(reference: number[], current: number[]): ProfileColumn {
  return { ...numeric(reference, current), isInteger: true };
}

function categories(reference: string, current: string): ProfileColumn {
  return {
    kind: 'categorical',
    levels: { reference: tally(reference), current: tally(current) },
  };
}

function tally(letters: string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const letter of letters) counts.set(letter, (counts.get(letter) ?? 0) + 1);
  return counts;
}
