import type { MemorySource, MemoryValues, Source } from './contract.js';

/** What `compare` takes on either side. */
export type Input =
  /** A file or a folder of data files. */
  | string
  | Source
  /** Columns by name, as arrays or typed arrays. */
  | Record<string, ArrayLike<unknown>>
  /** Rows. */
  | readonly Record<string, unknown>[]
  | ArrowTable
  | DanfoFrame
  | ArqueroTable;

/** An apache-arrow table, by its shape, so that any version of it will do. */
export interface ArrowTable {
  readonly schema: {
    readonly fields: readonly {
      readonly name: string;
      readonly type?: { readonly typeId: number };
    }[];
  };
  readonly numRows: number;
  getChild(name: string): Iterable<unknown> | null;
}

/** A danfojs (or danfojs-node) DataFrame, by its shape. */
export interface DanfoFrame {
  readonly columns: string[];
  readonly shape: number[];
  column(name: string): { readonly values: ArrayLike<unknown> };
}

/** An arquero table, by its shape. */
export interface ArqueroTable {
  columnNames(): string[];
  array(name: string): ArrayLike<unknown>;
}

/**
 * Turns an input into what the engine takes. Numbers, strings, booleans, dates, null and undefined
 * are understood as values, NaN as a missing one; big integers become numbers.
 *
 * @throws {TypeError} for anything that is none of the shapes above, or a column that mixes types
 * @throws {RangeError} if the columns differ in length
 */
export function toSource(input: Input, name: string): Source | MemorySource {
  if (typeof input === 'string') return { path: input };
  if (isSource(input)) return input;
  const columns = toColumns(input);
  const rowCount = columns[0]?.values.values.length;
  const odd = columns.find(({ values }) => values.values.length !== rowCount);
  if (odd) {
    throw new RangeError(
      `compare requires columns of equal length (${odd.name} has ${odd.values.values.length}, the first has ${rowCount})`,
    );
  }
  return { name, columns };
}

function toColumns(input: unknown): MemorySource['columns'] {
  if (Array.isArray(input)) return columnsOfRows(input);
  if (isArrowTable(input)) {
    return input.schema.fields.map(({ name, type }) => {
      const values = input.getChild(name) ?? [];
      return toColumn(name, isArrowTime(type?.typeId) ? Array.from(values, toDate) : values);
    });
  }
  if (isArqueroTable(input))
    return input.columnNames().map((name) => toColumn(name, Array.from(input.array(name))));
  if (isDanfoFrame(input))
    return input.columns.map((name) => toColumn(name, Array.from(input.column(name).values)));
  if (typeof input === 'object' && input !== null && Object.values(input).every(isArrayLike)) {
    const columns = Object.entries(input as Record<string, ArrayLike<unknown>>);
    return columns.map(([name, values]) => toColumn(name, Array.from(values)));
  }
  throw new TypeError(
    'compare requires a path, an object of arrays, an array of row objects, an Arrow table, or a danfojs or arquero frame',
  );
}

function isSource(input: unknown): input is Source {
  return typeof (input as Partial<Source> | null)?.path === 'string';
}

function isArrowTable(input: unknown): input is ArrowTable {
  return typeof (input as Partial<ArrowTable> | null)?.getChild === 'function';
}

function isArqueroTable(input: unknown): input is ArqueroTable {
  return typeof (input as Partial<ArqueroTable> | null)?.columnNames === 'function';
}

function isDanfoFrame(input: unknown): input is DanfoFrame {
  return typeof (input as Partial<DanfoFrame> | null)?.column === 'function';
}

/** Of dates and of timestamps; a table gives both as milliseconds, which would pass for numbers. */
function isArrowTime(typeId: number | undefined): boolean {
  return typeId === 8 || typeId === 10;
}

function toDate(value: unknown): unknown {
  return typeof value === 'number' ? new Date(value) : value;
}

function isArrayLike(value: unknown): boolean {
  return Array.isArray(value) || (ArrayBuffer.isView(value) && 'length' in value);
}

function columnsOfRows(rows: readonly Record<string, unknown>[]): MemorySource['columns'] {
  const names = new Set<string>();
  for (const row of rows) for (const key of Object.keys(row)) names.add(key);
  return [...names].map((name) =>
    toColumn(
      name,
      rows.map((row) => (Object.hasOwn(row, name) ? row[name] : null)),
    ),
  );
}

function toColumn(name: string, values: Iterable<unknown>): MemorySource['columns'][number] {
  return { name, values: toValues(name, Array.from(values, toPlain)) };
}

/** NaN stands for a missing value in columns of any type. */
function toPlain(value: unknown): unknown {
  if (typeof value === 'bigint') return Number(value);
  return value === undefined || Number.isNaN(value) ? null : value;
}

function toValues(name: string, values: unknown[]): MemoryValues {
  const types = new Set<string>();
  for (const value of values)
    if (value !== null) types.add(value instanceof Date ? 'datetime' : typeof value);
  if (types.size === 0)
    return { type: 'number', values: new Float64Array(values.length).fill(Number.NaN) };
  const [type] = types;
  if (types.size > 1) {
    throw new TypeError(
      `column ${name} mixes ${[...types].join(' and ')}; give values of one type`,
    );
  }
  if (type === 'number' || type === 'datetime') {
    return {
      type,
      values: Float64Array.from(values, (value) => (value === null ? Number.NaN : Number(value))),
    };
  }
  if (type === 'string') return { type, values: values as (string | null)[] };
  if (type === 'boolean') return { type, values: values as (boolean | null)[] };
  throw new TypeError(
    `column ${name} holds values of type ${type}; give numbers, strings, booleans or dates`,
  );
}
