import type { Channel, Kind, Severity, Verdict } from '../core/contract.js';
import type { ColumnName } from './application.js';

/** What a right report says of a column. */
export interface ExpectedColumn {
  kind: Kind;
  verdict: Verdict;
  /** The loudest channel of a drifted column, and all that drifted. */
  channel?: Channel;
  driftedChannels?: Channel[];
  severity?: Severity;
  because: string;
}

export interface Expected {
  columns: Record<ColumnName, ExpectedColumn>;
  summary: {
    columnCount: number;
    driftedCount: number;
    stableCount: number;
    inconclusiveCount: number;
    skippedCount: number;
  };
}

const columns: Record<ColumnName, ExpectedColumn> = {
  application_id: stable('identifier', 'Ids are all different on both sides, and never drift.'),
  application_time: stable(
    'datetime',
    'The periods do not overlap, which is no drift; hours of the day and weekdays are spread alike.',
  ),
  channel: drifted('categorical', ['shape'], 'moderate', 'The mobile app grew from 16 % to 45 %.'),
  customer_type: stable('categorical', 'Two levels in unchanged shares.'),
  purpose: stable('text', 'The same words in texts of the same lengths.'),
  loan_amount: stable('numeric', 'Drawn alike on both sides.'),
  term: stable(
    'categorical',
    'The mix moved a little: certain by its p-value, and too small to matter.',
  ),
  annual_income: drifted(
    'numeric',
    ['support', 'shape'],
    'major',
    'A unit change: dollars in the reference, thousands of dollars in the current file.',
  ),
  employment_status: drifted(
    'categorical',
    ['support', 'shape'],
    'major',
    'About 6 % of the current rows have the new category "gig worker".',
  ),
  sector: stable('categorical', 'Twelve levels in unchanged shares.'),
  state: stable('categorical', 'Fifty-six levels in unchanged shares.'),
  age: drifted(
    'numeric',
    ['shape'],
    'moderate',
    'Applicants are some three and a half years younger.',
  ),
  years_employed: stable(
    'numeric',
    'Two percent are missing on both sides; the rest is drawn alike.',
  ),
  has_cosigner: drifted(
    'boolean',
    ['shape'],
    'moderate',
    'The share of true rose from 10 % to 36 %.',
  ),
  bureau_rating: drifted(
    'numeric',
    ['missing'],
    'moderate',
    'Missing values rose from 0.5 % to 12 %; the values that are there did not change.',
  ),
  open_accounts: stable('numeric', 'Integers with ties, drawn alike on both sides.'),
  credit_utilization: stable('numeric', 'Drawn alike on both sides.'),
  debt_to_income: stable(
    'numeric',
    'Moved by about 0.04 of its scale, which is too small to matter.',
  ),
  past_due_amount: stable(
    'numeric',
    'Mostly zero; the share of zeros and the rest are drawn alike.',
  ),
  savings_balance: stable('numeric', 'Heavy tail; single large values are no drift.'),
  balance_change: drifted(
    'numeric',
    ['shape'],
    'major',
    'The spread grew by 80 %, the middle stayed.',
  ),
  area_fraud_rate: drifted('numeric', ['shape'], 'major', 'Values around 0.00003 grew by 35 %.'),
  probability: drifted(
    'numeric',
    ['shape'],
    'major',
    'The model takes incomes in thousands of dollars for very small ones, and expects fewer loans to be repaid.',
  ),
  approved: drifted(
    'boolean',
    ['shape'],
    'moderate',
    'Fewer loans are approved, because the probability fell.',
  ),
  repaid: stable('boolean', 'What happened in truth did not change; only the model went wrong.'),
};

export const expected: Expected = {
  columns,
  summary: {
    columnCount: Object.keys(columns).length,
    driftedCount: count('drifted'),
    stableCount: count('stable'),
    inconclusiveCount: count('inconclusive'),
    skippedCount: count('skipped'),
  },
};

function stable(kind: Kind, because: string): ExpectedColumn {
  return { kind, verdict: 'stable', because };
}

function drifted(
  kind: Kind,
  driftedChannels: [Channel, ...Channel[]],
  severity: Severity,
  because: string,
): ExpectedColumn {
  return {
    kind,
    verdict: 'drifted',
    channel: driftedChannels[0],
    driftedChannels,
    severity,
    because,
  };
}

function count(verdict: Verdict): number {
  return Object.values(columns).filter((column) => column.verdict === verdict).length;
}
