/**
 * The yardstick: one or two aggregates per column of each file, with what DuckDB detects by itself. A CSV file is
 * sniffed once and then read as found: sniffing it twice would make the scan look slower than it is.
 */

import { DuckDBInstance } from '@duckdb/node-api';
import { notes } from './usage.mjs';

const instance = await DuckDBInstance.create(':memory:');
const connection = await instance.connect();
const rowsOf = async (sql) => (await connection.runAndReadAll(sql)).getRows();

notes.querySeconds = 0;
for (const path of process.argv.slice(2)) {
  const { from, columns } = await describe(
    `'${path.replaceAll("'", "''")}'`,
    path.endsWith('.csv'),
  );
  const start = performance.now();
  await rowsOf(`select ${columns.map(aggregate).join(', ')} ${from}`);
  notes.querySeconds += (performance.now() - start) / 1000;
}
connection.closeSync();
instance.closeSync();

async function describe(text, isCsv) {
  if (!isCsv) return { from: `from ${text}`, columns: await rowsOf(`describe from ${text}`) };
  const [[prompt, found]] = await rowsOf(`select Prompt, Columns from sniff_csv(${text})`);
  const columns = found.items.map(({ entries }) => [entries.name, entries.type]);
  return { from: prompt.replace(/;\s*$/, ''), columns };
}

function aggregate([name, type]) {
  const column = `"${name.replaceAll('"', '""')}"`;
  const value = /INT|DOUBLE|FLOAT|DECIMAL/.test(type) ? column : `length(${column}::varchar)`;
  return `count(${column}), sum(${value})`;
}
