import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import type { NumberColumn } from '../../../core/column.js';
import type { Dataset } from '../../../core/contract.js';
import { createDatabase, type Database } from '../../../core/scan/database.js';
import { findDataFiles } from '../../../core/scan/dataFiles.js';
import { createFileScan } from '../../../core/scan/fileScan.js';
import { fileStamp } from '../../../core/scan/fileStamp.js';
import { withDataset, withPair } from '../../../core/scan/openPair.js';
import { openParquet } from '../../../core/scan/openParquet.js';
import { createParquetNumbers, type ParquetNumbers } from '../../../core/scan/parquetNumbers.js';
import { createNumberReader, numberStream } from '../../../core/scan/readNumbers.js';
import { createTemporaryFolder } from '../../createTemporaryFolder.js';
import { errorCode, projectRoot, runSql } from './opened.js';

const folder = createTemporaryFolder();

async function parquet(name: string, select: string, options = ''): Promise<string> {
  const path = join(folder.path, name);
  await runSql(`COPY (${select}) TO '${path}' (FORMAT parquet ${options})`);
  return path;
}

interface Files {
  database: Database;
  dataset: Pick<Dataset, 'name' | 'columns' | 'rowCount'>;
  /** Null where they were written again for DuckDB. */
  direct: ParquetNumbers | null;
}

async function withFiles<T>(
  path: string,
  work: (files: Files) => Promise<T>,
  signal?: AbortSignal,
): Promise<T> {
  const files = await findDataFiles(path);
  const database = await createDatabase(files.paths, { threadCount: 1, memoryBytes: 500e6 });
  try {
    const { columns, source } = await openParquet(database, files, 'reference', {});
    const [[rowCount] = []] = await database.rows('SELECT count(*) FROM reference');
    const dataset = { name: files.name, columns, rowCount: Number(rowCount) };
    const direct = source && createParquetNumbers(source, dataset, signal);
    return await work({ database, dataset, direct });
  } finally {
    await database.close();
  }
}

/** Names of the columns that were read directly, each the same to the bit as DuckDB has it; null where DuckDB refuses the files. */
async function takenColumns(path: string): Promise<string[] | null> {
  try {
    return await withFiles(path, async ({ database, dataset, direct }) => {
      const taken: string[] = [];
      for (const [index, { name }] of dataset.columns.entries()) {
        const found = await direct?.read(index, new Float64Array(dataset.rowCount));
        if (!found) continue;
        taken.push(name);
        const expected = await duckNumbers(database, dataset, index);
        expectSame(found, expected, `${path} ${name}`);
      }
      return taken;
    });
  } catch (error) {
    if (error instanceof Error && /AssertionError/.test(error.name)) throw error;
    return null;
  }
}

/** Of this column alone, which may be the only one that is whole. */
async function duckNumbers(database: Database, dataset: Files['dataset'], index: number) {
  const columns = dataset.columns.map((column, other) =>
    other === index ? column : { ...column, storageType: 'BLOB' },
  );
  const whole = { ...dataset, columns } as Dataset;
  return createNumberReader(
    database,
    'reference',
    whole,
    null,
  )(index, 'number').catch((error) =>
    expect.unreachable(`${dataset.name} ${index} was taken: ${error}`),
  );
}

function expectSame(found: NumberColumn, expected: NumberColumn, what: string): void {
  const bits = ({ values }: NumberColumn) => Buffer.from(values.buffer);
  const isSame = Buffer.compare(bits(found), bits(expected)) === 0;
  if (!isSame) expect(found.values, what).toEqual(expected.values);
  expect(isSame, what).toBe(true);
  expect({ ...found, values: null }, what).toEqual({ ...expected, values: null });
}

const kinds = ['TINYINT', 'SMALLINT', 'INTEGER', 'BIGINT', 'FLOAT', 'DOUBLE'];
const numbers = [...kinds, 'UTINYINT', 'USMALLINT', 'UINTEGER', 'UBIGINT'];

