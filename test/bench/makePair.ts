import { existsSync, renameSync, statfsSync } from 'node:fs';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { filesOf, isMade, type PairPlan } from './pairs.js';
import { runNode } from './timed.js';

/** Left free on the disk, for what a comparison may spill. */
const spareBytes = 4e9;

/**
 * Makes the two files of a pair where they are absent. S, M and L come from the generator of the shared material.
 *
 * @returns why there is no such pair, or null
 */
export async function makePair(
  plan: PairPlan,
  folder: string,
  maker: string,
): Promise<string | null> {
  if (isMade(plan, folder)) return null;
  const { bavail, bsize } = statfsSync(folder);
  const neededBytes = plan.sizeBytes + spareBytes;
  if (bavail * bsize < neededBytes) {
    return `it needs ${(neededBytes / 1e9).toFixed(1)} GB of disk, and ${((bavail * bsize) / 1e9).toFixed(1)} GB are free`;
  }
  if (plan.name === 'wide') await makeFiles(plan, folder, wideSelect, 1);
  else if (plan.name === 'XL') await makeFiles(plan, folder, longSelect, null);
  else if (!existsSync(maker)) return 'the folder ../shared with the data generator is not here';
  else runNode([maker, folder, plan.name]);
  return null;
}

/** A file stands under its name only when it is whole. */
async function makeFiles(
  plan: PairPlan,
  folder: string,
  select: (isCurrent: boolean) => string,
  threadCount: number | null,
): Promise<void> {
  const instance = await DuckDBInstance.create(':memory:', {
    memory_limit: '1GB',
    temp_directory: join(folder, 'spill'),
    ...(threadCount !== null && { threads: String(threadCount) }),
  });
  const connection = await instance.connect();
  const format = plan.extension === 'csv' ? 'header' : 'format parquet, row_group_size 122880';
  for (const [index, path] of filesOf(plan, folder).entries()) {
    if (existsSync(path)) continue;
    const part = `${path}.part`;
    await connection.run(`select setseed(${index === 0 ? 0.44 : 0.45})`);
    await connection.run(
      `copy (${select(index === 1)}) to '${part.replaceAll("'", "''")}' (${format})`,
    );
    renameSync(part, path);
  }
  connection.closeSync();
  instance.closeSync();
}

/** 900 numbers and 100 categories; every tenth column is shifted or remixed in current. */
function wideSelect(isCurrent: boolean): string {
  const columns = Array.from({ length: 1000 }, (_, index) => {
    const shift = isCurrent && index % 10 === 0 ? 0.3 : 0;
    if (index >= 900) return `'c' || floor(10 * random() ** ${1 + 2 * shift})::int w${index}`;
    return `round(${shift} + sqrt(-2 * ln(1 - random())) * cos(2 * pi() * random()), 4) w${index}`;
  });
  return `select ${columns.join(', ')} from range(10000)`;
}

/** Values by hash of the row's number, so that all threads may make them and the files are still the same each time. */
function longSelect(isCurrent: boolean): string {
  const uniform = (salt: number) =>
    `((hash(i * 8 + ${salt + (isCurrent ? 4 : 0)}) >> 11)::double / 9007199254740992)`;
  const amount = `sqrt(-2 * ln(1 - ${uniform(0)})) * cos(2 * pi() * ${uniform(1)})`;
  return `select ${isCurrent ? '0.1 + ' : ''}${amount} amount, round(100 * ${uniform(1)}, 2) rate,
    (floor(-3 * ln(1 - ${uniform(2)})))::integer visits,
    ['NL', 'DE', 'FR', 'ES', 'IT'][1 + floor(5 * ${uniform(3)} ** ${isCurrent ? 1.4 : 1})::int] country
    from range(100000000) rows(i)`;
}
