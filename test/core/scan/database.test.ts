import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDatabase, type Database } from '../../../core/scan/database.js';
import { withDataset } from '../../../core/scan/openPair.js';
import { createRandom } from '../../../sample-data/random.js';
import { createTemporaryFolder } from '../../createTemporaryFolder.js';
import { errorCode } from './opened.js';

const folder = createTemporaryFolder();
const temporary = join(folder.path, 'tmp');
const usual = process.env.TMPDIR;
const slow =
  'SELECT count(*) FROM range(100000000) a, range(100000) b WHERE hash(a.range, b.range) = 7';

beforeAll(() => {
  mkdirSync(temporary);
  process.env.TMPDIR = temporary;
});
afterAll(() => {
  if (usual === undefined) delete process.env.TMPDIR;
  else process.env.TMPDIR = usual;
});

async function withDatabase<T>(
  paths: string[],
  work: (database: Database) => Promise<T>,
  options: Parameters<typeof createDatabase>[1] = {},
): Promise<T> {
  const database = await createDatabase(paths, options);
  try {
    return await work(database);
  } finally {
    await database.close();
  }
}

describe('a locked database', () => {
  const path = folder.write('allowed.csv', 'a\n1\n');
  const secret = folder.write('secret.csv', 'a\n2\n');
  const place = folder.path;

  it('reads the files it was made for', async () => {
    const rows = await withDatabase([path], (database) =>
      database.rows(`SELECT * FROM read_csv('${path}')`),
    );
    expect(rows).toEqual([['1']]);
  });

  it.each([
    ['another file', `SELECT * FROM read_csv('${secret}')`],
    ['another file by its text', `SELECT * FROM read_text('${secret}')`],
    ['a system file', "SELECT * FROM read_text('/etc/hostname')"],
    ['a folder', `SELECT * FROM glob('${place}/*')`],
    ['another file by its name alone', `SELECT * FROM '${secret}'`],
    ['another file through a view', `CREATE VIEW v AS SELECT * FROM read_csv('${secret}')`],
    ['the network', "SELECT * FROM read_csv('https://localhost:9/x.csv')"],
    ['stored secrets', 'SELECT * FROM duckdb_secrets()'],
    ['a new file', `COPY (SELECT 1) TO '${place}/new.csv'`],
    ['its own file, to write', `COPY (SELECT 1) TO '${path}' (USE_TMP_FILE false)`],
    ['a database file', `ATTACH '${place}/new.db'`],
    ['an extension', 'INSTALL httpfs'],
    ['an extension, to load', 'LOAD httpfs'],
    ['its settings', 'SET threads = 1'],
    ['its lock', 'SET lock_configuration = false'],
    ['its settings, by another name', 'PRAGMA threads = 1'],
    ['its settings, back to the default', 'RESET memory_limit'],
    ['a whole export', `EXPORT DATABASE '${place}/export'`],
    ['a second statement', `SELECT 1; COPY (SELECT 1) TO '${path}' (USE_TMP_FILE false)`],
    ['a statement behind a comment', `/* SELECT */ COPY (SELECT 1) TO '${path}'`],
    ['an explained statement', `EXPLAIN ANALYZE COPY (SELECT 1) TO '${path}'`],
  ])('does not reach %s', async (_, sql) => {
    const before = readdirSync(place);
    await withDatabase([path], async (database) => {
      await expect(database.rows(sql)).rejects.toThrow();
      expect(await database.rows('SELECT 1')).toEqual([[1]]);
    });
    expect(readFileSync(path, 'utf8')).toBe('a\n1\n');
    expect(readdirSync(place)).toEqual(before);
  });

  it('computes in UTC whatever the zone of the machine', async () => {
    const zone = process.env.TZ;
    process.env.TZ = 'America/Caracas';
    try {
      const rows = await withDatabase([path], (database) =>
        database.rows(
          "SELECT epoch_ms(TIMESTAMPTZ '2025-01-01 00:00:00'), current_setting('TimeZone')",
        ),
      );
      expect(rows).toEqual([[String(Date.UTC(2025, 0, 1)), 'UTC']]);
    } finally {
      if (zone === undefined) delete process.env.TZ;
      else process.env.TZ = zone;
    }
  });

  it('says when the memory limit is reached, and lives on', async () => {
    await withDatabase(
      [path],
      async (database) => {
        const sql = 'SELECT list(range || repeat($$x$$, 100)) FROM range(5000000)';
        expect(await errorCode(database.rows(sql))).toBe('out-of-memory');
        expect(await database.rows('SELECT 1')).toEqual([[1]]);
      },
      { memoryBytes: 64e6 },
    );
  });
});

