import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Kind } from '../../../core/contract.js';
import type { ErrorCode } from '../../../core/errors.js';
import { errorCode, opened, ownColumns, projectRoot } from './opened.js';

/** What reading a file must give; the keys are explained in the folder's README. */
interface Expected {
  file: string;
  why: string;
  error?: ErrorCode;
  rowCount?: number;
  rejectedRowCount?: number;
  columnNames?: string[];
  kinds?: Record<string, Kind>;
  missingCounts?: Record<string, number>;
  firstRow?: (string | null)[];
}

const folder = join(projectRoot, 'test/fixtures/files');
const expectations = readdirSync(folder)
  .filter((name) => name.endsWith('.json'))
  .map((name): Expected => JSON.parse(readFileSync(join(folder, name), 'utf8')));

describe('odd files', () => {
  it('has an expectation for every file', () => {
    const described = new Set(expectations.map(({ file }) => file));
    const files = readdirSync(folder).filter(
      (name) => !/\.json$|^README\.md$|^make\.ts$|^\./.test(name),
    );
    expect(files.filter((file) => !described.has(file))).toEqual([]);
    expect(expectations.length).toBeGreaterThan(30);
  });

  it.each(expectations)('$file: $why', async (expected) => {
    const path = join(folder, expected.file);
    if (expected.error) {
      expect(await errorCode(opened({ path }))).toBe(expected.error);
      return;
    }
    const { dataset, rows } = await opened({ path }, 1);
    expect(dataset).toMatchObject({
      rowCount: expected.rowCount,
      rejectedRowCount: expected.rejectedRowCount,
    });
    expect(dataset.columns.map(({ name }) => name)).toEqual(expected.columnNames);
    if (expected.firstRow) expect(rows[0]).toEqual(expected.firstRow);

    const columns = new Map((await ownColumns(path)).map((column) => [column.name, column]));
    for (const [name, kind] of Object.entries(expected.kinds ?? {})) {
      expect([name, columns.get(name)?.kind]).toEqual([name, kind]);
    }
    for (const [name, missingCount] of Object.entries(expected.missingCounts ?? {})) {
      const column = columns.get(name);
      const read = column?.numbers ?? column?.levels ?? column?.lengths;
      // a column without any value is not read at all
      const found = read ? read.reference.missingCount : expected.rowCount;
      expect([name, found]).toEqual([name, missingCount]);
    }
  });
});
