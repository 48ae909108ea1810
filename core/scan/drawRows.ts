import type { Dataset, SampledRow } from '../contract.js';
import type { Database } from './database.js';
import { textExpression } from './expressions.js';

const longest = 200;

/** {@link Scan.drawRows} of a table or view: the rows whose numbers have the smallest hashes. */
export async function drawRows(
  database: Database,
  relation: string,
  dataset: Dataset,
  rowCount: number,
  seed: number,
): Promise<SampledRow[]> {
  // of the seed as a number, row 1 would be the first for seed 1
  const numbers = await database.rows(
    `SELECT n FROM range(1, ${dataset.rowCount + 1}) AS numbers(n)
     ORDER BY hash(xor(hash(n), hash('drawn by ${seed}'))) LIMIT ${rowCount}`,
  );
  const drawn = numbers.map(([n]) => Number(n));
  const texts = dataset.columns.map(
    (_, index) => `left(${textExpression(dataset, index)}, ${longest + 1})`,
  );
  const rows = await database.rows(
    `SELECT n, ${texts.join(', ')} FROM (SELECT *, row_number() OVER () AS n FROM ${relation})
     WHERE n IN (${drawn.join(', ')})`,
  );
  const byNumber = new Map(rows.map(([n, ...values]) => [Number(n), values]));
  return drawn.flatMap((n) => {
    const values = byNumber.get(n) as (string | null)[] | undefined;
    return values ? [cutRow(n, values)] : [];
  });
}

/** A row with the beginnings of its long values. */
export function cutRow(rowNumber: number, texts: (string | null)[]): SampledRow {
  const cut: number[] = [];
  const values = texts.map((text, index) => {
    if (text === null || text.length <= longest) return text;
    // a character outside of the first plane has two units
    const characters = Array.from(text.slice(0, 2 * longest + 2));
    if (characters.length <= longest) return text;
    cut.push(index);
    return characters.slice(0, longest).join('');
  });
  return { rowNumber, values, ...(cut.length > 0 && { cut }) };
}