/** Of every type: without nulls, with some, with many, of few values, and all null. */
const everyNumber = numbers
  .flatMap((type, i) => {
    const wide = /TINY/.test(type) ? 'r % 100' : /SMALL/.test(type) ? 'r % 30000' : 'r';
    const value = `CAST(${wide} AS ${type})`;
    return [
      `${value} AS all${i}`,
      `CASE WHEN r % 10 <> 3 THEN ${value} END AS some${i}`,
      `CASE WHEN r % 1000 = 0 THEN ${value} END AS few${i}`,
      `CAST(r % 7 AS ${type}) AS low${i}`,
      `CASE WHEN r % 5 <> 0 THEN CAST(r % 7 AS ${type}) END AS gaps${i}`,
      `CASE WHEN i < 5000 THEN CAST(r % 3 AS ${type}) END AS half${i}`,
      `CAST(7 AS ${type}) AS one${i}`,
      `CAST(NULL AS ${type}) AS none${i}`,
    ];
  })
  .join(', ');

function rows(count: number): string {
  return `(SELECT i, (hash(i) % 2000000000)::BIGINT AS r FROM range(${count}) t(i))`;
}

const oddNumbers = `
  CASE r % 9 WHEN 0 THEN 'nan' WHEN 1 THEN 'inf' WHEN 2 THEN '-inf' WHEN 3 THEN '-0' WHEN 4 THEN NULL
    ELSE r / 7 END::DOUBLE AS odd,
  CASE r % 9 WHEN 0 THEN 'nan' WHEN 1 THEN 'inf' WHEN 2 THEN '-inf' WHEN 3 THEN '-0' WHEN 4 THEN NULL
    ELSE r / 7 END::FLOAT AS odd_float,
  CASE r % 3 WHEN 0 THEN 'nan' WHEN 1 THEN '-0' ELSE '1e300' END::DOUBLE AS full,
  CASE WHEN i % 2 = 0 THEN -9223372036854775807 + r ELSE 9223372036854775807 - r END::BIGINT AS large,
  (18446744073709551615 - r)::UBIGINT AS largest, (i % 2 * 4294967295)::UINTEGER AS unsigned,
  (i % 256 - 128)::TINYINT AS tiny, (i % 256)::UTINYINT AS utiny, (i % 65536 - 32768)::SMALLINT AS small,
  (i % 65536)::USMALLINT AS usmall, (r - 1000000000)::INTEGER AS integers, r / 3 AS plain`;

describe('what DuckDB writes is read as DuckDB reads it', { timeout: 120_000 }, () => {
  it.each([
    ['COMPRESSION snappy', true],
    ['COMPRESSION uncompressed', true],
    ['COMPRESSION gzip', true],
    ['COMPRESSION snappy, PARQUET_VERSION v2', false],
    ['COMPRESSION zstd', null],
    ['COMPRESSION lz4_raw', null],
    ['COMPRESSION snappy, ROW_GROUP_SIZE 2048', true],
    ['COMPRESSION uncompressed, ROW_GROUP_SIZE 100000', true],
    ['COMPRESSION snappy, DICTIONARY_SIZE_LIMIT 1', true],
  ])('%s', async (options, areAllTaken) => {
    const select = `SELECT ${everyNumber}, ${oddNumbers} FROM ${rows(30_000)}`;
    const taken = await takenColumns(await parquet('types.parquet', select, `, ${options}`));
    const columnCount = numbers.length * 8 + 12;
    if (areAllTaken === true) expect(taken?.length).toBe(columnCount);
    else if (areAllTaken === null) expect(taken).toEqual([]);
    // plain values are written as differences there, or split into bytes
    else expect(taken?.length).toBeGreaterThan(columnCount / 3);
  });

  it('a long column, in pages of a row group each', async () => {
    const select = `SELECT r / 3 AS a, CASE WHEN r % 3 > 0 THEN (r % 5)::INTEGER END AS b, i AS c FROM ${rows(400_000)}`;
    const path = await parquet('long.parquet', select, ', ROW_GROUP_SIZE 130001');
    expect(await takenColumns(path)).toEqual(['a', 'b', 'c']);
  });

  it('numbers beside columns of others, of lists and of structs', async () => {
    const select = `SELECT [i, 2] AS l, {x: i, y: {z: 'a', w: i / 2}} AS s, i AS a, 'x' AS t, MAP {1: 2} AS m,
      i / 3 AS b, DATE '2024-01-01' AS d, i::DECIMAL(9, 2) AS e, i % 2 = 0 AS f,
      TIMESTAMP '2024-01-01' AS ts, TIME '10:00' AS ti FROM ${rows(1_000)}`;
    expect(await takenColumns(await parquet('nested.parquet', select))).toEqual(['a', 'b']);
  });

  it('names that differ in case only, or not at all', async () => {
    const path = await parquet(
      'names.parquet',
      'SELECT 1.5::DOUBLE AS colx, 2.5::DOUBLE AS coly, 3.5::DOUBLE AS colz',
    );
    for (const name of ['COLX', 'colx']) {
      const text = readFileSync(path).toString('latin1').replaceAll('coly', name);
      const renamed = folder.write('renamed.parquet', Buffer.from(text, 'latin1'));
      expect((await takenColumns(renamed))?.length).toBe(3);
    }
  });
});

