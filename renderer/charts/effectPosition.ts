/** Where the scale of effects stops: 16 times the limit. */
export const farthest = 16;
const limitAt = 0.3;

/**
 * The place of an effect on the shared scale, 0..1, from effect ÷ limit: even up to the limit,
 * which stands at 0.3, then one equal step for each doubling.
 */
export function effectPosition(ratio: number): number {
  if (!(ratio > 0)) return 0;
  if (ratio <= 1) return ratio * limitAt;
  return Math.min(1, limitAt + ((1 - limitAt) * Math.log2(ratio)) / Math.log2(farthest));
}
