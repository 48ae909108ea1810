import type { Evidence } from './evidence.js';
import { roundedUp } from './words.js';

/** Beyond this "more rows would tell" is no help: the effect sits at its limit. */
const mostRows = 100_000_000;

/**
 * About how many more current rows would settle an inconclusive effect. Intervals shrink with
 * sqrt(1/n + 1/m): below the limit the upper end must come under it, above it the p-value must follow.
 */
export function rowsNeeded({
  effect,
  referenceCount: n,
  currentCount: m,
}: Extract<Evidence, { status: 'measured' }>): {
  rowCount: number | null;
  referenceTooSmall: boolean;
} {
  const half = Math.max(effect.interval[1] - effect.value, effect.noiseFloor / 2);
  // a test at a corrected level needs some 3 standard errors; half an interval is about 2
  const target = effect.value >= effect.limit ? effect.value / 1.5 : effect.limit - effect.value;
  // the estimate moves as rows come in; without this margin only half of the verdicts would be settled
  const factor = Math.max(1.1, 1.5 * (half / target) ** 2);
  const effective = (factor * n * m) / (n + m);
  if (!Number.isFinite(effective) || effective > mostRows)
    return { rowCount: null, referenceTooSmall: false };
  // with the reference as it is: 1/n + 1/m' = 1/effective
  if (effective < 0.8 * n) {
    return { rowCount: roundedUp((n * effective) / (n - effective) - m), referenceTooSmall: false };
  }
  return { rowCount: roundedUp(Math.max(1, 2 * effective - m)), referenceTooSmall: true };
}
