/** What was read of a pair of files, by what was asked. Plain data that nobody changes. */
export interface Memory {
  get<T>(key: unknown): T | undefined;
  set(key: unknown, value: unknown): void;
}

export interface Memories {
  /** That of one pair; the others go in the order of their last use. */
  of(pair: string): Memory;
  /** Bytes that are held, about. */
  readonly sizeBytes: number;
}

interface Entry {
  value: unknown;
  sizeBytes: number;
}

/** Memories of the last few pairs, so that judging them otherwise reads nothing. Neither grows beyond its bound. */
export function createMemories(mostPairCount = 3, mostBytes = 200_000_000): Memories {
  const pairs = new Map<string, Map<string, Entry>>();
  const sizeOf = (entries: Map<string, Entry> | undefined) =>
    [...(entries?.values() ?? [])].reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  let total = 0;

  function drop(pair: string): void {
    total -= sizeOf(pairs.get(pair));
    pairs.delete(pair);
  }

  function dropOldest(): void {
    const [oldest] = pairs.keys();
    if (oldest !== undefined) drop(oldest);
  }

  return {
    of: (pair) => {
      const entries = pairs.get(pair) ?? new Map<string, Entry>();
      pairs.delete(pair);
      pairs.set(pair, entries);
      while (pairs.size > mostPairCount) dropOldest();
      return {
        get: <T>(key: unknown) => entries.get(JSON.stringify(key))?.value as T | undefined,
        set: (key, value) => {
          const text = JSON.stringify(key);
          // another comparison may have dropped this pair meanwhile
          if (pairs.get(pair) !== entries || entries.has(text)) return;
          const sizeBytes = text.length + bytesOf(value);
          entries.set(text, { value, sizeBytes });
          total += sizeBytes;
          while (total > mostBytes) dropOldest();
        },
      };
    },
    get sizeBytes() {
      return total;
    },
  };
}

/** What is known by the key, or else what `read` gives, which is known from then on. */
export async function remembered<T>(
  memory: Memory,
  key: unknown,
  read: () => Promise<T>,
): Promise<T> {
  const known = memory.get<T>(key);
  if (known !== undefined) return known;
  const value = await read();
  memory.set(key, value);
  return value;
}

/** About; text takes two bytes a character at most, and numbers as text are longer than in memory. */
function bytesOf(value: unknown): number {
  return ArrayBuffer.isView(value) ? value.byteLength : 2 * JSON.stringify(value).length;
}
