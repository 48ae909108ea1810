import { join } from 'node:path';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { ColumnPair, NumberColumn } from '../../../core/column.js';
import { sortedValues } from '../../../core/column.js';
import { createTemporaryFolder } from '../../createTemporaryFolder.js';
import { columnPairs, ownColumns, runSql } from './opened.js';

const folder = createTemporaryFolder();
let fileCount = 0;

/** A Parquet file with what a query gives. */
async function parquet(select: string): Promise<string> {
  const path = join(folder.path, `${fileCount++}.parquet`);
  await runSql(`SET TimeZone = 'UTC'; COPY (${select}) TO '${path}' (FORMAT parquet)`);
  return path;
}

async function onlyColumn(select: string): Promise<ColumnPair> {
  const [column] = await ownColumns(await parquet(select));
  if (!column) throw new RangeError('the query gives no column');
  return column;
}

/** The rows that the mask calls missing. */
function maskedRows({ values, missingMask }: NumberColumn): number[] {
  if (!missingMask) return [];
  return Array.from(values.keys()).filter(
    (row) => (((missingMask[row >> 3] ?? 0) >> (row & 7)) & 1) === 1,
  );
}

describe('numbers', () => {
  it.each([1, 7, 8, 9, 64, 2_047, 2_048, 2_049, 10_000])(
    'have the mask bits of exactly their missing values: %i rows',
    async (rowCount) => {
      const isMissing = (row: number) => row % 7 === 3 || row % 2_048 === 0 || row % 64 === 63;
      const missing = 'i % 7 = 3 OR i % 2048 = 0 OR i % 64 = 63';
      // every row another number, not whole, so that it is no flag and no key
      const { numbers } = await onlyColumn(
        `SELECT CASE WHEN ${missing} THEN NULL ELSE i + 0.5 END AS x FROM range(${rowCount}) t(i)
         UNION ALL SELECT -1.5`,
      );
      const column = numbers?.reference;
      if (!column) throw new RangeError('no numbers were read');
      const expected = Array.from({ length: rowCount }, (_, row) => row).filter(isMissing);
      expect(maskedRows(column)).toEqual(expected);
      expect(column).toMatchObject({
        missingCount: expected.length,
        infiniteCount: 0,
        unparsedCount: 0,
      });
      expect(column.values).toHaveLength(rowCount + 1);
      for (const [row, value] of column.values.entries()) {
        const wanted = row === rowCount ? -1.5 : isMissing(row) ? Number.NaN : row + 0.5;
        if (!Object.is(value, wanted)) expect([row, value]).toEqual([row, wanted]);
      }
    },
  );

  it('have no mask where nothing is missing', async () => {
    const { numbers } = await onlyColumn('SELECT i + 0.5::DOUBLE AS x FROM range(5000) t(i)');
    expect(numbers?.reference.missingMask).toBeNull();
  });

  it('count infinities apart, take NaN for missing, and -0 for 0', async () => {
    const { kind, numbers } = await onlyColumn(
      "SELECT unnest(['inf', '-inf', 'nan', '-0', '0', '1.5', NULL, '-2']::DOUBLE[]) AS x",
    );
    const column = numbers?.reference;
    if (!column) throw new RangeError('no numbers were read');
    expect(kind).toBe('numeric');
    expect(column).toMatchObject({ missingCount: 2, infiniteCount: 2, unparsedCount: 0 });
    expect(maskedRows(column)).toEqual([0, 1, 2, 6]);
    expect([...sortedValues(column)]).toEqual([-2, 0, 0, 1.5]);
  });

  it('may be infinite throughout, which is no flag and no key', async () => {
    const { kind, numbers } = await onlyColumn("SELECT 'inf'::DOUBLE AS x FROM range(30)");
    expect([kind, numbers?.reference.infiniteCount]).toEqual(['numeric', 30]);
  });

  it('may be NaN throughout, which is nothing', async () => {
    const { skipReason } = await onlyColumn("SELECT 'nan'::DOUBLE AS x FROM range(30)");
    expect(skipReason).toMatch(/missing on both sides/);
  });

  it.each([
    'TINYINT',
    'USMALLINT',
    'INTEGER',
    'UBIGINT',
    'HUGEINT',
    'FLOAT',
    'DOUBLE',
    'DECIMAL(4,1)',
    'DECIMAL(30,10)',
  ])('are read from %s', async (type) => {
    const { kind, numbers } = await onlyColumn(
      `SELECT ((i * 3) % 100)::${type} AS x FROM range(250) t(i)`,
    );
    expect(kind).toBe('numeric');
    expect([...(numbers?.reference.values.subarray(0, 3) ?? [])]).toEqual([0, 3, 6]);
  });

  it('written as text are parsed, the rest is counted', async () => {
    const { kind, numbers } = await onlyColumn(
      `SELECT CASE WHEN i = 10 THEN 'n/a' WHEN i = 20 THEN NULL WHEN i = 30 THEN ' 7.5 '
        ELSE (i / 2)::VARCHAR END AS x FROM range(100) t(i)`,
    );
    expect(kind).toBe('numeric');
    expect(numbers?.reference).toMatchObject({ missingCount: 2, unparsedCount: 1 });
    expect(numbers?.reference.values[30]).toBe(7.5);
  });
});

