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
  readonly schema: { readonly fields: readonly { readonly name: string }[] };
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
 * are understood as values; big integers become numbers.
 *
 * @throws {TypeError} for anything that is none of the shapes above, or a column that mixes types
 */
export function toSource(input: Input, name: string): Source | MemorySource {
  if (typeof input === 'string') return { path: input };
  if (Array.isArray(input)) return { name, columns: columnsOfRows(input) };
  if (has(input, 'path') && typeof input.path === 'string') return input as unknown as Source;
  if (has(input, 'getChild') && has(input, 'schema')) {
    const table = input as unknown as ArrowTable;
    return {
      name,
      columns: table.schema.fields.map((field) =>
        toColumn(field.name, table.getChild(field.name) ?? []),
      ),
    };
  }
  if (has(input, 'columnNames') && has(input, 'array')) {
    const table = input as unknown as ArqueroTable;
    return {
      name,
      columns: table
        .columnNames()
        .map((column) => toColumn(column, Array.from(table.array(column)))),
    };
  }
  if (
    has(input, 'columns') &&
    has(input, 'shape') &&
    typeof (input as { column?: unknown }).column === 'function'
  ) {
    const frame = input as unknown as DanfoFrame;
    return {
      name,
      columns: frame.columns.map((column) =>
        toColumn(column, Array.from(frame.column(column).values)),
      ),
    };
  }
  if (typeof input === 'object' && input !== null && Object.values(input).every(isArrayLike)) {
    const columns = Object.entries(input as Record<string, ArrayLike<unknown>>);
    return {
      name,
      columns: columns.map(([column, values]) => toColumn(column, Array.from(values))),
    };
  }
  throw new TypeError(
    'compare requires a path, an object of arrays, an array of row objects, an Arrow table, or a danfojs or arquero frame',
  );
}

function has<K extends string>(input: object, key: K): input is object & Record<K, unknown> {
  return key in input;
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
      rows.map((row) => row[name]),
    ),
  );
}

function toColumn(name: string, values: Iterable<unknown>): MemorySource['columns'][number] {
  const array = Array.from(values, (value) =>
    typeof value === 'bigint' ? Number(value) : (value ?? null),
  );
  return { name, values: toValues(name, array) };
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
