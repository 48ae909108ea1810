/** So long is what a word is cut to. */
const [shortest, longest] = [3, 5];
const shortestWhole = 6;
/** Short words that stand for themselves: `net` is not short for network. */
const wholeWords = new Set(
  (
    'age all art bar car day end for man net new old out per pre pro set son sub sum tax top use ' +
    'bank base case cash club farm hand head home line part port rate sale term test user work'
  ).split(' '),
);

/** Whether two names are the same but for one word, which is short for the other: `cust_age` and `customer_age`. */
export function isAbbreviated(before: readonly string[], after: readonly string[]): boolean {
  if (before.length !== after.length) return false;
  const apart = before.flatMap((word, i) => {
    const other = after[i] ?? '';
    return word === other ? [] : [[word, other] as const];
  });
  const [pair] = apart;
  if (apart.length !== 1 || pair === undefined) return false;
  const [short, whole] = pair[0].length < pair[1].length ? pair : [pair[1], pair[0]];
  return isShortFor(short, whole);
}

/** Its beginning, as in `temp`, or its first letter and some of the others in their order, as in `qty` for quantity. */
function isShortFor(short: string, whole: string): boolean {
  const isWord = /^\p{L}+$/u.test(short + whole);
  if (!isWord || whole.length < shortestWhole) return false;
  if (short.length < shortest || short.length > longest || wholeWords.has(short)) return false;
  if (whole.startsWith(short)) return true;
  // vowels are what is left out: `min` is not short for `margin`
  if (short[0] !== whole[0] || /[aeiou]/.test(short.slice(1))) return false;
  let next = 0;
  for (const letter of whole) if (letter === short[next]) next++;
  return next === short.length;
}