describe('flags', () => {
  const asTrue = 'SELECT i % 3 = 0 AS flag FROM range(30) t(i)';
  const asNumber = 'SELECT (i % 3 = 0)::INTEGER AS flag FROM range(30) t(i)';
  const asDouble = 'SELECT (i % 3 = 0)::DOUBLE AS flag FROM range(30) t(i)';
  const asText = 'SELECT (i % 3 = 0)::INTEGER::VARCHAR AS flag FROM range(30) t(i)';
  const asWord =
    "SELECT CASE WHEN i % 3 = 0 THEN 'TRUE' ELSE 'FALSE' END AS flag FROM range(30) t(i)";

  it.each([
    ['true and true', asTrue, asTrue, false],
    ['true and 1', asTrue, asNumber, true],
    ['true and 1.0', asTrue, asDouble, true],
    ['true and "1"', asTrue, asText, true],
    ['1 and "1"', asNumber, asText, false],
    ['1 and 1.0', asNumber, asDouble, false],
  ])('are the same flags: %s', async (_, reference, current, isRetyped) => {
    const paths = {
      reference: { path: await parquet(reference) },
      current: { path: await parquet(current) },
    };
    const [column] = await columnPairs(paths);
    expect(column).toMatchObject({ kind: 'boolean', isRetyped });
    const levels = new Map([
      ['false', 20],
      ['true', 10],
    ]);
    for (const side of [column?.levels?.reference, column?.levels?.current]) {
      expect(side).toMatchObject({ count: 30, missingCount: 0 });
      expect(new Map([...(side?.levels ?? [])].sort())).toEqual(levels);
    }
  });

  it('written as words are flags when that is asked for', async () => {
    const path = await parquet(asWord);
    const [column] = await ownColumns(path, { flag: 'boolean' });
    expect([...(column?.levels?.reference.levels.keys() ?? [])].sort()).toEqual(['false', 'true']);
  });
});

describe('whole numbers', () => {
  it.each([
    ['an unbroken run', 'i + 1000', 'n', 'identifier'],
    ['a run with a few gaps', 'i + i // 50', 'n', 'identifier'],
    ['each once, far apart, named like a key', 'i * 1000', 'customer_id', 'identifier'],
    ['each once, far apart, named like a key in one word', 'i * 1000', 'customerId', 'identifier'],
    ['each once, far apart, named otherwise', 'i * 1000', 'price', 'numeric'],
    ['named like a key, but repeated', 'i % 50', 'customer_id', 'numeric'],
    ['named like a key, but not whole', 'i + 0.5', 'id', 'numeric'],
    ['a name that only ends like one', 'i * 1000', 'paid', 'numeric'],
  ])('%s', async (_, expression, name, kind) => {
    const path = await parquet(`SELECT ${expression} AS ${name} FROM range(500) t(i)`);
    expect((await ownColumns(path))[0]?.kind).toBe(kind);
  });

  it('are the same to a file that has them as text with other words', async () => {
    const reference = folder.write('numbers.csv', `x\n${'1\n2\n3\n'.repeat(20)}`);
    const current = folder.write('words.csv', `x\n${'1\n2\n3\nnone\n'.repeat(20)}`);
    const [column] = await columnPairs({
      reference: { path: reference },
      current: { path: current },
    });
    expect(column).toMatchObject({ kind: 'categorical', isRetyped: true });
    expect([...(column?.levels?.reference.levels ?? [])].sort()).toEqual([
      ['1', 20],
      ['2', 20],
      ['3', 20],
    ]);
    expect(column?.levels?.current.levels.get('1')).toBe(20);
  });

  it('are levels when that is asked for', async () => {
    const path = await parquet('SELECT i % 3 AS code FROM range(30) t(i)');
    const [column] = await ownColumns(path, { code: 'categorical' });
    expect(column?.kind).toBe('categorical');
    expect([...(column?.levels?.reference.levels ?? [])]).toEqual([
      ['0', 10],
      ['1', 10],
      ['2', 10],
    ]);
  });
});

