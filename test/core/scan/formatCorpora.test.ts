/** Files of other readers' tests: each gives what it holds, or one sentence, and soon. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { isDriftError } from '../../../core/errors.js';
import { withDataset } from '../../../core/scan/openPair.js';
import { storageFamily } from '../../../core/scan/scan.js';
import { type Opened, projectRoot } from './opened.js';

const corpora = join(projectRoot, '../shared/corpora');
const isThere = existsSync(corpora);
const absent = isThere ? '' : ' (skipped: there is no folder ../shared/corpora)';
const longestMs = 30_000;

function filesOf(corpus: string): string[] {
  const folder = join(corpora, corpus);
  if (!isThere) return [];
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && !/^(SOURCES|README)/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

/** All of it, read in every way that its kind allows; or the sentence that is said instead. */
async function readAll(path: string): Promise<Opened | string> {
  const start = performance.now();
  try {
    return await withDataset({ path }, { memoryBytes: 500e6 }, async (scan) => {
      const { dataset } = scan;
      await scan.profiles(dataset.columns.map((_, index) => index));
      for (const [index, { storageType }] of dataset.columns.entries()) {
        const family = storageFamily(storageType);
        if (family === 'number' || family === 'datetime') await scan.numbers(index, family);
        if (family !== 'unsupported') await scan.levels(index);
      }
      return { dataset, rows: await scan.rows(0, dataset.rowCount) };
    });
  } catch (error) {
    if (isDriftError(error) && error.code !== 'internal') return error.message;
    throw error;
  } finally {
    expect(performance.now() - start).toBeLessThan(longestMs);
  }
}

describe.runIf(isThere)(`Parquet${absent}`, () => {
  interface Oracle {
    pyarrow: { ok: boolean; rows?: number };
  }
  const oracle: Record<string, Oracle> = isThere
    ? JSON.parse(readFileSync(join(corpora, 'oracle_parquet.json'), 'utf8')).files
    : {};

  test.each([
    'parquet-testing-data',
    'parquet-hyparquet',
    'parquet-duckdb',
    'parquet-fastparquet',
    'parquet-variant',
    'parquet-bad',
    'arrow-parquet-fuzz',
  ])('%s has as many rows as pyarrow finds, or a reason', { timeout: 120_000 }, async (corpus) => {
    let openedCount = 0;
    for (const path of filesOf(corpus)) {
      const known = oracle[path.slice(corpora.length + 1)]?.pyarrow;
      if (!known) continue;
      const answer = await readAll(path);
      if (typeof answer === 'string') {
        // damage is no reason for a file that another reads, unless it was damaged on purpose
        if (known.ok && !corpus.endsWith('fuzz')) expect(answer, path).not.toMatch(/damaged/);
        continue;
      }
      openedCount++;
      if (known.ok) expect(answer.dataset.rowCount, path).toBe(known.rows);
    }
    expect(openedCount).toBeGreaterThan(0);
  });

  /**
   * The golden rows agree with ours where a column has a kind: null is a missing value; floats are the same, other numbers
   * have the same 15 digits, for hyparquet's decimals are off by a bit; times are the same instant; all else is the same text.
   */
  test('the golden rows of parquet-hyparquet', { timeout: 120_000 }, async () => {
    let valueCount = 0;
    const unlike: string[] = [];
    for (const path of filesOf('parquet-hyparquet').filter((file) => file.endsWith('.parquet'))) {
      const answer = await readAll(path);
      if (typeof answer === 'string') continue;
      const { dataset, rows } = answer;
      const golden: unknown[][] = JSON.parse(
        readFileSync(path.replace(/parquet$/, 'json'), 'utf8'),
      );
      expect(rows.length, path).toBe(golden.length);
      for (const [index, { storageType, name }] of dataset.columns.entries()) {
        if (storageFamily(storageType) === 'unsupported') continue;
        const row = golden.findIndex(
          (values, at) =>
            comparable(rows[at]?.[index], storageType) !== comparable(values[index], storageType),
        );
        if (row >= 0) {
          const pair = [rows[row]?.[index], golden[row]?.[index]];
          unlike.push(`${basename(path)} ${name} ${storageType} ${JSON.stringify(pair)}`);
        }
        valueCount += golden.length;
      }
    }
    expect(unlike).toEqual([]);
    expect(valueCount).toBeGreaterThan(1_000);
  });
});

