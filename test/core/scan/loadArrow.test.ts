import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import {
  Bool,
  type DataType,
  DateDay,
  DateMillisecond,
  Decimal,
  Dictionary,
  Field,
  Float16,
  Float32,
  Int8,
  Int32,
  Int64,
  List,
  makeData,
  Null,
  RecordBatchStreamWriter,
  Struct,
  Table,
  TimeMicrosecond,
  TimestampMicrosecond,
  TimestampNanosecond,
  TimestampSecond,
  tableToIPC,
  Uint64,
  Utf8,
  Vector,
  vectorFromArray,
} from 'apache-arrow';
import { describe, expect, it } from 'vitest';
import { messages } from '../../../core/errors.js';
import { createTemporaryFolder } from '../../createTemporaryFolder.js';
import { errorCode, opened, ownColumns } from './opened.js';

const folder = createTemporaryFolder();
const day = Date.UTC(2025, 0, 2);

function vector(type: DataType, values: readonly unknown[]): Vector {
  return vectorFromArray(values as never[], type);
}

function decimals(precision: number, scale: number, values: (bigint | null)[]): Vector {
  const words = new Uint32Array(values.length * 4);
  const nulls = new Uint8Array(1);
  for (const [row, value] of values.entries()) {
    if (value === null) continue;
    nulls[0] = (nulls[0] as number) | (1 << row);
    const bits = BigInt.asUintN(128, value);
    for (let word = 0; word < 4; word++)
      words[row * 4 + word] = Number((bits >> BigInt(word * 32)) & 0xffffffffn);
  }
  const type = new Decimal(scale, precision);
  const nullCount = values.filter((value) => value === null).length;
  const length = values.length;
  return new Vector([makeData({ type, length, nullCount, nullBitmap: nulls, data: words })]);
}

/** Each as [type in the table, values, storage type, values as they are shown]. */
const columns: Record<string, [Vector, string, (string | null)[]]> = {
  bool: [vector(new Bool(), [true, null, false]), 'BOOLEAN', ['true', null, 'false']],
  int8: [vector(new Int8(), [-128, null, 127]), 'TINYINT', ['-128', null, '127']],
  int64: [
    vector(new Int64(), [2n ** 62n, null, -(2n ** 63n)]),
    'BIGINT',
    ['4611686018427387904', null, '-9223372036854775808'],
  ],
  uint64: [
    vector(new Uint64(), [2n ** 64n - 1n, null, 0n]),
    'UBIGINT',
    ['18446744073709551615', null, '0'],
  ],
  half: [vector(new Float16(), [0.5, null, -2]), 'FLOAT', ['0.5', null, '-2']],
  float: [vector(new Float32(), [1.5, null, Number.NaN]), 'FLOAT', ['1.5', null, null]],
  double: [vectorFromArray(Float64Array.of(0.1, 3, 1e300)), 'DOUBLE', ['0.1', '3', '1e+300']],
  small: [decimals(4, 2, [12345n, null, -1n]), 'DECIMAL(4,2)', ['123.45', null, '-0.01']],
  large: [
    decimals(38, 10, [-(10n ** 37n), null, 5n]),
    'DECIMAL(38,10)',
    ['-1000000000000000000000000000.0000000000', null, '0.0000000005'],
  ],
  day: [
    vector(new DateDay(), [new Date(day), null, new Date(0)]),
    'DATE',
    ['2025-01-02', null, '1970-01-01'],
  ],
  moment: [
    vector(new DateMillisecond(), [new Date(day), null, new Date(-86_400_000)]),
    'DATE',
    ['2025-01-02', null, '1969-12-31'],
  ],
  second: [
    vector(new TimestampSecond(), [day, null, 0]),
    'TIMESTAMP_S',
    ['2025-01-02 00:00:00', null, '1970-01-01 00:00:00'],
  ],
  micro: [
    vector(new TimestampMicrosecond(), [day + 1, null, 0]),
    'TIMESTAMP',
    ['2025-01-02 00:00:00.001', null, '1970-01-01 00:00:00'],
  ],
  zoned: [
    vector(new TimestampNanosecond('Europe/Berlin'), [day, null, 0]),
    'TIMESTAMP WITH TIME ZONE',
    ['2025-01-02 00:00:00+00', null, '1970-01-01 00:00:00+00'],
  ],
  time: [
    vector(new TimeMicrosecond(), [1_500_000n, null, 0n]),
    'TIME',
    ['00:00:01.5', null, '00:00:00'],
  ],
  text: [vector(new Utf8(), ['é, "x"', null, '']), 'VARCHAR', ['é, "x"', null, '']],
  words: [
    vector(new Dictionary(new Utf8(), new Int32()), ['no', null, 'no']),
    'VARCHAR',
    ['no', null, 'no'],
  ],
  codes: [
    vector(new Dictionary(new Int64(), new Int8()), [7n, null, 2n ** 60n]),
    'BIGINT',
    ['7', null, '1152921504606846976'],
  ],
  nothing: [vector(new Null(), [null, null, null]), 'VARCHAR', [null, null, null]],
  list: [
    vector(new List(new Field('item', new Int32(), true)), [[1, 2], null, []]),
    'INTEGER[]',
    ['[1, 2]', null, '[]'],
  ],
  pair: [
    vector(new Struct([new Field('p', new Int32(), true), new Field('q', new Utf8(), true)]), [
      { p: 1, q: 'x' },
      null,
      { p: null, q: 'y' },
    ]),
    'STRUCT(p INTEGER, q VARCHAR)',
    ['{p: 1, q: x}', null, '{p: NULL, q: y}'],
  ],
};