describe('datetimes', () => {
  const zone = process.env.TZ;
  afterEach(() => {
    if (zone === undefined) delete process.env.TZ;
    else process.env.TZ = zone;
  });
  const noon = Date.UTC(2025, 2, 30, 12, 30, 15, 250);
  const day = Date.UTC(2025, 2, 30);

  it.each([
    ['DATE', "DATE '2025-03-30'", day],
    ['TIMESTAMP', "TIMESTAMP '2025-03-30 12:30:15.25'", noon],
    ['TIMESTAMP_S', "TIMESTAMP_S '2025-03-30 12:30:15'", noon - 250],
    ['TIMESTAMP_MS', "TIMESTAMP_MS '2025-03-30 12:30:15.25'", noon],
    ['TIMESTAMP_NS', "TIMESTAMP_NS '2025-03-30 12:30:15.250000001'", noon],
    ['TIMESTAMPTZ', "TIMESTAMPTZ '2025-03-30 14:30:15.25+02'", noon],
    ['text with a day', "'2025-03-30'", day],
    ['text with a time', "'2025-03-30 12:30:15.25'", noon],
    ['text with T and Z', "'2025-03-30T12:30:15.250Z'", noon],
    ['text with an offset', "'2025-03-30T14:30:15.250+02:00'", noon],
    ['before 1970', "TIMESTAMP '1969-12-31 23:59:59.999'", -1],
  ])('are milliseconds in UTC wherever one is: %s', async (_, expression, expected) => {
    const path = await parquet(`SELECT ${expression} AS at FROM range(25)`);
    for (const place of ['UTC', 'America/Los_Angeles', 'Asia/Kathmandu']) {
      process.env.TZ = place;
      const [column] = await ownColumns(path);
      expect([place, column?.kind, column?.numbers?.current.values[24]]).toEqual([
        place,
        'datetime',
        expected,
      ]);
    }
  });

  it('of a CSV file are the same, with an offset and without', async () => {
    const path = folder.write(
      'times.csv',
      `at,zoned,day\n${'2025-03-30 12:30:15.25,2025-03-30T14:30:15.25+02:00,2025-03-30\n'.repeat(25)}`,
    );
    const columns = await ownColumns(path);
    expect(columns.map(({ numbers }) => numbers?.reference.values[0])).toEqual([noon, noon, day]);
  });

  it('that are infinite are missing', async () => {
    const { numbers } = await onlyColumn(
      "SELECT unnest([TIMESTAMP 'infinity', TIMESTAMP '-infinity', TIMESTAMP '2025-03-30']) AS at",
    );
    expect(numbers?.reference).toMatchObject({ missingCount: 2, infiniteCount: 0 });
  });
});

describe('text', () => {
  it('is read as the lengths of its values, in characters', async () => {
    const path = await parquet(
      "SELECT 'größe 😀 ' || i AS note, NULL AS nothing FROM range(100) t(i)",
    );
    const [note, nothing] = await ownColumns(path, { note: 'text' });
    expect(note?.lengths?.reference.values[7]).toBe(9);
    expect(note?.lengths?.reference).toMatchObject({ missingCount: 0, unparsedCount: 0 });
    expect(nothing?.skipReason).toMatch(/missing on both sides/);
  });
});

describe('what cannot be compared', () => {
  let columns: ColumnPair[];

  beforeAll(async () => {
    const path = await parquet(
      `SELECT i AS fine, {a: i, b: 'x'} AS STRUCT_, [i] AS LIST_, MAP {'k': i} AS MAP_, 'x'::BLOB AS BLOB_,
        INTERVAL 1 DAY AS INTERVAL_, TIME '10:00' AS TIME_,
        {${Array.from({ length: 300 }, (_, index) => `part${index}: i`).join(', ')}} AS WIDE
       FROM range(50) t(i)`,
    );
    columns = await ownColumns(path);
  });

  it.each(['STRUCT_', 'LIST_', 'MAP_', 'BLOB_', 'INTERVAL_', 'TIME_', 'WIDE'])(
    'is skipped with the type as the reason: %s',
    (name) => {
      const column = columns.find((candidate) => candidate.name === name);
      expect(column?.skipReason).toMatch(/^values of type \S.* are not compared$/);
      expect(column?.skipReason?.length).toBeLessThan(120);
      expect([column?.numbers, column?.levels, column?.lengths]).toEqual([null, null, null]);
    },
  );

  it('leaves the others alone', () => {
    expect(columns[0]).toMatchObject({ name: 'fine', kind: 'identifier', skipReason: null });
  });
});
