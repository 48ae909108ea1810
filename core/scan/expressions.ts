/** A column's values as SQL has to ask for them. */

import type { Dataset } from '../contract.js';
import type { NumberReading } from './scan.js';
import { columnId } from './sql.js';

export function numberExpression(index: number, reading: NumberReading, isString: boolean): string {
  const id = columnId(index);
  if (reading === 'length') return `CAST(length(CAST(${id} AS VARCHAR)) AS DOUBLE)`;
  if (reading === 'datetime') {
    // with a zone in the text or without: as a plain TIMESTAMP the zone would be ignored
    return `CAST(epoch_ms(${isString ? `TRY_CAST(CAST(${id} AS VARCHAR) AS TIMESTAMPTZ)` : `CAST(${id} AS TIMESTAMP)`}) AS DOUBLE)`;
  }
  return isString ? `TRY_CAST(trim(CAST(${id} AS VARCHAR)) AS DOUBLE)` : `CAST(${id} AS DOUBLE)`;
}

/** A value as people write it: whole numbers without a fraction; null where missing. */
export function textExpression(dataset: Dataset, index: number): string {
  const id = columnId(index);
  const text = `CAST(${id} AS VARCHAR)`;
  if (!/^(FLOAT|DOUBLE)$/.test(dataset.columns[index]?.storageType ?? '')) return text;
  const isWhole = `abs(${id}) <= ${Number.MAX_SAFE_INTEGER} AND ${id} = trunc(${id})`;
  return `CASE WHEN isnan(${id}) THEN NULL WHEN ${isWhole} THEN CAST(CAST(${id} AS BIGINT) AS VARCHAR) ELSE ${text} END`;
}
