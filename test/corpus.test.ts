import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectedRows } from './corpus/expectedRows.js';
import { type Ending, type FileOutcome, fileOutcome } from './corpus/fileOutcome.js';
import { findFiles } from './corpus/findFiles.js';
import { runFiles } from './corpus/runFiles.js';

const standIn = new URL('corpus/standInEngine.mjs', import.meta.url).href;
const built = new URL('../dist/index.js', import.meta.url);
const corpora = fileURLToPath(new URL('../../shared/corpora/', import.meta.url));
const isThere = existsSync(corpora);
const absent = isThere ? '' : ' (skipped: there is no folder ../shared/corpora)';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'corpus-test-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('the corpus runner', () => {
  it('outlives files that hang, spin, crash or take too much memory', async () => {
    const names = ['a', 'hanging', 'b', 'spinning', 'aborting', 'c', 'greedy', 'd'];
    const found = await run(names, standIn, { seconds: 3, memoryBytes: 3.5e8 });
    expect(found).toEqual([
      ['a', 'read', ''],
      ['hanging', 'hung', 'no answer within 3 s'],
      ['b', 'read', ''],
      ['spinning', 'hung', 'no answer within 3 s'],
      ['aborting', 'crashed', 'the process ended with SIGABRT'],
      ['c', 'read', ''],
      ['greedy', 'crashed', 'it took more than 350 MB'],
      ['d', 'read', ''],
    ]);
  });

  it('parts a refusal from a fault, and hears when rows go missing between opening and comparing', async () => {
    const found = await run(['refused', 'faulty', 'forgetful'], standIn);
    expect(found).toEqual([
      ['refused', 'refused', 'It is empty; give another.'],
      ['faulty', 'crashed', 'no such column'],
      ['forgetful', 'rows lost', 'opening it accounts for 3 rows, comparing it for 2'],
    ]);
  });

  it('tries every file once with several children', async () => {
    const names = Array.from({ length: 9 }, (_, index) => `file${index}`);
    const found = await run(names, standIn, { jobs: 3 });
    expect(found.map(([name]) => name).sort()).toEqual(names);
  });

  it('reads a good file and refuses a bad one with the real engine', async () => {
    const [good, bad] = [join(folder, 'good.csv'), join(folder, 'bad.parquet')];
    writeFileSync(good, 'a,b\n1,x\n2,y\n3,z\n');
    writeFileSync(bad, 'PAR1 and no more PAR1');
    const found = await outcomes([good, bad], built.href);
    expect(found).toMatchObject([
      { status: 'read', rowCount: 3, rejectedRowCount: 0 },
      { status: 'refused', rowCount: null },
    ]);
    expect(found[1]?.remark).toMatch(/^[^\n]*bad\.parquet[^\n]*\.$/);
  });
});

describe('fileOutcome', () => {
  const read = (rowCount: number, rejectedRowCount = 0, skippedLineCount = 0): Ending => {
    const counts = { rowCount, rejectedRowCount, skippedLineCount };
    return {
      kind: 'answered',
      answer: { kind: 'read', opened: counts, compared: counts, driftedCount: 0 },
    };
  };
  const status = (ending: Ending, strength: 'exact' | 'least' | 'hint', ...rowCounts: number[]) =>
    fileOutcome('f', ending, { rowCounts, strength, source: 'another' }, 0).status;

  it('calls rows lost that are neither read nor rejected nor skipped', () => {
    expect(status(read(8), 'exact', 10)).toBe('rows lost');
    expect(status(read(8, 1), 'exact', 10)).toBe('rows lost');
    expect(status(read(8, 2), 'exact', 10)).toBe('read');
    expect(status(read(8, 1, 1), 'exact', 10)).toBe('read');
    expect(status(read(8), 'least', 10)).toBe('rows lost');
  });

  it('calls rows added that the file does not have, unless it was cleaned by hand', () => {
    expect(status(read(12), 'exact', 10)).toBe('rows added');
    expect(status(read(12), 'least', 10)).toBe('read');
  });

  it('takes any of several answers, and a hint for a remark', () => {
    expect(status(read(12), 'exact', 10, 12)).toBe('read');
    expect(status(read(11), 'exact', 10, 12)).toBe('rows lost');
    const hint = { rowCounts: [10], strength: 'hint' as const, source: 'another' };
    expect(fileOutcome('f', read(2), hint, 0)).toMatchObject({
      status: 'read',
      remark: 'another has 10 rows',
    });
  });

  it('remarks on a file that differs from itself', () => {
    const counts = { rowCount: 3, rejectedRowCount: 0, skippedLineCount: 0 };
    const answer = { kind: 'read', opened: counts, compared: counts, driftedCount: 2 } as const;
    expect(fileOutcome('f', { kind: 'answered', answer }, null, 0).remark).toBe(
      'differs from itself in 2 columns',
    );
  });
});

