import type { Finding } from '../contract.js';
import { nearPowerOfTen } from './shape.js';

/** The factor by which all quantiles changed; null where they did not change by one. */
export function commonFactor({ kind, reference, current }: Finding): number | null {
  if (kind !== 'numeric') return null;
  const ratios = ['0.05', '0.25', '0.5', '0.75', '0.95'].map(
    (p) => Number(current.quantiles?.[p]) / Number(reference.quantiles?.[p]),
  );
  if (!ratios.every((ratio) => ratio > 0 && ratio < Infinity)) return null;
  const factor = median(ratios);
  const size = Math.abs(Math.log(factor));
  const isCommon = ratios.every((ratio) => {
    return Math.abs(Math.log(ratio / factor)) <= Math.min(0.15, 0.25 * size);
  });
  return isCommon && size >= 0.05 ? nearPowerOfTen(factor) : null;
}

/**
 * The distance by which the middle half moved, in the reference's 5-95 % range as that of a normal distribution;
 * null where it moved little or changed its width as much.
 */
export function commonShift({ kind, channels, reference, current }: Finding): number | null {
  if (kind !== 'numeric' || channels.shape.verdict !== 'drifted') return null;
  const at = (side: Finding['current'], p: string) => Number(side.quantiles?.[p]);
  const spread = (at(reference, '0.95') - at(reference, '0.05')) / 3.29;
  if (!(spread > 0)) return null;
  const shifts = ['0.25', '0.5', '0.75'].map((p) => (at(current, p) - at(reference, p)) / spread);
  const shift = median(shifts);
  const isCommon = shifts.every((other) => Math.abs(other - shift) <= 0.35 * Math.abs(shift));
  return isCommon && Math.abs(shift) >= 0.1 ? shift : null;
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1] as number;
}
