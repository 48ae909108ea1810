import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { expected } from './expected.js';
import { writeCsv, writeParquet } from './files.js';
import { lending } from './lending.js';

/**
 * Writes every sample pair into a folder. Each pair comes with `expected.json`: what a right report
 * must find. CSV and JSON are the same bytes on every run and machine.
 */
export async function make(folder: string): Promise<void> {
  const pair = join(folder, 'lending');
  mkdirSync(pair, { recursive: true });
  for (const side of ['reference', 'current'] as const) {
    writeCsv(join(pair, `${side}.csv`), lending(side));
    await writeParquet(join(pair, `${side}.parquet`), join(pair, `${side}.csv`));
  }
  writeFileSync(join(pair, 'expected.json'), `${JSON.stringify(expected, null, 2)}\n`);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  await make(dirname(fileURLToPath(import.meta.url)));
}