describe('expectedRows', () => {
  it('finds what lies beside a file or above it', () => {
    const at = (...names: string[]) => join(folder, 'expected', ...names);
    mkdirSync(at('deep', 'csv'), { recursive: true });
    mkdirSync(at('deep', 'clean'));
    const readers = { pyarrow: { ok: true, rows: 5 }, duckdb: { ok: false } };
    writeFileSync(
      at('oracle_parquet.json'),
      JSON.stringify({ files: { 'deep/a.parquet': readers, 'deep/b.parquet': {} } }),
    );
    writeFileSync(
      at('deep', 'manifest.json'),
      JSON.stringify([{ file: 'csv/listed.csv', clean: 'clean/kept.csv' }]),
    );
    writeFileSync(at('deep', 'clean', 'kept.csv'), 'x\r\n"1\n1"\r\n2\r\n');
    writeFileSync(at('deep', 'clean', 'other.csv'), 'x\n1\n');
    writeFileSync(at('deep', 'rows.json'), '[{}, {}, {}, {}]');
    writeFileSync(at('deep', 'broken.json'), '[{}');
    const gold = { batches: [{ count: 3 }, { count: 4 }] };
    writeFileSync(at('deep', 'gold.json.gz'), gzipSync(JSON.stringify(gold)));
    const counts = (...names: string[]) => expectedRows(at(...names))?.rowCounts ?? null;
    expect(counts('deep', 'a.parquet')).toEqual([5]);
    expect(counts('deep', 'b.parquet')).toBeNull();
    expect(expectedRows(at('deep', 'csv', 'listed.csv'))).toMatchObject({
      rowCounts: [2],
      strength: 'exact',
    });
    expect(expectedRows(at('deep', 'csv', 'other.csv'))).toMatchObject({
      rowCounts: [1],
      strength: 'least',
    });
    expect(counts('deep', 'rows.csv')).toEqual([4]);
    expect(counts('deep', 'broken.csv')).toBeNull();
    expect(counts('deep', 'gold.arrow_file')).toEqual([7]);
    expect(counts('deep', 'alone.csv')).toBeNull();
  });
});

describe('findFiles', () => {
  it('takes all but documentation, code and hidden files', () => {
    const at = join(folder, 'found');
    mkdirSync(join(at, 'deep'), { recursive: true });
    for (const name of ['b.csv', 'README.md', '.hidden', 'deep/crash-1', 'a.tar.gz', 'make.py'])
      writeFileSync(join(at, name), '');
    expect(findFiles(at).map((path) => relative(at, path))).toEqual([
      'a.tar.gz',
      'b.csv',
      'deep/crash-1',
    ]);
  });
});

/** One of each kind; `npm run corpus` takes all of them. */
const selection = [
  'csv-spectrum',
  'csv-messytables',
  'arrow-csv-fuzz',
  'parquet-bad',
  'parquet-fastparquet',
  'json-duckdb/malformed',
];

describe.runIf(isThere)(`odd files${absent}`, () => {
  it.each(selection)('of %s neither crash nor hang, and lose no row', async (name) => {
    const found = await outcomes(findFiles(join(corpora, name)), built.href);
    expect(found.length).toBeGreaterThan(2);
    const wrong = found.filter(({ status }) => status !== 'read' && status !== 'refused');
    expect(wrong).toEqual([]);
    const long = found.filter(({ remark }) => remark.includes('\n'));
    expect(long).toEqual([]);
  });
});

async function run(names: string[], engine: string, limits: Limits = {}) {
  const found = await outcomes(names, engine, limits);
  return found.map(({ path, status, remark }) => [path, status, remark]);
}

type Limits = { seconds?: number; memoryBytes?: number; jobs?: number };

async function outcomes(
  paths: string[],
  engine: string,
  limits: Limits = {},
): Promise<FileOutcome[]> {
  const found: FileOutcome[] = [];
  await runFiles(
    paths,
    engine,
    { seconds: 20, memoryBytes: 2e9, jobs: 1, ...limits },
    (path, ending, seconds) => found.push(fileOutcome(path, ending, expectedRows(path), seconds)),
  );
  return found;
}
