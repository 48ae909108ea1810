import type { Dataset } from '../contract.js';
import { DriftError, messages } from '../errors.js';
import { type Condition, explaining, toSql } from './condition.js';
import type { Database } from './database.js';
import { columnId } from './sql.js';

/** A table or view with columns c0, c1, ..., and what is said of it. */
export interface Relation {
  name: string;
  dataset: Dataset;
}

export interface RowChoice {
  condition: Condition | null;
  /** Rows at most, drawn without putting back; null for all. */
  sample: number | null;
  seed: number;
}

/** The rows that take part, in their order: those for which the condition is true, and of them a sample. */
export async function chooseRows(
  database: Database,
  whole: Relation,
  { condition, sample, seed }: RowChoice,
): Promise<Relation> {
  const matching = condition ? await filterRows(database, whole, condition) : whole;
  return sample === null ? matching : sampleRows(database, matching, sample, seed);
}

async function filterRows(
  database: Database,
  { name, dataset }: Relation,
  condition: Condition,
): Promise<Relation> {
  const where = await toSql(database, name, dataset.columns, condition);
  const chosen = `${name}_where`;
  await database.run(`CREATE VIEW ${chosen} AS SELECT * FROM ${name} WHERE ${where}`);
  // a value that the condition cannot take shows here
  const rowCount = await explaining(condition, dataset.columns, () => countRows(database, chosen));
  if (rowCount === 0)
    throw new DriftError('bad-option', messages.nothingChosen(condition.option, dataset.rowCount));
  return { name: chosen, dataset: reduced(dataset, rowCount, 'condition') };
}

/**
 * A row belongs to the sample if the hash of its number is among the smallest. The hash of a hash maps 64 bits one to
 * one, so there are no ties; and it says the same on any number of threads.
 */
async function sampleRows(
  database: Database,
  { name, dataset }: Relation,
  rowCount: number,
  seed: number,
): Promise<Relation> {
  if (rowCount >= dataset.rowCount) return { name, dataset };
  const hash = `hash(xor(hash(n), hash(${seed}::BIGINT)))`;
  const numbers = `SELECT ${hash} AS h FROM range(1, ${dataset.rowCount + 1}) AS numbers(n)`;
  const [last] = await database.rows(
    `SELECT max(h)::VARCHAR FROM (SELECT h FROM (${numbers}) ORDER BY h LIMIT ${rowCount})`,
  );
  const ids = dataset.columns.map((_, index) => columnId(index)).join(', ');
  const sampled = `${name}_sample`;
  const numbered = `SELECT *, row_number() OVER () AS n FROM ${name}`;
  await database.run(
    `CREATE TABLE ${sampled} AS SELECT ${ids} FROM (${numbered}) WHERE ${hash} <= ${last?.[0]}::UBIGINT`,
  );
  if ((await countRows(database, sampled)) !== rowCount)
    throw new DriftError('file-damaged', messages.fileChanged(dataset.name));
  return { name: sampled, dataset: reduced(dataset, rowCount, 'sample') };
}

export async function countRows(database: Database, relation: string): Promise<number> {
  const [counted] = await database.rows(`SELECT count(*) FROM ${relation}`);
  return Number(counted?.[0]);
}

/** The same dataset with fewer rows; what is missing is accounted for. */
export function reduced(
  dataset: Dataset,
  rowCount: number,
  why: Dataset['leftOut'][number]['why'],
): Dataset {
  const leftOutCount = dataset.rowCount - rowCount;
  const leftOut = leftOutCount > 0 ? [{ why, rowCount: leftOutCount }] : [];
  return { ...dataset, rowCount, leftOut: [...dataset.leftOut, ...leftOut] };
}
