import type { Dataset } from '../contract.js';
import { DriftError, messages } from '../errors.js';
import type { Database } from './database.js';
import { numberExpression, textExpression } from './expressions.js';
import { flagSpellings } from './flags.js';
import { chosenNumbers, type KeptRows } from './keptRows.js';
import { type CodedColumn, storageFamily } from './scan.js';
import { columnId, literal, literalList } from './sql.js';
import { valueCode } from './valueCode.js';

/** {@link Scan.codedRows} of a table or view. Numbers are cut here, which is quicker than in SQL; texts there. */
export async function readCodedRows(
  database: Database,
  relation: string,
  dataset: Dataset,
  columns: readonly CodedColumn[],
  rowCount: number,
  seed: number,
  kept: KeptRows,
): Promise<Uint8Array[]> {
  const known = columns.map((column) => {
    const values = kept.valuesOf(column, rowCount, seed);
    return values && Uint8Array.from(values, valueCode(column));
  });
  const unknown = columns.filter((_, i) => !known[i]);
  const read = await readCodes(database, relation, dataset, unknown, rowCount, seed);
  return known.map((codes) => codes ?? (read.shift() as Uint8Array));
}

async function readCodes(
  database: Database,
  relation: string,
  dataset: Dataset,
  columns: readonly CodedColumn[],
  rowCount: number,
  seed: number,
): Promise<Uint8Array[]> {
  if (columns.length === 0) return [];
  const count = Math.min(rowCount, dataset.rowCount);
  const chosen = await chosenRows(database, relation, dataset, columns, count, seed);
  const values = columns.map((column) => expression(column, dataset));
  const coders = columns.map((column) => (isText(column) ? Number : valueCode(column)));
  const codes = columns.map(() => new Uint8Array(count));
  let [row, column] = [0, 0];
  // one row after the other in one column, which is read quickly
  await database.numbers(
    `SELECT unnest([${values.join(', ')}]) FROM ${chosen}`,
    count * columns.length,
    (items) => {
      for (const value of items) {
        (codes[column] as Uint8Array)[row] = coders[column]?.(value) ?? 0;
        column++;
        if (column < columns.length) continue;
        column = 0;
        row++;
      }
    },
  );
  if (row !== count) throw new DriftError('file-damaged', messages.fileChanged(dataset.name));
  return codes;
}

/** What to read from: all rows, or one of each stretch of equal length. */
async function chosenRows(
  database: Database,
  relation: string,
  dataset: Dataset,
  columns: readonly CodedColumn[],
  count: number,
  seed: number,
): Promise<string> {
  if (count >= dataset.rowCount) return relation;
  const numbers = chosenNumbers(dataset, count, seed);
  const [found] = await database.rows(
    `SELECT count(*) FROM duckdb_tables() WHERE table_name = ${literal(relation)}`,
  );
  // only a table knows its rows' numbers
  if (Number(found?.[0]) > 0) return `${relation} WHERE rowid IN (${numbers})`;
  const ids = [...new Set(columns.map(({ index }) => columnId(index)))].join(', ');
  const numbered = `SELECT ${ids}, row_number() OVER () - 1 AS n FROM ${relation}`;
  return `(${numbered}) WHERE n IN (${numbers})`;
}

function isText({ cut }: CodedColumn): boolean {
  return cut.by === 'levels' && cut.reading !== 'number';
}

/** A number that is to be cut, or the bin of a text. */
function expression(column: CodedColumn, dataset: Dataset): string {
  const { index, cut } = column;
  if (isText(column)) return `CAST(${textCode(column, dataset)} AS DOUBLE)`;
  const isString = storageFamily(dataset.columns[index]?.storageType ?? '') === 'string';
  const reading = cut.by === 'edges' ? cut.reading : 'number';
  return `coalesce(${numberExpression(index, reading, isString)}, 'nan'::DOUBLE)`;
}

function textCode({ index, cut, missingValues }: CodedColumn, dataset: Dataset): string {
  if (cut.by !== 'levels') throw new RangeError('textCode codes levels');
  const { levels, reading } = cut;
  const value = `(${textExpression(dataset, index)})`;
  const isMissing =
    missingValues.length > 0 ? ` OR list_contains(${literalList(missingValues)}, ${value})` : '';
  const { yes, no } = flagSpellings(reading === 'retyped flag');
  const spellings: Record<string, string[]> = { true: yes, false: no };
  const isLevel = (level: string) =>
    reading !== 'text' && Object.hasOwn(spellings, level)
      ? `list_contains(${literalList(spellings[level] ?? [])}, lower(${value}))`
      : `${value} = ${literal(level)}`;
  const whens = levels.map((level, place) => `WHEN ${isLevel(level)} THEN ${place}`);
  return `CASE WHEN ${value} IS NULL${isMissing} THEN ${levels.length + 1} ${whens.join(' ')} ELSE ${levels.length} END`;
}