describe('several files', () => {
  const select = (more: string) => `SELECT i, i / 3 AS x ${more} FROM ${rows(5_000)}`;

  async function dataset(name: string, selects: string[], options = ''): Promise<string> {
    mkdirSync(join(folder.path, name), { recursive: true });
    for (const [index, one] of selects.entries())
      await parquet(`${name}/${index}.parquet`, one, options);
    return join(folder.path, name);
  }

  it('follow one another', async () => {
    const path = await dataset('alike', [select(''), select(''), `${select('')} LIMIT 0`]);
    expect(await takenColumns(path)).toEqual(['i', 'x']);
  });

  it('have their columns by name, whatever their order', async () => {
    const path = await dataset('orders', [
      'SELECT 1 AS a, 2 AS b, [1] AS l, 3.5::DOUBLE AS c',
      'SELECT [1] AS l, 30.5::DOUBLE AS c, 20 AS b, 10 AS a',
    ]);
    expect(await takenColumns(path)).toEqual(['a', 'b', 'c']);
  });

  it('of different types are left to DuckDB, as are names that it takes for the same', async () => {
    const types = await dataset('types', [
      'SELECT 16777217::BIGINT AS a, 1 AS b, 1::SMALLINT AS c, 1 AS d',
      'SELECT 1.5::FLOAT AS a, 2 AS b, 1::TINYINT AS c, 2::UINTEGER AS d',
    ]);
    expect(await takenColumns(types)).toEqual(['b']);
    const names = await dataset('names', ['SELECT 1 AS a, 2 AS b', 'SELECT 10 AS A, 20 AS b']);
    expect(await takenColumns(names)).toEqual(['b']);
  });

  it('have columns of their folders’ keys, which are in no file', async () => {
    mkdirSync(join(folder.path, 'keys/k=1'), { recursive: true });
    mkdirSync(join(folder.path, 'keys/k=2'), { recursive: true });
    const long = `SELECT i FROM range(100000) t(i)`;
    await parquet('keys/k=1/a.parquet', long);
    await parquet('keys/k=2/a.parquet', long);
    await withDataset({ path: join(folder.path, 'keys') }, {}, async (scan) => {
      expect(scan.dataset.columns.map(({ name }) => name)).toEqual(['i', 'k']);
      const { values } = await scan.numbers(1, 'number');
      expect([values[99_999], values[100_000]]).toEqual([1, 2]);
      expect((await scan.numbers(0, 'number')).values[100_001]).toBe(1);
    });
  });
});

