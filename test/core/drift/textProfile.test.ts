import { describe, expect, test } from 'vitest';
import type { WordColumn } from '../../../core/column.js';
import { textProfile } from '../../../core/drift/textProfile.js';
import type { Random } from '../../../core/stats/random.js';
import { draws, judgedColumn } from './judged.js';

/** Ranks by Zipf's law, as words of a language are. */
const vocabulary = 4000;
const cumulated = (() => {
  let sum = 0;
  return Float64Array.from({ length: vocabulary }, (_, rank) => {
    sum += 1 / (rank + 1.5);
    return sum;
  });
})();

describe('unseen words', () => {
  test('without drift are as many as is expected', () => {
    let [unseen, expected] = [0, 0];
    const runs = 25;
    for (let run = 0; run < runs; run++) {
      const found = textProfile({
        reference: wordColumn(2 * run + 1, 500),
        current: wordColumn(2 * run + 2, 300),
      });
      unseen += (found?.unseenWordShare ?? Number.NaN) / runs;
      expected += (found?.expectedUnseenWordShare ?? Number.NaN) / runs;
    }
    expect(expected).toBeGreaterThan(0.05);
    expect(Math.abs(unseen / expected - 1)).toBeLessThan(0.05);
  });

  test('whatever the sizes', () => {
    for (const [n, m] of [
      [200, 2000],
      [2000, 200],
      [3000, 3000],
    ] as const) {
      const found = textProfile({ reference: wordColumn(1, n), current: wordColumn(2, m) });
      const { unseenWordShare = 0, expectedUnseenWordShare = 0 } = found ?? {};
      expect(Math.abs(unseenWordShare / expectedUnseenWordShare - 1)).toBeLessThan(0.2);
    }
  });

  test('are all of another language', () => {
    const german = { words: new Map([['wort', 9]]), valueCount: 9 };
    expect(textProfile({ reference: wordColumn(1, 100), current: german })).toMatchObject({
      unseenWordShare: 1,
    });
  });

  test('cannot be told without words', () => {
    const none = { words: new Map<string, number>(), valueCount: 5 };
    expect(textProfile({ reference: wordColumn(1, 100), current: none })).toBeNull();
    expect(textProfile({ reference: none, current: wordColumn(1, 100) })).toBeNull();
  });
});

describe('words that rose and fell', () => {
  const names = (changes: { word: string }[] | undefined) => changes?.map(({ word }) => word);

  test('hardly any without drift', () => {
    let count = 0;
    for (let run = 0; run < 20; run++) {
      const found = textProfile({
        reference: wordColumn(2 * run + 1, 400),
        current: wordColumn(2 * run + 2, 400),
      });
      count += (found?.risen.length ?? 0) + (found?.fallen.length ?? 0);
    }
    expect(count).toBeLessThanOrEqual(2);
  });

  test('the largest change first, with the shares of values that hold the word', () => {
    const column = (shares: Record<string, number>): WordColumn => ({
      words: new Map(Object.entries(shares).map(([word, share]) => [word, 1000 * share])),
      valueCount: 1000,
    });
    const found = textProfile({
      reference: column({ the: 0.9, loan: 0.5, cash: 0.3, rare: 0.001 }),
      current: column({ the: 0.9, loan: 0.1, card: 0.2, app: 0.25, rare: 0.004 }),
    });
    expect(found?.risen).toEqual([
      { word: 'app', referenceShare: 0, currentShare: 0.25 },
      { word: 'card', referenceShare: 0, currentShare: 0.2 },
    ]);
    expect(found?.fallen).toEqual([
      { word: 'loan', referenceShare: 0.5, currentShare: 0.1 },
      { word: 'cash', referenceShare: 0.3, currentShare: 0 },
    ]);
  });

  test('at most ten of each', () => {
    const column = (word: string): WordColumn => ({
      words: new Map(Array.from({ length: 30 }, (_, i) => [`${word}${i}`, 100 + i])),
      valueCount: 1000,
    });
    const found = textProfile({ reference: column('old'), current: column('new') });
    expect([found?.risen.length, found?.fallen.length]).toEqual([10, 10]);
    expect(found?.risen[0]?.word).toBe('new29');
  });

  test('of a column of text', async () => {
    const text = (seed: number, extra: string) =>
      draws(seed, 600, (random, i) => `${sentence(random, 8)} ${i % 3 === 0 ? extra : ''} no ${i}`);
    const { kind, text: found } = await judgedColumn(text(1, 'Mortgage'), text(2, 'CRYPTO'));
    expect(kind).toBe('text');
    expect(names(found?.risen)).toEqual(['crypto']);
    expect(names(found?.fallen)).toEqual(['mortgage']);
    expect(found?.risen[0]?.currentShare).toBeCloseTo(1 / 3, 10);
  });

  test('are of text columns only', async () => {
    const { text } = await judgedColumn(['a', 'b', 'a', 'b'], ['a', 'b', 'b', 'b']);
    expect(text).toBeNull();
  });
});

function sentence(random: Random, length: number): string {
  return Array.from({ length }, () => word(random)).join(' ');
}

function word(random: Random): string {
  const point = random.uniform() * (cumulated.at(-1) ?? 0);
  let [low, high] = [0, vocabulary - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((cumulated[middle] ?? 0) > point) high = middle;
    else low = middle + 1;
  }
  return `w${low}`;
}

/** Values of eight words each. */
function wordColumn(seed: number, valueCount: number): WordColumn {
  const words = new Map<string, number>();
  for (const value of draws(seed, valueCount, (random) => sentence(random, 8))) {
    for (const each of new Set(value.split(' '))) words.set(each, (words.get(each) ?? 0) + 1);
  }
  return { words, valueCount };
}
