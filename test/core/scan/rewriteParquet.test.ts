import { readFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import {
  chunkFields,
  codecs,
  columnFields,
  columnsOf,
  fileFields,
  groupFields,
  readParquetFooter,
} from '../../../core/scan/parquetFooter.js';
import { needsRewriting, rewriteParquet } from '../../../core/scan/rewriteParquet.js';
import { integerAt, readStruct, setInteger, structsAt } from '../../../core/scan/thrift.js';
import { createTemporaryFolder } from '../../createTemporaryFolder.js';
import { runSql } from './opened.js';
import { hadoopLz4, type Packing, repackParquet } from './repackParquet.js';

const folder = createTemporaryFolder();
const hadoop: Packing = {
  codec: codecs.lz4,
  pack: (bytes) => hadoopLz4(bytes),
  hasChecksums: true,
};
let plain: Buffer;

beforeAll(async () => {
  const path = join(folder.path, 'plain.parquet');
  const select = `SELECT repeat('text ', i) AS t, i % 3 AS a, i % 4 AS b FROM range(60) t(i)`;
  await runSql(`COPY (${select}) TO '${path}' (FORMAT parquet, COMPRESSION uncompressed)`);
  plain = readFileSync(path);
});

async function rewrite(bytes: Buffer): Promise<{ isNeeded: boolean; bytes: Buffer }> {
  const file = await open(folder.write('packed.parquet', bytes), 'r');
  try {
    const isNeeded = await needsRewriting(file);
    const pieces: Uint8Array[] = [];
    for await (const piece of rewriteParquet(file)) pieces.push(piece);
    return { isNeeded, bytes: Buffer.concat(pieces) };
  } finally {
    await file.close();
  }
}

test('what no longer holds is left out, and the rest is as it was', async () => {
  const { isNeeded, bytes } = await rewrite(repackParquet(plain, hadoop));
  expect(isNeeded).toBe(true);
  const file = await open(folder.write('plain-again.parquet', bytes), 'r');
  const footer = await readParquetFooter(file).finally(() => file.close());
  const chunks = structsAt(footer.struct, fileFields.rowGroups).flatMap((group) =>
    structsAt(group, groupFields.columns),
  );
  expect(chunks.flatMap((chunk) => [...chunk.keys()])).toEqual(
    chunks.flatMap(() => [chunkFields.start, chunkFields.metadata]),
  );
  let place = 4;
  for (const column of columnsOf(footer)) {
    expect(integerAt(column, columnFields.codec)).toBe(codecs.none);
    for (const filter of columnFields.bloomFilters) expect(column.has(filter)).toBe(false);
    const start =
      integerAt(column, columnFields.dictionaryStart) ?? integerAt(column, columnFields.dataStart);
    expect(start).toBe(place);
    const { struct: header } = readStruct(bytes, place);
    expect(integerAt(header, 2)).toBe(integerAt(header, 3));
    expect(header.has(4)).toBe(false);
    place += integerAt(column, columnFields.size) ?? 0;
  }
  expect(place).toBe(footer.start);
  const isSame = await rewrite(bytes);
  expect(isSame.isNeeded).toBe(false);
  expect(isSame.bytes).toEqual(bytes);
});

test('column chunks do not lie over one another', async () => {
  let first: number[] | null = null;
  const numbers = [columnFields.dataStart, columnFields.size, columnFields.valueCount];
  const bytes = repackParquet(plain, {
    ...hadoop,
    changeColumn: (column) => {
      column.delete(columnFields.dictionaryStart);
      first ??= numbers.map((number) => integerAt(column, number) ?? 0);
      for (const [index, number] of numbers.entries())
        setInteger(column, number, first[index] ?? 0);
    },
  });
  await expect(rewrite(bytes)).rejects.toThrow(/lie over one another/);
});
