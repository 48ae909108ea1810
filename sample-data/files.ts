import { writeFileSync } from 'node:fs';
import { DuckDBInstance } from '@duckdb/node-api';
import { type Application, type ColumnName, columnTypes } from './application.js';

const names = Object.keys(columnTypes) as ColumnName[];

/** RFC 4180 but for the line ends, which are `\n`. */
export function writeCsv(path: string, rows: Application[]): void {
  const lines = rows.map((row) => names.map((name) => cell(row[name])).join(','));
  writeFileSync(path, `${[names.join(','), ...lines].join('\n')}\n`);
}

/** The rows of a CSV file with the types of {@link columnTypes}. */
export async function writeParquet(path: string, csvPath: string): Promise<void> {
  const instance = await DuckDBInstance.create(':memory:', { threads: '1' });
  const connection = await instance.connect();
  const types = names.map((name) => `${text(name)}: ${text(columnTypes[name])}`).join(', ');
  await connection.run(
    `copy (from read_csv(${text(csvPath)}, auto_detect=false, header=true, delim=',', quote='"', escape='"', columns={${types}}))
     to ${text(path)} (format parquet, compression zstd, row_group_size 20480)`,
  );
  connection.closeSync();
  instance.closeSync();
}

function cell(value: string): string {
  return /[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
}

function text(value: string): string {
  return `'${value.replaceAll("'", "''")}'`;
}