describe('rows that are not those of the file', () => {
  const rowCount = 200_000;
  let path = '';
  let database: Database;
  beforeAll(async () => {
    path = await parquet(
      'rows.parquet',
      `SELECT i::DOUBLE AS n, i % 2 AS side, CASE WHEN i % 2 = 0 THEN 'x' ELSE '-' END AS t FROM range(${rowCount}) t(i)`,
    );
    database = await createDatabase([path], { threadCount: 1 });
  });
  afterAll(() => database.close());

  it('are read by DuckDB: chosen ones, samples, parts and halves', async () => {
    const source = { path };
    const even = { path, where: 'n % 2 = 0' };
    await withPair({ reference: even, current: source }, {}, async ({ reference, current }) => {
      const { values } = await reference.numbers(0, 'number');
      expect([values.length, values[1]]).toEqual([rowCount / 2, 2]);
      expect((await current.numbers(0, 'number')).values[1]).toBe(1);
      const { values: half } = await (await current.halves({ seed: 1 })).current.numbers(
        0,
        'number',
      );
      expect(half.length).toBeLessThan(rowCount);
      expect(half.some((value, row) => value !== row)).toBe(true);
    });
    const sample = { sample: 150_000, seed: 1 };
    await withPair({ reference: source, current: source }, sample, async ({ reference }) => {
      expect((await reference.numbers(0, 'number')).values.length).toBe(150_000);
    });
    const splitBy = { column: 'side', at: '1' };
    await withPair({ reference: source, current: source }, { splitBy }, async ({ reference }) => {
      expect((await reference.numbers(0, 'number')).values.subarray(0, 2)).toEqual(
        Float64Array.of(1, 3),
      );
    });
  });

  /** A scan whose DuckDB hands out no numbers. */
  async function withoutNumbers(nullValues: string[]) {
    const files = await findDataFiles(path);
    await database.run('CREATE TABLE none AS SELECT 1');
    await database.run('DROP TABLE none');
    const mute = { ...database, numbers: () => Promise.reject(new RangeError('asked')) };
    const side = nullValues.length > 0 ? 'current' : 'reference';
    return createFileScan(mute, files, side, { nullValues });
  }

  it('are, where they are, not asked for', async () => {
    const scan = await withoutNumbers([]);
    const { values } = await scan.numbers(0, 'number');
    expect(values.every((value, row) => value === row)).toBe(true);
    await expect(scan.numbers(0, 'length')).rejects.toThrow('asked');
    await expect(scan.numbers(2, 'number')).rejects.toThrow('asked');
    let [row, isSame] = [0, true];
    await scan.stream(0, 'number').pass((chunk) => {
      for (const value of chunk) isSame &&= value === row++;
    });
    expect([row, isSame]).toEqual([rowCount, true]);
  });

  it('are those of the file where a spelling of a text means that it is missing', async () => {
    const scan = await withoutNumbers(['-']);
    expect((await scan.numbers(0, 'number')).values[rowCount - 1]).toBe(rowCount - 1);
    const without = await scan.without(new Map([[2, ['x']]]));
    expect((await without.numbers(0, 'number')).values[rowCount - 1]).toBe(rowCount - 1);
  });

  it('are not read where a dataset has another number of them', async () => {
    const { database: _, ...described } = await withFiles(path, async (files) => files);
    const source = {
      files: [{ path, stamp: await fileStamp(path) }],
      names: described.dataset.columns.map(({ name }) => name),
    };
    for (const more of [0, 1, -1]) {
      const dataset = { ...described.dataset, rowCount: rowCount + more };
      const read = createParquetNumbers(source, dataset).read(0, new Float64Array(rowCount + more));
      expect((await read)?.values.length).toBe(more === 0 ? rowCount : undefined);
    }
  });

  it('use memory that was in use before', async () => {
    await withDataset({ path }, {}, async (scan) => {
      const [fitting, other] = [new ArrayBuffer(8 * rowCount), new ArrayBuffer(80)];
      const spare = [other, fitting];
      expect((await scan.numbers(0, 'number', spare)).values.buffer).toBe(fitting);
      expect(spare).toEqual([other]);
    });
  });
});

