/**
 * The metadata of Arrow messages (FlatBuffers), read for their sizes before anything is made of them:
 * the reader believes every count, and would loop or allocate for hours over a damaged one.
 * Source: format/Message.fbs and format/Schema.fbs of Apache Arrow.
 */

/** What a message says of itself. */
export interface ArrowMessage {
  kind: 'schema' | 'dictionary' | 'batch' | 'other';
  bodyLength: number;
  /** Of a batch: its rows, and the most that any of its vectors claims to hold. */
  rowCount: number;
  longestVector: number;
  compression: 'lz4' | 'zstd' | null;
  /** Where its buffers stand in the body. */
  buffers: { start: number; length: number }[];
  isBigEndian: boolean;
}

const kinds = ['other', 'schema', 'dictionary', 'batch'] as const;
const deepest = 64;

/** @throws {RangeError} where it is no message, or one that leads out of its own bytes or body */
export function readArrowMessage(bytes: Uint8Array): ArrowMessage {
  const reader = createReader(bytes);
  const message = reader.table(reader.offset(0));
  const kind = kinds[message.byte(1)] ?? 'other';
  const bodyLength = message.long(3);
  reader.strings(message.vector(4, 4));
  const found: ArrowMessage = {
    kind,
    bodyLength,
    rowCount: 0,
    longestVector: 0,
    compression: null,
    buffers: [],
    isBigEndian: false,
  };
  const header = message.child(2);
  if (kind === 'other' || !header) return { ...found, kind: 'other' };
  if (kind === 'schema') {
    reader.fields(header.vector(1, 4), 0);
    reader.strings(header.vector(2, 4));
    return { ...found, isBigEndian: header.short(0) === 1 };
  }
  const batch = kind === 'batch' ? header : header.child(1);
  if (!batch) throw new RangeError('a dictionary has no values');
  return { ...found, ...readBatch(batch, bodyLength) };
}

/**
 * The footer of a file, which has the schema once more.
 *
 * @throws {RangeError} where it is none
 */
export function readArrowFooter(bytes: Uint8Array): Pick<ArrowMessage, 'isBigEndian'> {
  const reader = createReader(bytes);
  const footer = reader.table(reader.offset(0));
  const schema = footer.child(1);
  if (!schema) throw new RangeError('a footer has no schema');
  reader.fields(schema.vector(1, 4), 0);
  reader.strings(schema.vector(2, 4));
  footer.vector(2, 24);
  footer.vector(3, 24);
  reader.strings(footer.vector(4, 4));
  return { isBigEndian: schema.short(0) === 1 };
}

/** Whether bytes begin with the schema that every Arrow stream begins with. */
export function isArrowStream(head: Uint8Array, sizeBytes: number): boolean {
  const prefix = messagePrefix(head);
  if (!prefix || prefix.length < 16 || prefix.length > sizeBytes) return false;
  // a schema longer than what was read of it cannot be checked here
  if (prefix.length + prefix.start > head.length) return prefix.start === 8;
  try {
    const bytes = head.subarray(prefix.start, prefix.start + prefix.length);
    return readArrowMessage(bytes).kind === 'schema';
  } catch {
    return false;
  }
}

/** Where a message's metadata starts after its length, and that length; before 0.15 no marker came first. */
export function messagePrefix(bytes: Uint8Array): { start: 4 | 8; length: number } | null {
  if (bytes.length < 8) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const first = view.getInt32(0, true);
  return first === -1 ? { start: 8, length: view.getInt32(4, true) } : { start: 4, length: first };
}

