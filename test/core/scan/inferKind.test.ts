import { describe, expect, it } from 'vitest';
import type { Kind } from '../../../core/contract.js';
import { inferKind, type KindChoice } from '../../../core/scan/inferKind.js';
import { type ColumnProfile, storageFamily } from '../../../core/scan/scan.js';

const string: ColumnProfile = {
  family: 'string',
  count: 1_000,
  distinctCount: 10,
  meanLength: 6,
  meanWordCount: 1,
  numericShare: 0,
  datetimeShare: 0,
  words: [],
};
const number: ColumnProfile = {
  ...string,
  family: 'number',
  distinctCount: 0,
  meanLength: 0,
};
const boolean: ColumnProfile = { ...number, family: 'boolean' };
const datetime: ColumnProfile = { ...number, family: 'datetime' };
const keys: ColumnProfile = { ...string, distinctCount: 980 };
const prose: ColumnProfile = { ...string, distinctCount: 900, meanLength: 80, meanWordCount: 14 };
const absent = (profile: ColumnProfile): ColumnProfile => ({ ...profile, count: 0 });

const spelled = (...words: string[]): ColumnProfile => ({
  ...string,
  distinctCount: words.length,
  words,
});

type Choice = [Kind, KindChoice['reading'], isRetyped: boolean];

describe('the kind of a column', () => {
  it.each<[string, ColumnProfile, ColumnProfile, Choice]>([
    ['numbers', number, number, ['numeric', 'number', false]],
    ['booleans', boolean, boolean, ['boolean', 'levels', false]],
    ['yes and no', spelled('no', 'yes'), spelled('no', 'yes'), ['boolean', 'levels', false]],
    [
      'yes and no against no alone',
      spelled('no', 'yes'),
      spelled('no'),
      ['boolean', 'levels', false],
    ],
    [
      'no alone, which may be a country',
      spelled('no'),
      spelled('no'),
      ['categorical', 'levels', false],
    ],
    ['false alone', spelled('false'), spelled('false'), ['boolean', 'levels', false]],
    [
      'no against another country',
      spelled('no'),
      spelled('de', 'no'),
      ['categorical', 'levels', false],
    ],
    ['yes and no against words', spelled('no', 'yes'), string, ['categorical', 'levels', false]],
    [
      'true as text against booleans',
      spelled('false', 'true'),
      boolean,
      ['boolean', 'levels', false],
    ],
    ['yes and no against 1 and 0', number, spelled('no', 'yes'), ['boolean', 'levels', true]],
    ['datetimes', datetime, datetime, ['datetime', 'datetime', false]],
    ['few words', string, string, ['categorical', 'levels', false]],
    ['a word per row', keys, keys, ['identifier', 'length', false]],
    ['sentences', prose, prose, ['text', 'length', false]],
    [
      'the same few sentences',
      { ...prose, distinctCount: 12 },
      { ...prose, distinctCount: 12 },
      ['categorical', 'levels', false],
    ],
    ['a word per row on one side only', keys, string, ['categorical', 'levels', false]],
    [
      'few rows, all different',
      { ...keys, count: 19, distinctCount: 19 },
      { ...keys, count: 19, distinctCount: 19 },
      ['categorical', 'levels', false],
    ],
    [
      'more levels than can be counted',
      { ...string, count: 9e6, distinctCount: 200_000 },
      string,
      ['identifier', 'length', false],
    ],
    [
      'numbers written as text',
      { ...string, numericShare: 1 },
      number,
      ['numeric', 'number', false],
    ],
    [
      'numbers with a little junk',
      { ...string, numericShare: 0.96 },
      number,
      ['numeric', 'number', false],
    ],
    [
      'numbers with too much junk',
      { ...string, numericShare: 0.94 },
      { ...string, numericShare: 0.94 },
      ['categorical', 'levels', false],
    ],
    [
      'dates written as text',
      { ...string, datetimeShare: 1 },
      datetime,
      ['datetime', 'datetime', false],
    ],
    ['flags as true and as 1', boolean, number, ['boolean', 'levels', true]],
    ['flags as 1 and as "1"', number, { ...string, numericShare: 1 }, ['numeric', 'number', false]],
    ['numbers against words', number, string, ['categorical', 'levels', true]],
    ['dates against numbers', datetime, number, ['categorical', 'levels', true]],
    ['nothing on one side', absent(number), string, ['categorical', 'levels', false]],
    ['nothing on the other side', datetime, absent(string), ['datetime', 'datetime', false]],
  ])('%s', (_, reference, current, [kind, reading, isRetyped]) => {
    expect(inferKind({ reference, current })).toEqual({ kind, reading, isRetyped });
    expect(inferKind({ reference: current, current: reference })).toEqual({
      kind,
      reading,
      isRetyped,
    });
  });

  it('is not to be told without a value', () => {
    expect(inferKind({ reference: absent(number), current: absent(string) })).toBeNull();
  });

  it.each<[Kind, ColumnProfile, KindChoice['reading']]>([
    ['categorical', number, 'number'],
    ['identifier', number, 'number'],
    ['identifier', string, 'length'],
    ['text', number, 'length'],
    ['numeric', string, 'number'],
    ['numeric', boolean, 'number'],
    ['datetime', string, 'datetime'],
    ['boolean', string, 'levels'],
  ])('is what is asked for: %s', (asked, profile, reading) => {
    const choice = inferKind({ reference: profile, current: profile }, asked);
    expect(choice).toEqual({ kind: asked, reading, isRetyped: false });
  });
});

describe('the family of a storage type', () => {
  it.each([
    ['TINYINT', 'number'],
    ['UHUGEINT', 'number'],
    ['UINTEGER', 'number'],
    ['DECIMAL(18,3)', 'number'],
    ['FLOAT', 'number'],
    ['BOOLEAN', 'boolean'],
    ['DATE', 'datetime'],
    ['TIMESTAMP_NS', 'datetime'],
    ['TIMESTAMP WITH TIME ZONE', 'datetime'],
    ['VARCHAR', 'string'],
    ['UUID', 'string'],
    ["ENUM('a', 'b')", 'string'],
    ["ENUM('a', 'b')[]", 'unsupported'],
    ['DECIMAL(18,3)[]', 'unsupported'],
    ['TIMESTAMP[]', 'unsupported'],
    ['TIME', 'unsupported'],
    ['INTERVAL', 'unsupported'],
    ['BLOB', 'unsupported'],
    ['BIT', 'unsupported'],
    ['STRUCT(a INTEGER)', 'unsupported'],
    ['MAP(VARCHAR, INTEGER)', 'unsupported'],
    ['', 'unsupported'],
  ])('%s is %s', (storageType, family) => {
    expect(storageFamily(storageType)).toBe(family);
  });
});
