import type {
  Dataset,
  Dialect,
  DriftReport,
  Finding,
  Preview,
  ProfileSummary,
  RejectedRow,
  Severity,
  Verdict,
} from '../../core/contract.js';
import {
  boolean,
  categorical,
  datetime,
  identifier,
  numeric,
  skipped,
  text,
  typeChange,
} from './columns.js';

/** Names that a careless interface would run, break on or lose. */
export const hostileNames = [
  '</script><img src=x onerror=alert(1)>',
  `very_long_${'name_'.repeat(60)}`,
  'line\nbreak\tand tab',
  'עמודה عمود',
  '🦆 duck "quoted" & \'single\'',
  '  ',
  "datum['x'] + alert(1)",
  '__proto__',
  '=cmd|calc',
];

/** A report of `columnCount` columns with every kind, verdict, severity and hostile name; same every time. */
export function exampleReport(columnCount: number): DriftReport {
  const random = createRandom(7);
  const columns: Finding[] = special(random);
  while (columns.length < columnCount) columns.push(ordinary(columns.length, random));
  columns.length = columnCount;
  columns.sort((left, right) => rank(left) - rank(right));
  const count = (verdict: Verdict) => columns.filter((c) => c.verdict === verdict).length;
  const drifted = count('drifted');
  return {
    schemaVersion: 1,
    tool: { name: 'driftglass', version: '0.1.0' },
    createdAt: '2026-11-20T09:30:00.000Z',
    options: {
      title: 'Lending model, October',
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
      baseline: true,
      timestamp: 'signed_at',
      profile: 'evidently',
      sample: null,
      renames: {},
      splitBy: null,
      seed: 1,
    },
    reference: dataset('training_2025.parquet', 250_000, columnCount + 2, 0),
    current: dataset('serving_2026-10.csv', 48_213, columnCount + 3, 3),
    summary: {
      columnCount,
      driftedCount: drifted,
      stableCount: count('stable'),
      inconclusiveCount: count('inconclusive'),
      skippedCount: count('skipped'),
      expectedFalseAlarms: 0.05 * drifted,
      testCount: 3 * columnCount,
      uncorrected: {
        alarmCount: Math.round(columnCount * 0.7),
        expectedByChance: 0.15 * columnCount,
      },
      headline: `${drifted} of ${columnCount} columns drifted; "income" moved most: its values are about 1,000 times smaller, which looks like a change of unit.`,
    },
    schema: {
      added: [{ name: 'campaign_id', storageType: 'VARCHAR' }],
      removed: [{ name: 'branch', storageType: 'VARCHAR' }],
      retyped: [{ name: 'postcode', from: 'BIGINT', to: 'VARCHAR' }],
      renamed: [
        { from: 'cust_age', to: 'customer_age', why: 'same kind, 98 % of the values overlap' },
      ],
    },
    notes: [
      '3 rows of the current file could not be read and are left out; the list is below.',
      'The current file covers October 2026 only, the reference all of 2025.',
    ],
    columns,
    baseline: {
      split: 'time',
      timestamp: 'signed_at',
      driftedCount: 2,
      inconclusiveCount: 1,
      columns: columns
        .filter(({ verdict }) => verdict === 'drifted')
        .slice(0, 2)
        .map(({ name, verdict, reason, effect }) => ({ name, verdict, reason, effect })),
    },
    profile: profileSummary(columns),
  };
}

function special(random: () => number): Finding[] {
  return [
    numeric('income', 'drifted', 'major', 4.2, random, { currentShift: 2.6, unit: true }),
    categorical('channel', 'drifted', 'moderate', 0.27, random, 9),
    numeric('age', 'drifted', 'minor', 0.14, random, { missing: 0.12 }),
    datetime('signed_at', 'drifted', 'moderate', 0.31, random),
    boolean('is_returning', 'stable', 'none', 0.02, random),
    text('comment', 'inconclusive', 'none', 0.09, random),
    identifier('customer_id', random),
    numeric('debt_ratio', 'inconclusive', 'none', 0.11, random, {}),
    numeric('rating_v2', 'stable', 'none', 0.01, random, {}),
    skipped('empty_column', 'numeric'),
    typeChange('postcode', random),
    categorical('merchant', 'stable', 'none', 0.03, random, 400),
    ...hostileNames.map((name, index) =>
      index % 2 === 0
        ? numeric(
            name,
            index < 4 ? 'drifted' : 'stable',
            index < 4 ? 'minor' : 'none',
            index < 4 ? 0.15 : 0.03,
            random,
            {},
          )
        : categorical(name, 'inconclusive', 'none', 0.12, random, 4),
    ),
  ];
}

