import { describe, expect, test } from 'vitest';
import type { CompareOptions } from '../../../core/contract.js';
import { measures } from '../../../core/drift/measures.js';
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
    kindLimits: {},
    missingLimit: 0.05,
    supportLimit: 0.01,
    bins: 10,
    binEdges: {},
    missingValues: {},
    measures: [],
    baseline: false,
    timestamp: null,
    profile: null,
    sample: null,
    renames: {},
    splitBy: null,
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
    kindLimits: { numeric: 0.3, text: 0.7 },
    missingLimit: 0.2,
    supportLimit: 0.03,
    bins: 20,
    binEdges: { age: [18, 65] },
    missingValues: { age: ['-1', '999'] },
    measures: ['mmd', 'psi'],
    baseline: true,
    timestamp: 'seen_at',
    profile: 'evidently',
    sample: 1_000,
    renames: { income: 'annual_income' },
    splitBy: { column: 'period', at: 'train' },
    seed: 7,
  };
  expect(resolveOptions(asked, 'a and b')).toMatchObject(asked);
});

test('a column called "constructor" has no limit and no kind unless it is given one', () => {
  const { kinds, limits, binEdges, missingValues, renames } = resolveOptions({}, '');
  for (const byColumn of [kinds, limits, binEdges, missingValues, renames])
    expect(byColumn.constructor).toBeUndefined();
});

const ids = measures.map(({ id }) => id).join(', ');

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
    [{ limits: { age: Number.NaN } }, 'the limit of age must be above 0 (got NaN).'],
    [{ kindLimits: { text: 0 } }, 'the limit of text columns must be above 0 (got 0).'],
    [
      { kindLimits: { fruit: 0.1 } as CompareOptions['kindLimits'] & object },
      'kindLimits must be by numeric, categorical, datetime, boolean, text, identifier (got fruit).',
    ],
    [{ missingLimit: 0 }, 'missingLimit must lie between 0 and 1 (got 0).'],
    [{ missingLimit: 1 }, 'missingLimit must lie between 0 and 1 (got 1).'],
    [{ supportLimit: 2 }, 'supportLimit must lie between 0 and 1 (got 2).'],
    [{ binEdges: { age: [] } }, 'the bin edges of age must be ascending numbers (got none).'],
    [
      { binEdges: { age: [65, 18] } },
      'the bin edges of age must be ascending numbers (got 65, 18).',
    ],
    [
      { binEdges: { age: [18, 18] } },
      'the bin edges of age must be ascending numbers (got 18, 18).',
    ],
    [
      { binEdges: { age: [Number.NaN] } },
      'the bin edges of age must be ascending numbers (got NaN).',
    ],
    [{ measures: ['KS' as 'ks'] }, `measures must be among ${ids} (got KS).`],
    [{ measures: 'ks' as 'all' }, `measures must be all, or a list of ids (got ks).`],
    [{ profile: 'another' as unknown as 'evidently' }, 'profile must be evidently (got another).'],
    [
      { kinds: { age: 'number' as unknown as 'numeric' } },
      'the kind of age must be one of numeric, categorical, datetime, boolean, text, identifier (got number).',
    ],
    [{ bins: 1 }, 'bins must be a whole number from 2 to 1000 (got 1).'],
    [{ bins: 1001 }, 'bins must be a whole number from 2 to 1000 (got 1001).'],
    [{ bins: 2.5 }, 'bins must be a whole number from 2 to 1000 (got 2.5).'],
    [{ seed: -1 }, 'seed must be a whole number of at least 0 (got -1).'],
    [{ seed: 0.5 }, 'seed must be a whole number of at least 0 (got 0.5).'],
    [{ sample: 0 }, 'sample must be a whole number of at least 1 (got 0).'],
    [{ sample: 10.5 }, 'sample must be a whole number of at least 1 (got 10.5).'],
    [{ splitBy: { column: '' } }, 'splitBy must name a column (got none).'],
    [
      { timestamp: 'when' },
      'timestamp says by which time the baseline is split; ask for the baseline too, or leave it out.',
    ],
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
