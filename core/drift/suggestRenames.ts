import type { Pair } from '../column.js';
import type { ColumnSchema, SchemaDifference } from '../contract.js';
import { alikeValues, isTimeText, present } from './alikeValues.js';
import { isAbbreviated } from './isAbbreviated.js';
import { number } from './words.js';

/** A column that stands on one side only, with its first values as text. */
export interface LoneColumn extends ColumnSchema {
  values: readonly (string | null)[];
}

type Rename = SchemaDifference['renamed'][number];

/** Shorter names are alike by chance. */
const shortestName = 5;
const shortestWord = 4;

/**
 * Which removed columns are perhaps among the added ones under another name: the same but for case and punctuation,
 * one letter apart, with one word more, or with one word abbreviated. Rather none than a wrong one, so what could be
 * several is not suggested, and similar names must hold similar values. Values alone tell nothing, however alike:
 * `home_city` and `work_city`, or `sales_jan` and `sales_feb`, are so too.
 */
export function suggestRenames({ reference, current }: Pair<readonly LoneColumn[]>): Rename[] {
  const same = pairsOf(reference, current, sameName);
  const isLeft = (side: 'from' | 'to') => (column: LoneColumn) =>
    !same.some((rename) => rename[side] === column.name);
  const similar = pairsOf(
    reference.filter(isLeft('from')),
    current.filter(isLeft('to')),
    similarColumn,
  );
  return [...same, ...similar];
}

/** Pairs of which neither column has another candidate. */
function pairsOf(
  reference: readonly LoneColumn[],
  current: readonly LoneColumn[],
  compare: (from: LoneColumn, to: LoneColumn) => string | null,
): Rename[] {
  const found = reference.flatMap((from) =>
    current.flatMap((to) => {
      const why = compare(from, to);
      return why === null ? [] : [{ from: from.name, to: to.name, why }];
    }),
  );
  return found.filter(
    (rename) =>
      found.filter(({ from, to }) => from === rename.from || to === rename.to).length === 1,
  );
}

function sameName(from: LoneColumn, to: LoneColumn): string | null {
  const plain = wordsOf(from.name).join('');
  return plain !== '' && plain === wordsOf(to.name).join('')
    ? 'the same name but for case and punctuation'
    : null;
}

function similarColumn(from: LoneColumn, to: LoneColumn): string | null {
  const [before, after] = [wordsOf(from.name), wordsOf(to.name)];
  const how = isOneLetterApart(before, after)
    ? 'a name one letter apart'
    : hasOneWordMore(before, after) || hasOneWordMore(after, before)
      ? 'a name with one word more or less'
      : null;
  if (how !== null) return withEvidence(how, valuesInCommon(from, to));
  return isAbbreviated(before, after)
    ? withEvidence('a name with one word abbreviated', alikeValues(present(from), present(to)))
    : null;
}

function withEvidence(how: string, values: string | null): string | null {
  return values === null ? null : `${how}, and ${values}`;
}

/** `tpepPickupDateTime` is tpep, pickup, date, time. */
function wordsOf(name: string): string[] {
  return (
    name
      .replace(/(\p{Ll}|\p{N})(\p{Lu})/gu, '$1 $2')
      .replace(/(\p{Lu})(\p{Lu}\p{Ll})/gu, '$1 $2')
      .toLowerCase()
      .match(/[\p{L}\p{M}\p{N}]+/gu) ?? []
  );
}

/** In a word that is long enough to be one, and not in a digit: `x_position` is not `y_position`. */
function isOneLetterApart(before: readonly string[], after: readonly string[]): boolean {
  const [a, b] = [before.join(''), after.join('')];
  if (Math.min(a.length, b.length) < shortestName || a === b) return false;
  let start = 0;
  while (start < Math.min(a.length, b.length) && a[start] === b[start]) start++;
  let end = 0;
  const most = Math.min(a.length, b.length) - start;
  while (end < most && a[a.length - 1 - end] === b[b.length - 1 - end]) end++;
  const [inA, inB] = [a.slice(start, a.length - end), b.slice(start, b.length - end)];
  return (
    Math.max(inA.length, inB.length) === 1 &&
    !/\P{L}/u.test(inA + inB) &&
    isInLongWord(before, start, inA) &&
    isInLongWord(after, start, inB)
  );
}

/** Of a name that lacks the letter: the word before or after it. `min` is not `main`. */
function isInLongWord(words: readonly string[], position: number, letter: string): boolean {
  const lengths = [position - (letter === '' ? 1 : 0), position].map(
    (at) => wordAt(words, at).length,
  );
  return Math.max(...lengths) >= shortestWord;
}

/** The word in which a letter stands. */
function wordAt(words: readonly string[], position: number): string {
  let end = 0;
  for (const word of words) {
    end += word.length;
    if (position < end) return word;
  }
  return words.at(-1) ?? '';
}

/** At its beginning or end, and of words that are not numbers: `pickup_datetime` and `tpep_pickup_datetime`. */
function hasOneWordMore(short: readonly string[], long: readonly string[]): boolean {
  if (short.length < 2 || long.length !== short.length + 1) return false;
  const text = short.join(' ');
  const isFirst = long.slice(1).join(' ') === text;
  const isLast = long.slice(0, -1).join(' ') === text;
  const word = isFirst ? long[0] : isLast ? long.at(-1) : undefined;
  return word !== undefined && !/\p{N}/u.test(word);
}

/** In words; null where the values tell against it, or there are none. */
function valuesInCommon(from: LoneColumn, to: LoneColumn): string | null {
  const [before, after] = [present(from), present(to)];
  if (before.length === 0 || after.length === 0) return null;
  const numbers = { before: before.map(Number), after: after.map(Number) };
  const areNumbers = numbers.before.every(Number.isFinite);
  if (areNumbers !== numbers.after.every(Number.isFinite)) return null;
  if (areNumbers) return rangesInCommon(numbers.before, numbers.after);
  const areTimes = before.every(isTimeText);
  if (areTimes !== after.every(isTimeText)) return null;
  if (areTimes) return 'both hold times';
  const known = new Set(before);
  const common = new Set(after.filter((value) => known.has(value))).size;
  return common > 0 ? `both hold ${common === 1 ? 'a value' : `${common} values`} in common` : null;
}

function rangesInCommon(before: readonly number[], after: readonly number[]): string | null {
  const [lowBefore, highBefore] = [Math.min(...before), Math.max(...before)];
  const [lowAfter, highAfter] = [Math.min(...after), Math.max(...after)];
  if (lowBefore > highAfter || lowAfter > highBefore) return null;
  const range = (low: number, high: number) => `${number(low)} to ${number(high)}`;
  return `both begin with numbers of overlapping range (${range(lowBefore, highBefore)}, ${range(lowAfter, highAfter)})`;
}
