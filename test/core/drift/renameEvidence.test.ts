/** Pairs of names that share a beginning or an end: which may be suggested, by name and by values. */
import { describe, expect, test } from 'vitest';
import { suggestRenames } from '../../../core/drift/suggestRenames.js';
import { draws } from './judged.js';

type Values = readonly string[];
const count = 200;

/** The first rows of a column, by a seed; one is as the other but for chance. */
const ages = (seed: number): Values =>
  draws(seed, count, (random) => String(18 + random.integer(60)));
const amounts = (seed: number): Values =>
  draws(seed, count, (random) => Math.exp(7 + random.normal()).toFixed(2));
const cities = (seed: number): Values =>
  draws(seed, count, (random) => ['Ghent', 'Lille', 'Basel', 'Turin'][random.integer(4)] ?? '');
const ids =
  (letter: string) =>
  (seed: number): Values =>
    draws(seed, count, (random) => `${letter}-${1000 + random.integer(9000)}`);
const days = (seed: number): Values =>
  draws(seed, count, (random) => `2026-0${1 + random.integer(9)}-1${random.integer(9)}`);
const flags = (seed: number): Values => draws(seed, count, (random) => String(random.integer(2)));
const shifted = (seed: number): Values => ages(seed).map((age) => String(Number(age) + 15));

function suggested(from: string, to: string, before: Values, after: Values): string[] {
  const lone = (name: string, values: Values) => [{ name, storageType: '', values }];
  const found = suggestRenames({ reference: lone(from, before), current: lone(to, after) });
  return found.map(({ why }) => why);
}

describe('with alike values one word may be abbreviated', () => {
  test.each<[string, string, (seed: number) => Values, string]>([
    ['cust_age', 'customer_age', ages, 'numbers of the same distribution'],
    ['customerAge', 'custAge', ages, 'numbers of the same distribution'],
    ['total_amt', 'total_amount', amounts, 'numbers of the same distribution'],
    ['loan_qty', 'loan_quantity', ages, 'numbers of the same distribution'],
    ['avg_spend', 'average_spend', amounts, 'numbers of the same distribution'],
    ['max_balance', 'maximum_balance', amounts, 'numbers of the same distribution'],
    ['temp', 'temperature', amounts, 'numbers of the same distribution'],
    ['addr_city', 'address_city', cities, 'both hold the same values'],
    ['cust_id', 'customer_id', ids('C'), 'both hold values of the same form'],
    ['signup_date', 'signup_datetime', days, 'both hold times'],
  ])('%s is now %s', (from, to, values, why) => {
    for (let seed = 1; seed <= 30; seed++) {
      const [reason] = suggested(from, to, values(seed), values(seed + 1000));
      expect([seed, reason]).toEqual([seed, expect.stringContaining(why)]);
      expect(reason).toContain('a name with one word abbreviated');
    }
  });

  test.each<[string, string, string, Values, Values]>([
    ['other numbers', 'cust_age', 'customer_age', ages(1), shifted(2)],
    ['other texts', 'addr_city', 'address_city', cities(1), ids('C')(2)],
    ['other identifiers', 'cust_id', 'customer_id', ids('C')(1), ids('K')(2)],
    ['flags, which are alike by chance', 'cust_new', 'customer_new', flags(1), flags(2)],
    ['few rows', 'cust_age', 'customer_age', ages(1).slice(0, 19), ages(2)],
    ['nothing', 'cust_age', 'customer_age', [], ages(2)],
    ['numbers and texts', 'cust_age', 'customer_age', ages(1), cities(2)],
  ])('but not where they hold %s', (_what, from, to, before, after) => {
    expect(suggested(from, to, before, after)).toEqual([]);
  });

  test.each([
    ['min_temperature', 'main_temperature'],
    ['min_temperature', 'margin_temperature'],
    ['mid_price', 'median_price'],
    ['pre_score', 'post_score'],
    ['lat_position', 'last_position'],
    ['cat_count', 'client_count'],
    ['net_amount', 'gross_amount'],
    ['q1_sales', 'quarter_sales'],
    ['net_value', 'network_value'],
    ['part_count', 'partner_count'],
    ['cust_age', 'customer_income'],
    ['cust_qty', 'customer_quantity'],
  ])('%s is not short for %s', (from, to) => {
    expect(suggested(from, to, ages(1), ages(2))).toEqual([]);
  });

  test('and not where there are two of them', () => {
    const column = (name: string, seed: number) => ({
      name,
      storageType: '',
      values: ages(seed),
    });
    const reference = [column('med_age', 1)];
    const current = [column('median_age', 2), column('medium_age', 3)];
    expect(suggestRenames({ reference, current })).toEqual([]);
  });
});

describe('values alone are no evidence, though the only candidates and drawn alike', () => {
  test.each<[string, string, (seed: number) => Values]>([
    ['home_city', 'work_city', cities],
    ['billing_city', 'shipping_city', cities],
    ['sales_jan', 'sales_feb', amounts],
    ['price_usd', 'price_eur', amounts],
    ['red_channel', 'blue_channel', ages],
    ['x_position', 'y_position', amounts],
    ['mother_age', 'father_age', ages],
    ['pickup_longitude', 'dropoff_longitude', amounts],
    ['min_temperature', 'max_temperature', ages],
    ['start_date', 'end_date', days],
    ['sender_id', 'receiver_id', ids('P')],
    ['actual_amount', 'predicted_amount', amounts],
    ['systolic_pressure', 'diastolic_pressure', ages],
    ['sensor_north', 'sensor_south', amounts],
    ['income_month', 'income_year', amounts],
  ])('%s is not %s', (from, to, values) => {
    expect(suggested(from, to, values(1), values(2))).toEqual([]);
    expect(suggested(to, from, values(1), values(1))).toEqual([]);
  });

  // words of one meaning, which a list would have to know; held back with those above
  test.each([
    ['customer_age', 'client_age'],
    ['fare_amount', 'fare_total'],
  ])('%s is held back from %s', (from, to) => {
    expect(suggested(from, to, ages(1), ages(2))).toEqual([]);
  });
});
