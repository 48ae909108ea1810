import { describe, expect, test } from 'vitest';
import type { CompareOptions } from '../../../core/contract.js';
import { resolveOptions } from '../../../core/drift/resolveOptions.js';
import { DriftError } from '../../../core/errors.js';

test('the defaults are those of the design', () => {
  expect(resolveOptions({}, 'a and b')).toEqual({
    title: 'a and b',
    columns: null,
    exclude: [],
    kinds: {},
    alpha: 0.05,
    correction: 'bh',
    limit: 0.1,
    limits: {},
    missingLimit: 0.05,
    supportLimit: 0.01,
    bins: 10,
    seed: 1,
  });
});

test('what is asked stands', () => {
  const asked: CompareOptions = {
    title: 'March',
    columns: ['age', 'income'],
    exclude: ['income'],
    kinds: { age: 'categorical' },
    alpha: 0.01,
    correction: 'holm',
    limit: 0.2,
    limits: { age: 0.5 },
    bins: 20,
    seed: 7,
  };
  expect(resolveOptions(asked, 'a and b')).toMatchObject(asked);
});

test('a column called "constructor" has no limit and no kind unless it is given one', () => {
  const { kinds, limits } = resolveOptions({}, '');
  expect([kinds.constructor, limits.constructor]).toEqual([undefined, undefined]);
});

describe('a bad option is named with what it was', () => {
  const bad: [CompareOptions, string][] = [
    [{ alpha: 0 }, 'alpha must lie between 0 and 1 (got 0).'],
    [{ alpha: 1 }, 'alpha must lie between 0 and 1 (got 1).'],
    [{ alpha: Number.NaN }, 'alpha must lie between 0 and 1 (got NaN).'],
    [
      { correction: 'fdr' as unknown as 'bh' },
      'correction must be one of bh, holm, none (got fdr).',
    ],
    [{ limit: 0 }, 'limit must be above 0 (got 0).'],
    [{ limit: -1 }, 'limit must be above 0 (got -1).'],
    [{ limits: { age: 0 } }, 'the limit of age must be above 0 (got 0).'],
    [
      { kinds: { age: 'number' as unknown as 'numeric' } },
      'the kind of age must be one of numeric, categorical, datetime, boolean, text, identifier (got number).',
    ],
    [{ bins: 1 }, 'bins must be a whole number from 2 to 1000 (got 1).'],
    [{ bins: 1001 }, 'bins must be a whole number from 2 to 1000 (got 1001).'],
    [{ bins: 2.5 }, 'bins must be a whole number from 2 to 1000 (got 2.5).'],
    [{ seed: -1 }, 'seed must be a whole number of at least 0 (got -1).'],
    [{ seed: 0.5 }, 'seed must be a whole number of at least 0 (got 0.5).'],
  ];
  test.each(bad)('%j', (options, message) => {
    const thrown = thrownBy(() => resolveOptions(options, ''));
    expect(thrown).toBeInstanceOf(DriftError);
    expect(thrown).toMatchObject({ code: 'bad-option', message });
  });
});

function thrownBy(work: () => unknown): unknown {
  try {
    work();
  } catch (error) {
    return error;
  }
  return null;
}