function ordinary(index: number, random: () => number): Finding {
  const name = `input_${String(index).padStart(4, '0')}`;
  const draw = random();
  const verdict: Verdict = draw < 0.12 ? 'drifted' : draw < 0.2 ? 'inconclusive' : 'stable';
  const severity: Severity =
    verdict !== 'drifted' ? 'none' : draw < 0.03 ? 'major' : draw < 0.07 ? 'moderate' : 'minor';
  const value = verdict === 'drifted' ? 0.12 + random() * 0.5 : 0.01 + random() * 0.06;
  const kinds = ['numeric', 'numeric', 'categorical', 'datetime', 'boolean', 'text'] as const;
  const kind = kinds[index % kinds.length];
  if (kind === 'categorical')
    return categorical(name, verdict, severity, value, random, 3 + (index % 14));
  if (kind === 'datetime') return datetime(name, verdict, severity, value, random);
  if (kind === 'boolean') return boolean(name, verdict, severity, value, random);
  if (kind === 'text') return text(name, verdict, severity, value, random);
  return numeric(name, verdict, severity, value, random, { currentShift: value * 2 });
}

function profileSummary(columns: Finding[]): ProfileSummary {
  const tested = columns.flatMap(({ profile }) => (profile?.test == null ? [] : [profile]));
  const driftedCount = tested.filter(({ isDrifted }) => isDrifted).length;
  return {
    id: 'evidently',
    name: 'Evidently 0.7.21, default drift preset',
    columnCount: tested.length,
    driftedCount,
    isDrifted: driftedCount >= 0.5 * tested.length,
    limit: 0.5,
    likelyFalseAlarmCount: tested.filter(({ likelyFalseAlarm }) => likelyFalseAlarm !== null)
      .length,
  };
}

const exampleDialect: Dialect = {
  delimiter: ';',
  quote: '"',
  escape: '"',
  comment: '',
  skipLineCount: 0,
  header: true,
  nullValues: ['', 'k.A.'],
  encoding: 'utf-8',
  decimal: ',',
  thousands: '',
  dateFormat: '%d.%m.%Y',
  timestampFormat: null,
  compression: null,
};

/** The beginning of a text file, with a row that was not read. */
export const examplePreview: Preview = {
  name: 'kunden.csv',
  format: 'csv',
  sizeBytes: 1_200,
  columns: [
    { name: 'kunde', storageType: 'BIGINT', kind: 'numeric' },
    { name: 'betrag', storageType: 'DOUBLE', kind: 'numeric' },
    { name: 'datum', storageType: 'DATE', kind: 'datetime' },
  ],
  dialect: exampleDialect,
  lines: ['kunde;betrag;datum', '1;2,5;03.04.2026', '2;\u0007;\u202e<b>'],
  rows: [
    ['1', '2.5', '2026-04-03'],
    ['2', null, '2026-04-04'],
  ],
  rejectedRows: rejectedRows('kunden.csv', 1),
  isWhole: true,
};

function dataset(name: string, rowCount: number, columnCount: number, rejected: number): Dataset {
  const isText = name.endsWith('.csv');
  return {
    name,
    format: isText ? 'csv' : 'parquet',
    sizeBytes: rowCount * 180,
    rowCount,
    columnCount,
    rejectedRowCount: rejected,
    rejectedReasons: rejected === 0 ? [] : [{ reason: 'expected 24 values', rowCount: rejected }],
    rejectedRows: rejectedRows(name, rejected),
    leftOut: isText ? [{ why: 'condition', rowCount: 1_200 }] : [],
    columns: [],
    dialect: isText ? exampleDialect : null,
  };
}

export function rejectedRows(file: string, count: number): RejectedRow[] {
  return Array.from({ length: count }, (_, i) => ({
    file,
    lineNumber: 1_204 * (i + 1),
    columnName: i === 0 ? null : 'income',
    reason: i === 0 ? 'expected 24 values, found 23' : 'cannot be read as a number',
    text: `4${i}812,web,"unclosed <b>quote</b>,\u0007\u202e2026-10-0${i + 1},,,`,
  }));
}

function rank(finding: Finding): number {
  const order = { drifted: 0, inconclusive: 1, stable: 2, skipped: 3 }[finding.verdict];
  const ratio = finding.effect ? finding.effect.value / finding.effect.limit : 0;
  return order * 1e6 - ratio;
}

/** mulberry32 */
function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}
