/**
 * P-values corrected for many tests: Benjamini-Hochberg, Holm, or none.
 *
 * `bh` holds the share of false alarms among the alarms, `holm` the chance of even one. Neither needs more
 * than what each test gives; `bh` allows independence or positive dependence, `holm` any.
 *
 * Range: 0 to 1, never below the raw p-value.
 * Cost: O(k log k).
 * Source: Benjamini and Hochberg (1995), "Controlling the false discovery rate", Journal of the Royal
 *         Statistical Society B 57(1), 289-300; Holm (1979), "A simple sequentially rejective multiple test
 *         procedure", Scandinavian Journal of Statistics 6(2), 65-70.
 * Checked: scipy.stats.false_discovery_control 1.17.1 for bh; Holm's definition in Python; relative 1e-14
 *          (test/fixtures/scipy/adjustPValues.json)
 *
 * @param pValues - 0 to 1 each, any order; not modified
 * @param correction - `bh`, `holm` or `none`
 * @returns corrected p-values in the order given
 * @throws {RangeError} if a p-value is not within 0 to 1
 *
 * @example
 * adjustPValues([0.01, 0.04, 0.03], 'bh')
 * // => [0.03, 0.04, 0.04]
 */
export function adjustPValues(
  pValues: ArrayLike<number>,
  correction: 'bh' | 'holm' | 'none',
): number[] {
  const given = Array.from(pValues);
  const wrong = given.find((p) => !(p >= 0 && p <= 1));
  if (wrong !== undefined) {
    throw new RangeError(`adjustPValues requires p-values within 0 to 1 (got ${wrong})`);
  }
  if (correction === 'none') return given;
  const count = given.length;
  const order = given.map((_, index) => index);
  order.sort((one, other) => (given[one] as number) - (given[other] as number));
  const adjusted = new Array<number>(count);
  if (correction === 'bh') {
    let smallest = 1;
    for (let rank = count; rank >= 1; rank--) {
      const index = order[rank - 1] as number;
      const p = given[index] as number;
      smallest = Math.min(smallest, Math.max(p, (p * count) / rank));
      adjusted[index] = smallest;
    }
  } else {
    let largest = 0;
    for (let rank = 1; rank <= count; rank++) {
      const index = order[rank - 1] as number;
      largest = Math.max(largest, (given[index] as number) * (count - rank + 1));
      adjusted[index] = Math.min(1, largest);
    }
  }
  return adjusted;
}
