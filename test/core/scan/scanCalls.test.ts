/** Words, halves and values made missing: files and arrays answer alike. */
import { describe, expect, test } from 'vitest';
import type { WordColumn } from '../../../core/column.js';
import type { MemorySource, Source } from '../../../core/contract.js';
import { withPair } from '../../../core/scan/openPair.js';
import { type HalvesBy, type Scan, wordSampleCount } from '../../../core/scan/scan.js';
import { createTemporaryFolder } from '../../createTemporaryFolder.js';
import { runSql } from './opened.js';

const folder = createTemporaryFolder();

function scanned<T>(source: Source | MemorySource, work: (scan: Scan) => Promise<T>): Promise<T> {
  return withPair({ reference: source, current: source }, {}, ({ reference }) => work(reference));
}

function texts(name: string, values: (string | null)[]): { source: Source; memory: MemorySource } {
  const lines = values.map((text) => (text === null ? '' : `"${text.replaceAll('"', '""')}"`));
  return {
    source: {
      path: folder.write(`${name}.csv`, `text,n\n${lines.map((t, i) => `${t},${i}`).join('\n')}\n`),
      reading: { delimiter: ',', header: true },
    },
    memory: { name, columns: [{ name: 'text', values: { type: 'string', values } }] },
  };
}

describe('words', () => {
  const cases: [string, (string | null)[], Record<string, number>][] = [
    ['once a value', ['loan loan loan', 'a loan'], { a: 1, loan: 2 }],
    ['in any case', ['The CAT', 'the cat', 'ÉCOLE école'], { cat: 2, the: 2, école: 1 }],
    [
      'with an apostrophe inside',
      ["don't stop", 'don’t', "'quoted' words'", "rock 'n' roll"],
      { "don't": 1, stop: 1, 'don’t': 1, quoted: 1, words: 1, rock: 1, n: 1, roll: 1 },
    ],
    [
      'of other scripts',
      ['Привет мир', 'हिन्दी भाषा', 'שלום עולם', '日本 語', 'ελλάδα'],
      {
        ...{ привет: 1, мир: 1, हिन्दी: 1, भाषा: 1, שלום: 1, עולם: 1 },
        ...{ 日本: 1, 語: 1, ελλάδα: 1 },
      },
    ],
    ['with marks that stand by themselves', ['cafe\u0301 noir'], { 'cafe\u0301': 1, noir: 1 }],
    ['and numbers', ['2 for 1', '10€, 3.5'], { 1: 1, 2: 1, for: 1, 10: 1, 3: 1, 5: 1 }],
    ['but no signs', ['-- !!! ...', '🙂 ok'], { ok: 1 }],
    ['of what is there', [null, 'a b', null, ''], { a: 1, b: 1 }],
  ];
  test.each(cases)('%s', async (name, values, expected) => {
    const { source, memory } = texts(`words ${name}`, values);
    const words = (scan: Scan) => scan.words(0, 1);
    const [ofFile, ofMemory] = [await scanned(source, words), await scanned(memory, words)];
    expect(Object.fromEntries(ofMemory.words)).toEqual(expected);
    expect(Object.fromEntries(ofFile.words)).toEqual(expected);
    const there = values.filter((text) => text !== null);
    expect(ofMemory.valueCount).toBe(there.length);
    // an empty cell of a CSV file is missing
    expect(ofFile.valueCount).toBe(name.startsWith('of what') ? 1 : there.length);
  });

  test('of more than 100 000 rows are those of a seeded sample', async () => {
    const rowCount = 300_000;
    const path = `${folder.path}/many.parquet`;
    await runSql(
      `COPY (SELECT 'all ' || CASE WHEN i % 3 = 0 THEN 'third' ELSE 'other' END || ' w' || i AS text
        FROM range(${rowCount}) t(i)) TO '${path}' (FORMAT parquet)`,
    );
    const values = Array.from(
      { length: rowCount },
      (_, i) => `all ${i % 3 === 0 ? 'third' : 'other'} w${i}`,
    );
    const memory: MemorySource = {
      name: 'many',
      columns: [{ name: 'text', values: { type: 'string', values } }],
    };
    for (const source of [{ path }, memory]) {
      const [one, again, other] = await scanned(source, async (scan) => [
        await scan.words(0, 1),
        await scan.words(0, 1),
        await scan.words(0, 2),
      ]);
      if (!one || !again || !other) throw new Error('no words');
      expect(one.valueCount).toBe(wordSampleCount);
      expect(one.words.get('all')).toBe(wordSampleCount);
      expect(Math.abs((one.words.get('third') ?? 0) / wordSampleCount - 1 / 3)).toBeLessThan(0.006);
      expect(sameWords(again, one)).toBe(true);
      expect(sameWords(other, one)).toBe(false);
    }
  });
});

function sameWords(one: WordColumn, other: WordColumn): boolean {
  return (
    one.words.size === other.words.size &&
    [...one.words].every(([word, count]) => other.words.get(word) === count)
  );
}

