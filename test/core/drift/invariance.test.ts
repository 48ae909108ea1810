/** What must not change a report: the order of rows, and the format of the files. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { DriftReport, Source } from '../../../core/contract.js';
import { createRandom } from '../../../core/stats/random.js';
import { compareDatasets } from '../../../core/worker/compareDatasets.js';
import { draws, judged, level } from './judged.js';

const lending = fileURLToPath(new URL('../../../sample-data/lending/', import.meta.url));

describe('the order of rows changes nothing', () => {
  test('in memory', async () => {
    const [reference, current] = [table(1, 1200), table(2, 900)];
    const plain = await judged(reference, current);
    const shuffled = await judged(shuffledTable(reference, 3), shuffledTable(current, 4));
    expect(timeless(shuffled)).toEqual(timeless(plain));
    expect(plain.summary.driftedCount).toBeGreaterThan(0);
  });

  describe('in files', () => {
    let folder: string;
    beforeAll(async () => {
      folder = await mkdtemp(join(tmpdir(), 'driftglass-test-'));
    });
    afterAll(() => rm(folder, { recursive: true }));

    test('as CSV', async () => {
      const [reference, current] = [table(1, 1200), table(2, 900)];
      const one = await compared(
        await written('one', 'reference.csv', csv(reference)),
        await written('one', 'current.csv', csv(current)),
      );
      const other = await compared(
        await written('other', 'reference.csv', csv(shuffledTable(reference, 3))),
        await written('other', 'current.csv', csv(shuffledTable(current, 4))),
      );
      expect(timeless(other)).toEqual(timeless(one));
    });

    async function written(set: string, name: string, text: string): Promise<Source> {
      const path = join(folder, `${set}-${name}`);
      await writeFile(path, text);
      return { path };
    }
  });
});

test('the same data as CSV and as Parquet give the same findings', async () => {
  const [asCsv, asParquet] = await Promise.all(
    ['csv', 'parquet'].map((extension) =>
      compared(
        { path: `${lending}reference.${extension}` },
        { path: `${lending}current.${extension}` },
      ),
    ),
  );
  expect(asParquet?.columns).toEqual(asCsv?.columns);
  expect(asParquet?.summary).toEqual(asCsv?.summary);
});

test('the same seed gives the same report', async () => {
  const [reference, current] = [table(1, 500), table(2, 500)];
  const [once, again] = [await judged(reference, current), await judged(reference, current)];
  expect(timeless(again)).toEqual(timeless(once));
});

function compared(reference: Source, current: Source): Promise<DriftReport> {
  return compareDatasets(
    { reference, current, options: { title: 'a pair' } },
    { signal: new AbortController().signal, onProgress: () => undefined },
  );
}

/** All but the time, and the names and sizes of the files. */
function timeless({ createdAt: _, reference, current, ...rest }: DriftReport) {
  return { ...rest, rowCounts: [reference.rowCount, current.rowCount] };
}

/** A column of each kind; the second side has drifted. */
function table(seed: number, count: number): Record<string, unknown[]> {
  const shift = (seed - 1) / 2;
  return {
    number: draws(seed, count, (random) => random.normal() + shift),
    whole: draws(seed + 10, count, (random) => random.poisson(4)),
    tied: draws(seed + 20, count, (random) => Math.round(4 * random.normal()) / 4),
    category: draws(seed + 30, count, (random) => level(random, [0.5 - 0.3 * shift, 0.2, 0.2])),
    gaps: draws(seed + 40, count, (random) =>
      random.uniform() < 0.1 + 0.2 * shift ? null : random.normal(),
    ),
    flag: draws(seed + 50, count, (random) => random.uniform() < 0.3),
    time: draws(
      seed + 60,
      count,
      (random) => new Date(Date.UTC(2026, 0, 5) + Math.floor(random.uniform() * 60 * 86_400_000)),
    ),
    text: draws(
      seed + 70,
      count,
      (random, i) => `loan ${i} for a house of ${random.integer(9_000)} stones`,
    ),
    id: draws(seed + 80, count, (_, i) => `a-${seed}-${i}`),
  };
}

function shuffledTable(columns: Record<string, unknown[]>, seed: number): typeof columns {
  const order = Uint32Array.from(Object.values(columns)[0] ?? [], (_, i) => i);
  createRandom(seed).shuffle(order);
  return Object.fromEntries(
    Object.entries(columns).map(([name, values]) => [name, Array.from(order, (i) => values[i])]),
  );
}

function csv(columns: Record<string, unknown[]>): string {
  const values = Object.values(columns);
  const cell = (value: unknown) =>
    value instanceof Date ? value.toISOString() : value === null ? '' : String(value);
  const lines = values[0]?.map((_, row) => values.map((column) => cell(column[row])).join(','));
  return `${Object.keys(columns).join(',')}\n${lines?.join('\n')}\n`;
}
