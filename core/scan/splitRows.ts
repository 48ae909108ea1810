import type { Pair } from '../column.js';
import type { Split } from '../contract.js';
import { DriftError, messages } from '../errors.js';
import { isoTime } from '../isoTime.js';
import { countRows, type Relation } from './chooseRows.js';
import type { Database } from './database.js';
import { numberExpression, textExpression } from './expressions.js';
import { inferKind } from './inferKind.js';
import { type ColumnProfile, storageFamily } from './scan.js';
import { literal } from './sql.js';

/** Where to part a dataset. */
interface Parting {
  /** SQL, null for rows without a value. */
  isReference: string;
  /** What follows the column's name in the names of the sides. */
  words: Pair<string>;
}

interface SplitColumn {
  index: number;
  split: Split;
  isString: boolean;
}

/** Strings with more distinct values than this are not listed. */
const listLimit = 1_000;
const shownCount = 5;

/** One dataset as two: by which value a column holds, or by whether it is before or after. */
export async function splitRows(
  database: Database,
  whole: Relation,
  profileOf: (index: number) => Promise<ColumnProfile>,
  split: Split,
): Promise<Pair<Relation>> {
  const { name, dataset } = whole;
  const index = dataset.columns.findIndex((column) => column.name === split.column);
  if (index < 0) {
    const known = dataset.columns.map((column) => column.name);
    throw bad(split, messages.columnUnknown(split.column, known));
  }
  const parting = await choosePart(database, whole, await profileOf(index), { index, split });
  const conditions = { reference: parting.isReference, current: `NOT (${parting.isReference})` };
  const rowCounts = { reference: 0, current: 0 };
  for (const side of ['reference', 'current'] as const) {
    await database.run(
      `CREATE VIEW ${side}_part AS SELECT * FROM ${name} WHERE ${conditions[side]}`,
    );
    rowCounts[side] = await countRows(database, `${side}_part`);
    if (rowCounts[side] === 0) throw bad(split, `no row is left for the ${side} side`);
  }
  const absentCount = dataset.rowCount - rowCounts.reference - rowCounts.current;
  const part = (side: 'reference' | 'current'): Relation => ({
    name: `${side}_part`,
    dataset: {
      ...dataset,
      name: `${dataset.name}, ${shortened(split.column)} ${parting.words[side]}`,
      rowCount: rowCounts[side],
      leftOut: absentCount > 0 ? [{ why: 'split', rowCount: absentCount }] : [],
    },
  });
  return { reference: part('reference'), current: part('current') };
}

async function choosePart(
  database: Database,
  whole: Relation,
  profile: ColumnProfile,
  { index, split }: { index: number; split: Split },
): Promise<Parting> {
  const kind = inferKind({ reference: profile, current: profile })?.kind;
  const storageType = whole.dataset.columns[index]?.storageType ?? '';
  const isString = storageFamily(storageType) === 'string';
  const column = { index, split, isString };
  if (storageFamily(storageType) === 'unsupported') throw bad(split, `it holds ${storageType}`);
  if (kind !== 'numeric' && kind !== 'datetime') {
    return partByValue(database, whole, column, profile.distinctCount > listLimit);
  }
  const value = `nullif(${numberExpression(index, kind === 'numeric' ? 'number' : kind, isString)}, 'nan')`;
  const [row] = await database.rows(
    `SELECT count(DISTINCT v) <= 2 FROM (SELECT ${value} AS v FROM ${whole.name} LIMIT ${listLimit})`,
  );
  // a flag is asked for by its value
  const isFlag = row?.[0] === true && (await hasTwoValues(database, whole, value));
  return isFlag
    ? partByValue(database, whole, column, false)
    : partByOrder(database, whole, column, value, kind);
}

async function hasTwoValues(database: Database, { name }: Relation, value: string) {
  const ends = `SELECT min(${value}) AS low, max(${value}) AS high FROM ${name}`;
  const [row] = await database.rows(
    `SELECT count(*) FROM ${name}, (${ends}) WHERE ${value} > low AND ${value} < high`,
  );
  return Number(row?.[0]) === 0;
}

async function partByValue(
  database: Database,
  { name, dataset }: Relation,
  { index, split }: SplitColumn,
  isMany: boolean,
): Promise<Parting> {
  const text = textExpression(dataset, index);
  const looked = isMany ? `(SELECT * FROM ${name} LIMIT ${listLimit})` : name;
  const numbered = `SELECT ${text} AS text, row_number() OVER () AS n FROM ${looked}`;
  const rows = await database.rows(
    `SELECT text FROM (${numbered}) WHERE text IS NOT NULL GROUP BY text ORDER BY min(n) LIMIT ${listLimit}`,
  );
  const values = rows.map(([value]) => String(value));
  const [first, second] = values;
  if (first === undefined) throw bad(split, 'it holds no value');
  if (second === undefined) throw bad(split, 'it holds one value only');
  const isTwo = values.length === 2 && !isMany;
  if (split.at === undefined && !isTwo)
    throw bad(split, messages.splitByMany(values.slice(0, shownCount)));
  const at = split.at ?? first;
  if (!isMany && !values.includes(at))
    throw bad(split, messages.splitByNone(at, values.slice(0, shownCount)));
  const other = values.find((value) => value !== at) ?? '';
  return {
    isReference: `${text} = ${literal(at)}`,
    words: {
      reference: `= ${shortened(at)}`,
      current: isTwo ? `= ${shortened(other)}` : `other than ${shortened(at)}`,
    },
  };
}

async function partByOrder(
  database: Database,
  { name }: Relation,
  { split }: SplitColumn,
  value: string,
  kind: 'numeric' | 'datetime',
): Promise<Parting> {
  const at =
    split.at === undefined
      ? await middle(database, name, value)
      : await position(database, kind, split.at);
  if (at === null) {
    const why =
      split.at === undefined ? 'it holds one value only' : messages.splitAtNothing(split.at, kind);
    throw bad(split, why);
  }
  const shown = split.at ?? (kind === 'datetime' ? timeText(at) : String(at));
  return {
    isReference: `${value} < ${literal(String(at))}::DOUBLE`,
    words: { reference: `before ${shown}`, current: `from ${shown}` },
  };
}

/** The median, or what follows it where nothing is before it. */
async function middle(database: Database, relation: string, value: string): Promise<number | null> {
  const median = `(SELECT quantile_disc(${value}, 0.5) AS median FROM ${relation})`;
  const [row] = await database.rows(
    `SELECT any_value(median), count(*) FILTER (${value} < median), min(${value}) FILTER (${value} > median) FROM ${relation}, ${median}`,
  );
  const [median50, beforeCount, next] = row ?? [];
  const found = Number(beforeCount) > 0 ? median50 : next;
  return found === null || found === undefined ? null : Number(found);
}

async function position(
  database: Database,
  kind: 'numeric' | 'datetime',
  at: string,
): Promise<number | null> {
  const value =
    kind === 'numeric'
      ? `TRY_CAST(${literal(at)} AS DOUBLE)`
      : `epoch_ms(TRY_CAST(${literal(at)} AS TIMESTAMPTZ))`;
  const [row] = await database.rows(`SELECT ${value}`);
  const found = Number(row?.[0] ?? Number.NaN);
  return Number.isFinite(found) ? found : null;
}

function timeText(timeMs: number): string {
  return isoTime(timeMs)
    .replace('T', ' ')
    .replace(/(?: 00:00:00)?\.000Z$/, '');
}

function shortened(text: string): string {
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}

function bad({ column }: Split, why: string): DriftError {
  return new DriftError('bad-option', messages.badSplit(column, why));
}