describe('halves', () => {
  const rowCount = 5000;
  const hourMs = 3_600_000;
  const start = Date.UTC(2026, 0, 5);
  const time = (i: number) => (i % 10 === 9 ? Number.NaN : start + ((i * 7) % rowCount) * hourMs);
  const memory: MemorySource = {
    name: 'memory',
    columns: [
      { name: 'n', values: { type: 'number', values: Float64Array.from(counted((i) => i)) } },
      { name: 't', values: { type: 'datetime', values: Float64Array.from(counted(time)) } },
      { name: 'word', values: { type: 'string', values: counted((i) => `w${i % 7}`) } },
    ],
  };
  const lines = counted((i) =>
    [i, Number.isNaN(time(i)) ? '' : new Date(time(i)).toISOString(), `w${i % 7}`].join(','),
  );
  const csv = () => ({ path: folder.write('halves.csv', `n,t,word\n${lines.join('\n')}\n`) });
  const parquet = async () => {
    const path = `${folder.path}/halves.parquet`;
    await runSql(
      `COPY (SELECT * FROM read_csv('${csv().path}')) TO '${path}' (FORMAT parquet, ROW_GROUP_SIZE 2048)`,
    );
    return { path };
  };
  const places: [string, () => Promise<Source | MemorySource> | Source | MemorySource][] = [
    ['memory', () => memory],
    ['a CSV file', csv],
    ['a Parquet file', parquet],
  ];

  function halves(
    source: Source | MemorySource,
    by: HalvesBy,
  ): Promise<{ reference: number[]; current: number[]; words: number }> {
    return scanned(source, async (scan) => {
      const { reference, current } = await scan.halves(by);
      const numbers = async (half: Scan) => Array.from((await half.numbers(0, 'number')).values);
      const counts = [reference, current].map(({ dataset }) => dataset.rowCount);
      const found = { reference: await numbers(reference), current: await numbers(current) };
      expect(counts).toEqual([found.reference.length, found.current.length]);
      const levels = [await reference.levels(2), await current.levels(2)];
      return { ...found, words: levels.reduce((sum, { count }) => sum + count, 0) };
    });
  }

  test.each(places)('at random of %s have every row once', async (_, open) => {
    const source = await open();
    const found = await halves(source, { seed: 1 });
    const all = [...found.reference, ...found.current].sort((a, b) => a - b);
    expect(all).toEqual(counted((i) => i));
    expect(found.words).toBe(rowCount);
    expect(Math.abs(found.reference.length - rowCount / 2)).toBeLessThan(3 * Math.sqrt(rowCount));
    expect(await halves(source, { seed: 1 })).toEqual(found);
    expect(unlike(found.reference, (await halves(source, { seed: 2 })).reference)).toBe(true);
  });

  test.each(places)('at random of %s do not follow any rhythm of the rows', async (_, open) => {
    const source = await open();
    for (const seed of [0, 1, 2, 7]) {
      const { reference } = await halves(source, { seed });
      const isIn = new Uint8Array(rowCount);
      for (const row of reference) isIn[row] = 1;
      for (const period of [2, 3, 4, 5, 7, 8, 10, 16, 24]) {
        for (let phase = 0; phase < period; phase++) {
          const own = counted((i) => i).filter((row) => row % period === phase);
          const share = own.filter((row) => isIn[row] === 1).length / own.length;
          expect(Math.abs(share - 0.5) * 2 * Math.sqrt(own.length)).toBeLessThan(4.5);
        }
      }
      // neighbours are in one half as often as not
      const together = counted((i) => i).filter((i) => i > 0 && isIn[i] === isIn[i - 1]);
      const share = together.length / rowCount;
      expect(Math.abs(share - 0.5) * 2 * Math.sqrt(rowCount)).toBeLessThan(4.5);
    }
  });

  test.each(places)('by time of %s: up to the median, after it, and neither', async (_, open) => {
    const { reference, current } = await halves(await open(), { index: 1 });
    const timed = counted((i) => i).filter((i) => !Number.isNaN(time(i)));
    const all = [...reference, ...current].sort((a, b) => a - b);
    expect(all).toEqual(timed);
    expect(reference.length).toBe(timed.length / 2);
    expect(Math.max(...reference.map(time))).toBeLessThan(Math.min(...current.map(time)));
  });

  test.each(places)('by numbers of %s', async (_, open) => {
    const { reference, current } = await halves(await open(), { index: 0 });
    expect(reference).toEqual(counted((i) => i).slice(0, rowCount / 2));
    expect(current).toEqual(counted((i) => i).slice(rowCount / 2));
  });

  test.each(places)('by words of %s are empty', async (_, open) => {
    expect(await halves(await open(), { index: 2 })).toEqual({
      reference: [],
      current: [],
      words: 0,
    });
  });

  function counted<T>(of: (i: number) => T): T[] {
    return Array.from({ length: rowCount }, (_, i) => of(i));
  }

  function unlike(one: number[], other: number[]): boolean {
    const both = new Set(other);
    const shared = one.filter((row) => both.has(row)).length;
    return Math.abs(shared / one.length - 0.5) < 0.1;
  }
});

describe('without given values', () => {
  const values = ['a b', 'none', 'NONE', null, 'a b', "it's", ' none'];
  const { source, memory } = texts('without', values);

  test.each<[string, Source | MemorySource]>([
    ['a file', source],
    ['memory', memory],
  ])('%s has them nowhere', async (_, input) => {
    const found = await scanned(input, async (scan) => {
      const less = await scan.without(new Map([[0, ['none', "it's", 'not there']]]));
      const [profile] = await less.profiles([0]);
      const [words, levels] = [await less.words(0, 1), await less.levels(0)];
      const lengths = await less.numbers(0, 'length');
      // the scan itself stays as it is
      expect((await scan.levels(0)).count).toBe(6);
      return { profile, words, levels, missingCount: lengths.missingCount };
    });
    expect(found.profile?.count).toBe(4);
    expect([...found.levels.levels.keys()].sort()).toEqual([' none', 'NONE', 'a b']);
    expect(found.levels.missingCount).toBe(3);
    expect(found.missingCount).toBe(3);
    expect(Object.fromEntries(found.words.words)).toEqual({ a: 2, b: 2, none: 2 });
  });

  test('flags with gaps are flags in files too', async () => {
    const { source: flags } = texts('flags', ['yes', 'no', null, 'no', 'yes']);
    const [profile] = await scanned(flags, (scan) => scan.profiles([0]));
    expect(profile?.words).toEqual(['no', 'yes']);
  });
});
