/** What must not change a report: the order of rows, and the format of the files. */
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Table, TimestampMillisecond, tableToIPC, vectorFromArray } from 'apache-arrow';
import papaparse from 'papaparse';
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

describe('the same data in another format gives the same findings', () => {
  let folder: string;
  let plain: DriftReport;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'driftglass-test-'));
    plain = await asFormat('csv', async () => {});
  }, 60_000);
  afterAll(() => rm(folder, { recursive: true }));

  test.each<[string, (rows: Lending, path: string) => Promise<void>]>([
    ['Parquet', async () => {}],
    ['JSON lines', (rows, path) => writeFile(path, rows.toLines())],
    ['JSON', (rows, path) => writeFile(path, `[${rows.toLines().trim().split('\n').join(',\n')}]`)],
    ['Feather', (rows, path) => writeFile(path, tableToIPC(rows.toTable(), 'file'))],
    ['an Arrow stream', (rows, path) => writeFile(path, tableToIPC(rows.toTable(), 'stream'))],
  ])('as %s', async (name, write) => {
    const report = await asFormat(name.toLowerCase(), write);
    expect(report.columns).toEqual(plain.columns);
    expect(report.summary).toEqual(plain.summary);
  });

  async function asFormat(
    name: string,
    write: (rows: Lending, path: string) => Promise<void>,
  ): Promise<DriftReport> {
    const paths = ['reference', 'current'].map(async (side) => {
      const shipped = `${lending}${side}.${name}`;
      if (existsSync(shipped)) return shipped;
      const path = join(folder, `${name} ${side}`);
      await write(lendingRows(await readFile(`${lending}${side}.csv`, 'utf8')), path);
      return path;
    });
    const [reference = '', current = ''] = await Promise.all(paths);
    return compared({ path: reference }, { path: current });
  }
});

interface Lending {
  toLines(): string;
  toTable(): Table;
}

/** The sample's rows with numbers as numbers, and flags as flags. */
function lendingRows(text: string): Lending {
  const { data } = papaparse.parse<Record<string, string>>(text, {
    header: true,
    skipEmptyLines: true,
  });
  const names = Object.keys(data[0] ?? {});
  const columns = new Map(
    names.map((name): [string, (string | number | boolean | null)[]] => {
      const texts = data.map((row) => row[name] || null);
      const all = (pattern: RegExp) =>
        texts.every((value) => value === null || pattern.test(value));
      if (all(/^-?[\d.]+(e-?\d+)?$/))
        return [name, texts.map((value) => (value === null ? null : Number(value)))];
      if (all(/^(true|false)$/))
        return [name, texts.map((value) => (value === null ? null : value === 'true'))];
      return [name, texts];
    }),
  );
  return {
    toLines: () =>
      data
        .map((_, row) =>
          JSON.stringify(Object.fromEntries(names.map((name) => [name, columns.get(name)?.[row]]))),
        )
        .join('\n'),
    toTable: () =>
      new Table(
        Object.fromEntries(
          names.map((name) => {
            const values = columns.get(name) ?? [];
            if (name !== 'application_time') return [name, vectorFromArray(values)];
            const times = values.map((value) => new Date(`${value}Z`.replace(' ', 'T')));
            return [name, vectorFromArray(times, new TimestampMillisecond())];
          }),
        ),
      ),
  };
}

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