function comparable(value: unknown, storageType: string): unknown {
  if (value === null || value === undefined) return null;
  const family = storageFamily(storageType);
  const number = Number(value);
  if (family === 'number')
    return storageType === 'FLOAT' ? Math.fround(number) : Number(number.toPrecision(15));
  if (family === 'datetime') {
    const text = String(value).replace(' ', 'T').replace(/\+00$/, '');
    return new Date(/[TZ]/.test(text) && !text.endsWith('Z') ? `${text}Z` : text).getTime();
  }
  return String(value);
}

describe.runIf(isThere)(`Arrow${absent}`, () => {
  test('golden values of arrow-ipc-integration', async () => {
    let valueCount = 0;
    for (const path of filesOf('arrow-ipc-integration')) {
      if (path.endsWith('.json.gz')) continue;
      const answer = await readAll(path);
      if (typeof answer === 'string') {
        expect(answer, path).toMatch(/no rows|no columns/);
        continue;
      }
      const goldenPath = path.replace(/\.(arrow_file|stream)$/, '.json.gz');
      if (existsSync(goldenPath)) valueCount += compareGolden(goldenPath, answer);
    }
    expect(valueCount).toBeGreaterThan(500);
  });

  test('what is broken in arrow-ipc-fuzz is told', { timeout: 120_000 }, async () => {
    const files = filesOf('arrow-ipc-fuzz');
    for (const path of files) await readAll(path);
    expect(files.length).toBeGreaterThan(60);
  });
});

interface Golden {
  schema: { fields: { name: string; type: { name: string }; dictionary?: { id: number } }[] };
  batches: { count: number; columns: { VALIDITY?: number[]; DATA?: unknown[] }[] }[];
  dictionaries?: { id: number; data: { columns: { DATA: unknown[]; VALIDITY: number[] }[] } }[];
}

/** Integers, floats, booleans and texts, plain or from a dictionary; a missing one is null. */
function compareGolden(path: string, { rows }: Opened): number {
  const { schema, batches, dictionaries } = JSON.parse(
    gunzipSync(readFileSync(path)).toString(),
  ) as Golden;
  let valueCount = 0;
  for (const [index, { type, dictionary, name }] of schema.fields.entries()) {
    if (!['int', 'floatingpoint', 'bool', 'utf8', 'largeutf8'].includes(type.name)) continue;
    const words = dictionaries?.find(({ id }) => id === dictionary?.id)?.data.columns[0];
    const expected = batches.flatMap(({ columns }) => {
      const { DATA = [], VALIDITY } = columns[index] ?? {};
      return DATA.map((value, row) => {
        if (VALIDITY?.[row] === 0) return null;
        if (!words) return value;
        return words.VALIDITY[Number(value)] === 0 ? null : words.DATA[Number(value)];
      });
    });
    const isFloat = type.name === 'floatingpoint';
    const shown = (value: unknown) => {
      if (value === null || value === undefined) return null;
      if (type.name === 'bool') return String(Boolean(Number(value) || value === 'true'));
      return isFloat ? Math.fround(Number(value)) : String(value);
    };
    for (const [row, value] of expected.entries()) {
      expect(shown(rows[row]?.[index]), `${path} ${name} row ${row}`).toEqual(shown(value));
      valueCount++;
    }
  }
  return valueCount;
}

describe.runIf(isThere)(`JSON${absent}`, () => {
  test('json-duckdb gives rows or one sentence', async () => {
    let openedCount = 0;
    for (const path of filesOf('json-duckdb')) {
      if (typeof (await readAll(path)) !== 'string') openedCount++;
    }
    expect(openedCount).toBeGreaterThan(25);
  });

  test.each([
    ['trailing_content.ndjson', 2, 1],
    ['unterminated_quotes.ndjson', 4, 1],
    ['example_rn.ndjson', 5, 0],
    ['example_r.ndjson', 5, 0],
    ['multiple_objects_per_line.ndjson', 5, 0],
    ['top_level_array.json', 2, 0],
    ['bluesky.json.gz', 10, 0],
  ])('%s has %d rows, and %d that are none', async (file, rowCount, rejectedRowCount) => {
    const answer = await readAll(join(corpora, 'json-duckdb', file));
    expect(answer).toMatchObject({ dataset: { rowCount, rejectedRowCount } });
  });
});