function readBatch(
  batch: Table,
  bodyLength: number,
): Pick<ArrowMessage, 'rowCount' | 'longestVector' | 'compression' | 'buffers'> {
  const rowCount = batch.long(0);
  let longestVector = rowCount;
  const nodes = batch.vector(1, 16);
  for (let i = 0; i < nodes.count; i++) {
    longestVector = Math.max(longestVector, nodes.long(i * 16));
    nodes.long(i * 16 + 8);
  }
  const places = batch.vector(2, 16);
  const buffers = Array.from({ length: places.count }, (_, i) => ({
    start: places.long(i * 16),
    length: places.long(i * 16 + 8),
  }));
  if (buffers.some(({ start, length }) => start + length > bodyLength))
    throw new RangeError('a buffer leads out of its body');
  const views = batch.vector(4, 8);
  for (let i = 0; i < views.count; i++) {
    if (views.long(i * 8) > buffers.length) throw new RangeError('views need buffers');
  }
  const compression = batch.child(3);
  const codec = compression?.byte(0) === 1 ? 'zstd' : 'lz4';
  return { rowCount, longestVector, compression: compression ? codec : null, buffers };
}

interface Table {
  byte(field: number): number;
  short(field: number): number;
  long(field: number): number;
  child(field: number): Table | null;
  vector(field: number, itemBytes: number): Items;
}

interface Items {
  count: number;
  /** Where the first item stands. */
  start: number;
  /** A number of 64 bits at so many bytes after the first item. */
  long(byte: number): number;
}

interface Reader {
  offset(place: number): number;
  table(place: number): Table;
  fields(items: Items, depth: number): void;
  /** Of a vector of pairs of strings. */
  strings(items: Items): void;
}

/** Each read is within the bytes (a DataView sees to that), and all together they are not many more than those. */
function createReader(bytes: Uint8Array): Reader {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let budget = 1_024 + bytes.byteLength * 8;

  function spend(byteCount: number): void {
    budget -= byteCount;
    if (budget < 0) throw new RangeError('tables are used again and again');
  }

  function offset(place: number): number {
    return place + view.getUint32(place, true);
  }

  function long(place: number): number {
    const value = Number(view.getBigInt64(place, true));
    if (value < 0 || value > Number.MAX_SAFE_INTEGER) throw new RangeError(`no size: ${value}`);
    return value;
  }

  function items(place: number | null, itemBytes: number): Items {
    if (place === null) return { count: 0, start: 0, long: () => 0 };
    const count = view.getUint32(place, true);
    const start = place + 4;
    if (start + count * itemBytes > bytes.byteLength) throw new RangeError('a vector is cut short');
    return { count, start, long: (byte) => long(start + byte) };
  }

  function table(place: number): Table {
    spend(8);
    const shape = place - view.getInt32(place, true);
    const size = view.getUint16(shape, true);
    const find = (field: number): number | null => {
      const entry = 4 + field * 2;
      const distance = entry + 2 <= size ? view.getUint16(shape + entry, true) : 0;
      return distance === 0 ? null : place + distance;
    };
    const at = <T>(field: number, read: (place: number) => T, absent: T): T => {
      const found = find(field);
      return found === null ? absent : read(found);
    };
    return {
      byte: (field) => at(field, (found) => view.getUint8(found), 0),
      short: (field) => at(field, (found) => view.getInt16(found, true), 0),
      long: (field) => at(field, long, 0),
      child: (field) => at<Table | null>(field, (found) => table(offset(found)), null),
      vector: (field, itemBytes) =>
        at(field, (found) => items(offset(found), itemBytes), items(null, 0)),
    };
  }

  function fields(list: Items, depth: number): void {
    if (depth > deepest) throw new RangeError('columns are nested too deep');
    for (let i = 0; i < list.count; i++) {
      const field = table(offset(list.start + i * 4));
      spend(field.vector(0, 1).count);
      field.child(3);
      field.child(4)?.child(1);
      strings(field.vector(6, 4));
      fields(field.vector(5, 4), depth + 1);
    }
  }

  function strings(list: Items): void {
    for (let i = 0; i < list.count; i++) {
      const pair = table(offset(list.start + i * 4));
      spend(pair.vector(0, 1).count + pair.vector(1, 1).count);
    }
  }

  return { offset, table, fields, strings };
}
