import { creditModel } from './creditModel.js';
import { channels, customerTypes, sectors, states, terms } from './levels.js';
import { purpose } from './purpose.js';
import { pick, type Random } from './random.js';

export type Side = 'reference' | 'current';

/** Column names in the order of the file, with the type that the Parquet file stores. */
export const columnTypes = {
  application_id: 'VARCHAR',
  application_time: 'TIMESTAMP',
  channel: 'VARCHAR',
  customer_type: 'VARCHAR',
  purpose: 'VARCHAR',
  loan_amount: 'INTEGER',
  term: 'VARCHAR',
  annual_income: 'DOUBLE',
  employment_status: 'VARCHAR',
  sector: 'VARCHAR',
  state: 'VARCHAR',
  age: 'INTEGER',
  years_employed: 'DOUBLE',
  has_cosigner: 'BOOLEAN',
  bureau_rating: 'INTEGER',
  open_accounts: 'INTEGER',
  credit_utilization: 'DOUBLE',
  debt_to_income: 'DOUBLE',
  past_due_amount: 'DOUBLE',
  savings_balance: 'INTEGER',
  balance_change: 'INTEGER',
  area_fraud_rate: 'DOUBLE',
  probability: 'DOUBLE',
  approved: 'BOOLEAN',
  repaid: 'BOOLEAN',
} as const;

export type ColumnName = keyof typeof columnTypes;
export type Application = Record<ColumnName, string>;

/**
 * One loan application as text, '' where missing. What the columns have in common comes from hidden
 * values that are drawn alike on both sides; a drift is put on a column when it is written, so that
 * it stays in that column (and in what the model says, which reads the written values).
 */
export function application(random: Random, side: Side, id: string, time: string): Application {
  const current = side === 'current';
  const ageLevel = random.normal();
  const status = employment(random, ageLevel);
  const wealth = random.normal();
  const income = Math.exp(10.72 + (logIncome[status] ?? 0) + 0.42 * wealth);
  const appetite = random.normal();
  const loan = Math.exp(9.1 + 0.55 * (Math.log(income) - 10.7) + 0.45 * appetite);
  const care = random.normal();
  const state = pick(random, states);
  const rating = clamp(Math.round(688 + 48 * care + 22 * wealth + 30 * random.normal()), 300, 850);
  const utilization = logistic(-0.7 - 0.6 * care + 0.7 * random.normal());
  const debt = 0.34 + 0.05 * appetite - 0.03 * wealth + 0.06 * random.normal();
  const late = random.uniform() < logistic(-1.8 - 0.9 * care);
  const pastDue = late ? Math.exp(5.4 + 0.9 * random.normal()) : 0;
  const seen = {
    income: current ? income / 1000 : income,
    rating: random.uniform() < (current ? 0.12 : 0.005) ? null : rating,
    debt: debt + (current ? 0.0028 : 0),
    utilization,
    pastDue,
  };
  const probability = creditModel(seen).toFixed(4);
  return {
    application_id: id,
    application_time: time,
    channel: pick(random, channels[side]),
    customer_type: pick(random, customerTypes),
    purpose: purpose(random),
    loan_amount: String(Math.max(500, 100 * Math.round(loan / 100))),
    term: pick(random, terms[side]),
    annual_income: seen.income.toFixed(current ? 3 : 1),
    employment_status: statusAsWritten(random, status, current),
    sector: pick(random, sectors),
    state,
    age: String(
      Math.min(95, Math.floor(18 + 24 * Math.exp(0.42 * (ageLevel - (current ? 0.33 : 0))))),
    ),
    years_employed: yearsEmployed(random, status),
    has_cosigner: String(random.uniform() < (current ? 0.36 : 0.1)),
    bureau_rating: seen.rating === null ? '' : String(seen.rating),
    open_accounts: String(Math.floor(Math.exp(2.1 + 0.4 * random.normal() + 0.1 * wealth))),
    credit_utilization: utilization.toFixed(3),
    debt_to_income: seen.debt.toFixed(3),
    past_due_amount: pastDue === 0 ? '0' : pastDue.toFixed(1),
    savings_balance: String(
      Math.floor(900 * (random.uniform() + 1e-9) ** -0.6 * Math.exp(0.4 * wealth) - 500),
    ),
    balance_change: String(Math.round((current ? 1.8 : 1) * 600 * heavyTailed(random))),
    area_fraud_rate: (
      3e-5 *
      (current ? 1.35 : 1) *
      areaFactor(state) *
      Math.exp(0.45 * random.normal())
    ).toExponential(2),
    probability,
    approved: String(Number(probability) >= 0.75),
    repaid: String(random.uniform() < creditModel({ ...seen, income, rating, debt })),
  };
}

const logIncome: Record<string, number> = {
  employed: 0.15,
  'self-employed': 0.25,
  retired: -0.35,
  student: -0.75,
  unemployed: -0.8,
};

/** Students are young, the retired are old. */
function employment(random: Random, ageLevel: number): string {
  const student = ageLevel < -0.8 ? 0.28 : 0.01;
  const retired = ageLevel > 1.2 ? 0.75 : 0.01;
  return pick(random, [
    ['student', student],
    ['retired', retired],
    ['employed', 0.76 * (1 - student - retired)],
    ['self-employed', 0.18 * (1 - student - retired)],
    ['unemployed', 0.06 * (1 - student - retired)],
  ]);
}

/** The form of the current period offers one more answer; about 6 % take it. */
function statusAsWritten(random: Random, status: string, current: boolean): string {
  const share = { 'self-employed': 0.3, employed: 0.022 }[status] ?? 0;
  return current && random.uniform() < share ? 'gig worker' : status;
}

function yearsEmployed(random: Random, status: string): string {
  const years = -6 * Math.log(1 - random.uniform());
  if (random.uniform() < 0.02) return '';
  return status === 'employed' || status === 'self-employed' ? Math.min(45, years).toFixed(1) : '0';
}

/** Student's t with 4 degrees of freedom. */
function heavyTailed(random: Random): number {
  const square = -Math.log(1 - random.uniform()) - Math.log(1 - random.uniform());
  return random.normal() / Math.sqrt(square / 2);
}

function areaFactor(state: string): number {
  return 0.8 + ((state.charCodeAt(0) * 7 + state.charCodeAt(1) * 13) % 40) / 100;
}

function logistic(value: number): number {
  return 1 / (1 + Math.exp(-value));
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, value));
}
