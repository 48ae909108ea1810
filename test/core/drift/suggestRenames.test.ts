import { describe, expect, test } from 'vitest';
import { suggestRenames } from '../../../core/drift/suggestRenames.js';

type Column = [name: string, values: (string | null)[]];

const numbers = ['1', '5', '9.5', null];
const times = ['2026-01-05 10:00:00', '2026-02-01 11:30:00'];
const words = ['red', 'green', 'blue'];

function suggested(reference: Column[], current: Column[]) {
  const lone = (columns: Column[]) =>
    columns.map(([name, values]) => ({ name, storageType: '', values }));
  return suggestRenames({ reference: lone(reference), current: lone(current) });
}

const names = (reference: Column[], current: Column[]) =>
  suggested(reference, current).map(({ from, to }) => `${from} > ${to}`);

describe('the same name but for case and punctuation', () => {
  test.each([
    ['annualIncome', 'annual_income'],
    ['Annual Income', 'annual-income'],
    ['GRÖSSE', 'grösse'],
    ['rateCodeId', 'rateCodeID'],
  ])('%s is now %s, whatever they hold', (from, to) => {
    const why = 'the same name but for case and punctuation';
    expect(suggested([[from, numbers]], [[to, words]])).toEqual([{ from, to, why }]);
  });

  test.each([
    ['income', 'age'],
    ['?', '!'],
    ['a1', 'a2'],
  ])('%s is not %s', (from, to) => {
    expect(suggested([[from, numbers]], [[to, numbers]])).toEqual([]);
  });
});

describe('similar names that hold similar values', () => {
  test.each<[string, string, (string | null)[], (string | null)[], string]>([
    [
      'tpepPickupDateTime',
      'lpepPickupDatetime',
      times,
      ['2025-01-01'],
      'a name one letter apart, and both hold times',
    ],
    [
      'colour',
      'color',
      words,
      ['blue', 'black', 'red'],
      'a name one letter apart, and both hold 2 values in common',
    ],
    [
      'customers_age',
      'customer_age',
      numbers,
      ['4', '12'],
      'a name one letter apart, and both begin with numbers of overlapping range (1 to 9.5, 4 to 12)',
    ],
    [
      'pickup_datetime',
      'tpep_pickup_datetime',
      times,
      times,
      'a name with one word more or less, and both hold times',
    ],
    [
      'total_amount_usd',
      'total_amount',
      numbers,
      numbers,
      'a name with one word more or less, and both begin with numbers of overlapping range (1 to 9.5, 1 to 9.5)',
    ],
  ])('%s is now %s', (from, to, before, after, why) => {
    expect(suggested([[from, before]], [[to, after]])).toEqual([{ from, to, why }]);
  });

  test.each<[string, string, string, (string | null)[], (string | null)[]]>([
    ['another range', 'price_sum', 'price_sums', ['1', '2'], ['100', '200']],
    ['another storage', 'colour', 'color', words, numbers],
    ['no common word', 'colour', 'color', words, ['cyan']],
    ['no values', 'colour', 'color', words, [null, null]],
    ['a number more', 'sensor_1', 'sensor_2', numbers, numbers],
    ['an axis', 'x_position', 'y_position', numbers, numbers],
    ['a short name', 'lat', 'lan', numbers, numbers],
    ['opposites', 'minimum_temperature', 'maximum_temperature', numbers, numbers],
    ['opposites', 'min_temperature', 'max_temperature', numbers, numbers],
    ['one word of two', 'first_name', 'name', words, words],
    ['a numbered word more', 'feature_x', 'feature_x_2', numbers, numbers],
    ['other words', 'startLon', 'pickupLongitude', numbers, numbers],
  ])('%s: %s is not %s', (_why, from, to, before, after) => {
    expect(suggested([[from, before]], [[to, after]])).toEqual([]);
  });
});

describe('one candidate alone', () => {
  test('none is suggested where there are several', () => {
    expect(
      names(
        [['colour', words]],
        [
          ['color', words],
          ['colours', words],
        ],
      ),
    ).toEqual([]);
  });

  test('a name that is the same goes before a similar one, and each stands once', () => {
    expect(
      names(
        [
          ['total_amount', numbers],
          ['colour', words],
        ],
        [
          ['totalAmount', numbers],
          ['total_amounts', numbers],
          ['color', words],
        ],
      ),
    ).toEqual(['total_amount > totalAmount', 'colour > color']);
  });
});