const table = new Table(
  Object.fromEntries(Object.entries(columns).map(([name, [values]]) => [name, values])),
);

describe('every type', () => {
  it.each(['file', 'stream'] as const)('comes out of a %s as it went in', async (form) => {
    const path = folder.write(`types-${form}.csv`, tableToIPC(table, form));
    const { dataset, rows } = await opened({ path });
    expect(dataset).toMatchObject({
      format: 'arrow',
      rowCount: 3,
      dialect: null,
      rejectedRowCount: 0,
    });
    const found = dataset.columns.map(({ name, storageType }, index) => [
      name,
      [storageType, rows.map((row) => row[index])],
    ]);
    const expected = Object.entries(columns).map(([name, [, type, shown]]) => [
      name,
      [type, shown],
    ]);
    expect(Object.fromEntries(found)).toEqual(Object.fromEntries(expected));
  });

  it('that has no kind is skipped with a reason', async () => {
    const path = folder.write('kinds.arrow', tableToIPC(table, 'file'));
    const skipped = (await ownColumns(path)).filter(({ skipReason }) => skipReason !== null);
    expect(skipped.map(({ name }) => name)).toEqual(['time', 'nothing', 'list', 'pair']);
  });
});

describe('batches', () => {
  it('are read one after the other, with dictionaries that are replaced', async () => {
    const writer = new RecordBatchStreamWriter();
    for (let part = 0; part < 3; part++) {
      const rows = Array.from({ length: 5_000 }, (_, i) => part * 5_000 + i);
      const numbers = vectorFromArray(Float64Array.from(rows));
      const words = vector(
        new Dictionary(new Utf8(), new Int32(), 1),
        rows.map((row) => `w${part}-${row % 3}`),
      );
      for (const batch of new Table({ numbers, words }).batches) writer.write(batch);
    }
    writer.finish();
    const { dataset, rows } = await opened(
      { path: folder.write('batches', writer.toUint8Array(true)) },
      15_000,
    );
    expect(dataset.rowCount).toBe(15_000);
    expect(rows.map(([number]) => Number(number))).toEqual(
      Array.from({ length: 15_000 }, (_, i) => i),
    );
    expect(rows[4_999]).toEqual(['4999', 'w0-1']);
    expect(rows[14_999]).toEqual(['14999', 'w2-2']);
  });

  it('of several files are one dataset, with their keys', async () => {
    const values = (numbers: number[]) =>
      tableToIPC(new Table({ n: vectorFromArray(Float64Array.from(numbers)) }));
    for (const [year, numbers] of [
      [2024, [1, 2]],
      [2025, [3]],
    ] as const) {
      mkdirSync(join(folder.path, `parts/year=${year}`), { recursive: true });
      folder.write(`parts/year=${year}/part.arrow`, values([...numbers]));
    }
    const { rows } = await opened({ path: join(folder.path, 'parts') });
    expect(rows).toEqual([
      ['1', '2024'],
      ['2', '2024'],
      ['3', '2025'],
    ]);
  });

  it('of files with other columns are refused', async () => {
    mkdirSync(join(folder.path, 'unlike'));
    folder.write(
      'unlike/1.arrow',
      tableToIPC(new Table({ n: vectorFromArray(Float64Array.of(1)) })),
    );
    folder.write('unlike/2.arrow', tableToIPC(new Table({ n: vector(new Utf8(), ['1']) })));
    await expect(opened({ path: join(folder.path, 'unlike') })).rejects.toMatchObject({
      code: 'file-damaged',
      message: messages.filesUnlike('unlike', '2.arrow', 'n'),
    });
  });
});

it('keeps both of two columns of one name', async () => {
  const one = vectorFromArray(Float64Array.of(1));
  const bytes = Buffer.from(tableToIPC(new Table({ col1: one, col2: one }), 'file'));
  const twice = Buffer.from(bytes.toString('latin1').replaceAll('col2', 'col1'), 'latin1');
  const { dataset } = await opened({ path: folder.write('twice.arrow', twice) });
  expect(dataset.columns.map(({ name }) => name)).toEqual(['col1', 'col1_1']);
});

describe('is refused in one sentence', () => {
  const bytes = Buffer.from(tableToIPC(table, 'file'));

  it.each([
    ['a file without its end', bytes.subarray(0, bytes.length - 20), 'file-damaged'],
    [
      'a file of which the footer says too much',
      withNumber(bytes.length - 10, 0x7fffffff),
      'file-damaged',
    ],
    ['Feather version 1', Buffer.from('FEA1 and so on'), 'file-unreadable'],
    ['no columns', Buffer.from(tableToIPC(new Table({}), 'file')), 'file-without-rows'],
  ])('%s', async (_, content, code) => {
    expect(await errorCode(opened({ path: folder.write('bad.arrow', content) }))).toBe(code);
  });

  function withNumber(place: number, number: number): Buffer {
    const changed = Buffer.from(bytes);
    changed.writeInt32LE(number, place);
    return changed;
  }

  it('whatever byte is wrong, if it is seen', async () => {
    const stream = Buffer.from(
      tableToIPC(new Table({ n: columns.int64?.[0] as Vector, t: columns.text?.[0] as Vector })),
    );
    for (let place = 0; place < stream.length; place += 7) {
      const changed = Buffer.from(stream);
      changed[place] = (changed[place] as number) ^ 0x81;
      const code = await errorCode(opened({ path: folder.write('flipped.arrow', changed) }));
      expect([
        'none',
        'file-damaged',
        'file-unreadable',
        'file-without-rows',
        'file-not-data',
      ]).toContain(code);
    }
  });
});
