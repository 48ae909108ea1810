import type { Dataset } from '../contract.js';
import type { Database } from './database.js';
import { numberExpression, textExpression } from './expressions.js';
import { type SampledColumn, storageFamily } from './scan.js';
import { columnId } from './sql.js';

/** Rows of which a sample is chosen: of a longer dataset, the first ones. */
const readRowCount = 2_000_000;

/** How many rows are the same as another before them, in every column. By 64-bit hashes. */
export async function countDuplicateRows(
  database: Database,
  relation: string,
  dataset: Dataset,
): Promise<number> {
  const ids = dataset.columns.map((_, index) => columnId(index)).join(', ');
  const [counted] = await database.rows(
    `SELECT count(*) - count(DISTINCT hash(${ids})) FROM ${relation}`,
  );
  return Number(counted?.[0]);
}

/** Of each pair of columns, whether every row has the same text in both, or nothing in both. */
export async function areSameColumns(
  database: Database,
  relation: string,
  dataset: Dataset,
  pairs: readonly (readonly [number, number])[],
): Promise<boolean[]> {
  if (pairs.length === 0) return [];
  const typeOf = (index: number) => dataset.columns[index]?.storageType;
  const list = pairs.map(([left, right]) => {
    const write = (index: number) =>
      typeOf(left) === typeOf(right) ? columnId(index) : `(${textExpression(dataset, index)})`;
    return `bool_and(${write(left)} IS NOT DISTINCT FROM ${write(right)})`;
  });
  const [answer = []] = await database.rows(`SELECT ${list.join(', ')} FROM ${relation}`);
  return answer.map((isSame) => isSame === true);
}

/** About `rowCount` rows, the same ones for the same seed on any number of threads; one array per column. */
export async function readSampledRows(
  database: Database,
  relation: string,
  dataset: Dataset,
  columns: readonly SampledColumn[],
  rowCount: number,
  seed: number,
): Promise<Float64Array[]> {
  if (columns.length === 0) return [];
  const ids = [...new Set(columns.map(({ index }) => columnId(index)))].join(', ');
  const share = rowCount / Math.min(dataset.rowCount, readRowCount);
  const last = BigInt(Math.floor(Math.min(1, share) * 1e9)) * (2n ** 64n / 1_000_000_000n);
  const isIn =
    share < 1 ? ` WHERE hash(xor(hash(n), hash(${seed}::BIGINT))) < ${last}::UBIGINT` : '';
  const first = `SELECT ${ids} FROM ${relation} LIMIT ${readRowCount}`;
  const numbered = `SELECT *, row_number() OVER () AS n FROM (${first})`;
  const list = columns.map((column) => sampledExpression(column, dataset));
  const rows = await database.rows(`SELECT ${list.join(', ')} FROM (${numbered})${isIn}`);
  return columns.map((_, position) => Float64Array.from(rows, (row) => toNumber(row[position])));
}

function sampledExpression({ index, as }: SampledColumn, dataset: Dataset): string {
  if (as === 'presence')
    return `CASE WHEN (${textExpression(dataset, index)}) IS NOT NULL THEN 1 END`;
  const isString = storageFamily(dataset.columns[index]?.storageType ?? '') === 'string';
  return numberExpression(index, as, isString);
}

/** What is not finite is written as text. */
function toNumber(value: unknown): number {
  return typeof value === 'number' ? value : Number.NaN;
}
