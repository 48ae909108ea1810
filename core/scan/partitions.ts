import { DriftError, messages } from '../errors.js';
import type { ListedFile } from './listFiles.js';
import { columnId, literal } from './sql.js';

/** A column that stands in the folders' names (`year=2024`), as Hive writes them. */
export interface Partition {
  name: string;
  storageType: string;
  /** One per file, in the files' order. */
  values: (string | null)[];
}

/**
 * The keys in the paths of a dataset's files as columns, typed as DuckDB does.
 *
 * @throws {DriftError} where the files do not have the same keys
 */
export function toPartitions(files: readonly ListedFile[], name: string): Partition[] {
  const [first] = files;
  if (!first) return [];
  const names = first.keys.map(([key]) => key);
  const odd = files.find(({ keys }) => keys.map(([key]) => key).join('\0') !== names.join('\0'));
  if (odd) throw new DriftError('folder-without-data', messages.partitionsDiffer(name));
  return names.map((key, index) => {
    const values = files.map(({ keys }) => keys[index]?.[1] ?? null);
    return { name: key, storageType: storageTypeOf(values), values };
  });
}

function storageTypeOf(values: readonly (string | null)[]): string {
  const present = values.filter((value) => value !== null);
  if (present.length === 0) return 'VARCHAR';
  if (present.every((text) => /^[+-]?\d{1,18}$/.test(text))) return 'BIGINT';
  if (present.every((text) => /^\d{4}-\d\d-\d\d$/.test(text) && isTime(text))) return 'DATE';
  const isTimestamp = (text: string) => /^\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d$/.test(text);
  return present.every((text) => isTimestamp(text) && isTime(text)) ? 'TIMESTAMP' : 'VARCHAR';
}

/** The 31st of February is none. */
function isTime(text: string): boolean {
  const time = new Date(`${text.replace(' ', 'T')}${text.length > 10 ? 'Z' : ''}`);
  return !Number.isNaN(time.getTime()) && time.toISOString().startsWith(text.slice(0, 10));
}

/** What a SELECT over a relation that knows `file_index` needs beside the files' own columns. */
export function partitionColumns(partitions: readonly Partition[], firstIndex: number): string {
  return partitions
    .map(({ storageType, values }, index) => {
      const texts = values.map((value) => (value === null ? 'NULL' : literal(value)));
      const list = `CAST([${texts.join(', ')}] AS ${storageType}[])`;
      return `, ${list}[CAST(file_index AS BIGINT) + 1] AS ${columnId(firstIndex + index)}`;
    })
    .join('');
}