describe('while they are read', () => {
  it('files must stay what they were', async () => {
    const path = await parquet('changed.parquet', 'SELECT i::DOUBLE AS n FROM range(1000) t(i)');
    await withFiles(path, async ({ direct }) => {
      expect((await direct?.read(0, new Float64Array(1_000)))?.values[999]).toBe(999);
      const bytes = readFileSync(path);
      utimesSync(path, new Date(0), new Date(0));
      expect(await direct?.read(0, new Float64Array(1_000))).toBeNull();
      writeFileSync(path, bytes);
      expect(await direct?.read(0, new Float64Array(1_000))).toBeNull();
      expect(await direct?.pass(0, () => {})).toBe(0);
    });
  });

  it('a signal ends it', async () => {
    const path = await parquet(
      'cancelled.parquet',
      'SELECT i::DOUBLE AS n FROM range(3000000) t(i)',
    );
    const stopping = new AbortController();
    const work = async ({ direct }: Files) => {
      const reading = direct?.pass(0, () => stopping.abort());
      return errorCode(reading ?? Promise.resolve());
    };
    expect(await withFiles(path, work, stopping.signal)).toBe('cancelled');
  });

  it('infinite values of a stream stay what they are', async () => {
    const path = await parquet('odd.parquet', `SELECT ${oddNumbers} FROM ${rows(20_000)}`);
    await withFiles(path, async ({ database, dataset, direct }) => {
      for (const index of [0, 1, 2]) {
        const [found, expected]: [number[], number[]] = [[], []];
        expect(await direct?.pass(index, (values) => found.push(...values))).toBe(20_000);
        const as = ['reference', dataset as Dataset, index, 'number', null] as const;
        const stream = numberStream(database, ...as, (reading) => reading);
        await stream.pass((values) => expected.push(...values));
        expect(found.every((value, row) => Object.is(value, expected[row]))).toBe(true);
        expect(found.some((value) => Number.isNaN(value))).toBe(true);
      }
    });
  });

  it('what has come of a stream does not come again when the rest has to be read otherwise', async () => {
    const path = await parquet('rest.parquet', 'SELECT i::DOUBLE AS n FROM range(9000) t(i)');
    await withFiles(path, async ({ database, dataset }) => {
      const direct: ParquetNumbers = {
        read: async () => null,
        pass: async (_, onChunk) => {
          onChunk(Float64Array.from({ length: 5_000 }, (__, row) => row));
          return 5_000;
        },
      };
      const whole = <T>(reading: Promise<T>) => reading;
      const as = ['reference', dataset as Dataset, 0, 'number', direct] as const;
      const stream = numberStream(database, ...as, whole);
      const rowNumbers: number[] = [];
      await stream.pass((values) => rowNumbers.push(...values));
      expect(rowNumbers).toEqual(Array.from({ length: 9_000 }, (_, row) => row));
    });
  });
});

describe('damage', { timeout: 120_000 }, () => {
  it('of any bit gives what DuckDB makes of it, or nothing', async () => {
    const select = `SELECT r / 3 AS a, CASE WHEN r % 3 > 0 THEN (r % 5)::INTEGER END AS b,
      CASE WHEN r % 3 > 0 THEN r / 7 END AS c, (r % 4)::DOUBLE AS d FROM ${rows(300)}`;
    const path = await parquet('whole.parquet', select, ', ROW_GROUP_SIZE 2048');
    const whole = readFileSync(path);
    let [state, takenCount, refusedCount] = [1, 0, 0];
    for (let round = 0; round < 120; round++) {
      state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
      const bytes = Buffer.from(whole);
      // in every second round, of the header or the first bytes of a page
      const place = (state >>> 8) % (round % 2 === 0 ? bytes.length : 2_600);
      bytes[place] = (bytes[place] as number) ^ (1 << ((state >>> 5) % 8));
      const damaged = folder.write('damaged.parquet', bytes);
      const taken = await takenColumns(damaged);
      if (taken === null || taken.length < 4) refusedCount++;
      takenCount += taken?.length ?? 0;
    }
    expect(takenCount).toBeGreaterThan(120);
    expect(refusedCount).toBeGreaterThan(12);
  });
});

const corpora = join(projectRoot, '../shared/corpora');
const isThere = existsSync(corpora);
const absent = isThere ? '' : ' (skipped: there is no folder ../shared/corpora)';

describe.runIf(isThere)(`files of other writers${absent}`, () => {
  test.each([
    ['parquet-testing-data', 20],
    ['parquet-hyparquet', 20],
    ['parquet-duckdb', 200],
    ['parquet-fastparquet', 45],
    ['parquet-variant', 20],
    ['parquet-bad', 0],
    ['arrow-parquet-fuzz', 0],
  ])(
    '%s: %d columns and more are read, and all as DuckDB does',
    { timeout: 300_000 },
    async (corpus, least) => {
      let takenCount = 0;
      for (const path of filesOf(corpus)) takenCount += (await takenColumns(path))?.length ?? 0;
      expect(takenCount).toBeGreaterThanOrEqual(least);
    },
  );
});

describe.runIf(isThere)(`checksums of pages${absent}`, () => {
  it.each([
    ['datapage_v1-snappy-compressed-checksum.parquet', ['a', 'b']],
    ['datapage_v1-uncompressed-checksum.parquet', ['a', 'b']],
    ['datapage_v1-corrupt-checksum.parquet', []],
  ])('%s', async (file, expected) => {
    const path = filesOf('parquet-testing-data').find((found) => found.endsWith(file));
    expect(await takenColumns(path ?? '')).toEqual(expected);
  });
});

function filesOf(corpus: string): string[] {
  return readdirSync(join(corpora, corpus), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && !/^(SOURCES|README)/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}