// what else runs on the machine may delay an answer once, hence the second tries
describe('cancelling', () => {
  it('ends a long statement within 200 ms', { retry: 2 }, async () => {
    const controller = new AbortController();
    await withDatabase(
      [],
      async (database) => {
        const running = errorCode(database.rows(slow));
        setTimeout(() => controller.abort(), 300);
        await aborted(controller.signal);
        const start = performance.now();
        expect(await running).toBe('cancelled');
        expect(performance.now() - start).toBeLessThan(200);
      },
      { signal: controller.signal },
    );
    expect(readdirSync(temporary)).toEqual([]);
  });

  it.each([0, 1, 2, 5])('holds for a statement that began %i ms ago', async (waitMs) => {
    const controller = new AbortController();
    const start = performance.now();
    await withDatabase(
      [],
      async (database) => {
        const running = errorCode(database.rows(slow));
        setTimeout(() => controller.abort(), waitMs);
        expect(await running).toBe('cancelled');
      },
      { signal: controller.signal },
    );
    expect(performance.now() - start).toBeLessThan(1_000);
  });

  it('holds for all that comes after', async () => {
    const signal = AbortSignal.abort();
    expect(await errorCode(createDatabase([], { signal }))).toBe('cancelled');
    const controller = new AbortController();
    await withDatabase(
      [],
      async (database) => {
        controller.abort();
        expect(await errorCode(database.rows('SELECT 1'))).toBe('cancelled');
      },
      { signal: controller.signal },
    );
  });

  it('is what closing does to a statement that still runs', async () => {
    const database = await createDatabase([], {});
    const running = database.rows(slow).catch((error: unknown) => String(error));
    const start = performance.now();
    await database.close();
    expect(performance.now() - start).toBeLessThan(1_000);
    expect(await running).toMatch(/INTERRUPT/);
    expect(readdirSync(temporary)).toEqual([]);
  });

  it('ends the loading of a CSV file of 200 MB within 200 ms', {
    timeout: 30_000,
    retry: 2,
  }, async () => {
    const path = join(folder.path, 'big.csv');
    await writeBigCsv(path, 200e6);
    try {
      const controller = new AbortController();
      const { signal } = controller;
      const shares: (number | null)[] = [];
      const onScan = (_: unknown, share: number | null) => {
        shares.push(share);
        // in the middle of it, however quick the machine is
        if (share !== null && share > 0 && share < 1) controller.abort();
      };
      const loading = errorCode(
        withDataset({ path }, { signal, onScan }, async () => {
          controller.abort();
          throw new RangeError('the file was loaded before it was cancelled');
        }),
      );
      await aborted(signal);
      const start = performance.now();
      expect(await loading).toBe('cancelled');
      expect(performance.now() - start).toBeLessThan(200);
      expect(shares[0]).toBe(0);
      expect(shares.some((share) => share !== null && share > 0 && share < 1)).toBe(true);
    } finally {
      rmSync(path);
    }
    expect(readdirSync(temporary)).toEqual([]);
  });
});

describe('the temporary folder', () => {
  const path = folder.write('small.csv', 'a\n1\n');

  it('is there while a dataset is open, and gone after', async () => {
    await withDataset({ path }, {}, async () => {
      expect(readdirSync(temporary)).toHaveLength(1);
    });
    expect(readdirSync(temporary)).toEqual([]);
  });

  it('is gone after an error of ours', async () => {
    await expect(
      withDataset({ path }, {}, async () => {
        throw new RangeError('on purpose');
      }),
    ).rejects.toThrow('on purpose');
    expect(readdirSync(temporary)).toEqual([]);
  });

  it('is gone after an error in the file', async () => {
    const header = folder.write('header.csv', 'a,b\n');
    expect(await errorCode(withDataset({ path: header }, {}, async () => 0))).toBe(
      'file-without-rows',
    );
    expect(readdirSync(temporary)).toEqual([]);
  });
});

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve()));
}

/** Blocks of 1 MB in an order that the seed gives. */
async function writeBigCsv(path: string, sizeBytes: number): Promise<void> {
  const random = createRandom(20_251);
  const blocks = Array.from({ length: 8 }, () => {
    let block = '';
    while (block.length < 1e6) {
      block += `${random.uniform()},${Math.floor(random.uniform() * 1e6)},level ${Math.floor(random.uniform() * 50)},2025-01-0${1 + Math.floor(random.uniform() * 9)}\n`;
    }
    return Buffer.from(block);
  });
  const file = await open(path, 'w');
  await file.write('x,n,level,day\n');
  for (let written = 0; written < sizeBytes; written += 1e6) {
    await file.write(blocks[Math.floor(random.uniform() * blocks.length)] as Buffer);
  }
  await file.close();
}
