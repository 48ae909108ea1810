/** NumPy's buffer: longer arrays are summed buffer by buffer. */
const BUFFER = 8192;
/** Up to so many values are summed in one block. */
const BLOCK = 128;
/** Running sums side by side within a block. */
const LANES = 8;

/**
 * A sum in the order of NumPy's, rounded alike: eight running sums in blocks of 128, added in pairs up
 * to 8 192. Sums of the same values in another order differ in the last digit, which decides ties.
 *
 * @param values - to sum
 * @param round - rounds every partial sum; `Math.fround` for single precision, none for double
 */
export function pairwiseSum(
  values: ArrayLike<number>,
  round: (value: number) => number = (value) => value,
): number {
  let sum = 0;
  for (let start = 0; start < values.length; start += BUFFER) {
    const end = Math.min(values.length, start + BUFFER);
    sum = round(sum + sumBetween(values, round, start, end));
  }
  return sum;
}

function sumBetween(
  values: ArrayLike<number>,
  round: (value: number) => number,
  start: number,
  end: number,
): number {
  const count = end - start;
  if (count > BLOCK) {
    const half = count >> 1;
    const middle = start + half - (half % LANES);
    return round(sumBetween(values, round, start, middle) + sumBetween(values, round, middle, end));
  }
  const isShort = count < LANES;
  const sums = Float64Array.from({ length: LANES }, (_, lane) =>
    isShort ? 0 : (values[start + lane] as number),
  );
  const last = isShort ? start : end - (count % LANES);
  for (let i = start + LANES; i < last; i++) {
    const lane = (i - start) % LANES;
    sums[lane] = round((sums[lane] as number) + (values[i] as number));
  }
  const pair = (lane: number) => round((sums[lane] as number) + (sums[lane + 1] as number));
  let sum = round(round(pair(0) + pair(2)) + round(pair(4) + pair(6)));
  for (let i = last; i < end; i++) sum = round(sum + (values[i] as number));
  return sum;
}
