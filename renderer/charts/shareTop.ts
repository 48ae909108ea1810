export interface ShareTop {
  /** The share at the upper end of the axis. */
  top: number;
  /** The bin that goes beyond it; null where none does. */
  cutBin: number | null;
}

/**
 * Where the axis of shares ends: at the highest bin, unless that one stands alone. A single spike
 * of one side, as after a change of unit, would press all else flat, so it is cut off above the rest.
 */
export function shareTop(reference: number[], current: number[]): ShareTop {
  const heights = reference.map((share, bin) => Math.max(share, current[bin] ?? 0));
  const highest = Math.max(0, ...heights);
  const bin = heights.indexOf(highest);
  const rest = Math.max(0, ...heights.filter((_height, other) => other !== bin));
  const lower = Math.min(reference[bin] ?? 0, current[bin] ?? 0);
  const room = 1.6 * rest;
  if (rest > 0 && highest > 4 * rest && lower <= rest) return { top: room, cutBin: bin };
  return { top: highest, cutBin: null };
}
