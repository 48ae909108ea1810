import { type Data, MapRow, StructRow, Vector } from 'apache-arrow';

/** Parts of one value, and letters of each, that are shown at most. */
const shownParts = 100;
const shownLength = 200;

const vectors = new WeakMap<Data, Vector>();

/** A value as apache-arrow gives it. */
export function arrowValue(data: Data, row: number): unknown {
  let vector = vectors.get(data);
  if (!vector) {
    vector = new Vector([data]);
    vectors.set(data, vector);
  }
  return vector.get(row);
}

/** A value that nothing is computed from, for a look: of one with parts the first are shown. */
export function arrowText(data: Data, row: number): string | null {
  try {
    return shownText(arrowValue(data, row), { left: shownParts });
  } catch (error) {
    // a union's missing value has no type, and may name one that is not there
    if (error instanceof TypeError) return null;
    throw error;
  }
}

/** Lists may be damaged, and longer than any text. */
function shownText(value: unknown, parts: { left: number }): string {
  if (value === null || value === undefined) return 'NULL';
  if (typeof value === 'string') return value.slice(0, shownLength);
  if (value instanceof Uint8Array)
    return Buffer.from(value.subarray(0, shownLength)).toString('hex');
  if (value instanceof StructRow || value instanceof MapRow) {
    return `{${listed(value, parts, ([name, item]) => `${String(name)}: ${shownText(item, parts)}`)}}`;
  }
  if (value instanceof Vector || ArrayBuffer.isView(value)) {
    const items = value as Iterable<unknown>;
    return `[${listed(items, parts, (item) => shownText(item, parts))}]`;
  }
  return String(value);
}

function listed<T>(items: Iterable<T>, parts: { left: number }, show: (item: T) => string): string {
  const texts: string[] = [];
  for (const item of items) {
    if (parts.left-- <= 0) {
      texts.push('…');
      break;
    }
    texts.push(show(item));
  }
  return texts.join(', ');
}
