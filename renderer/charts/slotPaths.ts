import { shares } from '../linkedCube.js';

/** Shares of rows by bin as steps over slots of one width, in a box of `width` × `height`. */
export interface SlotPaths {
  /** Closed to the ground. */
  reference: string;
  /** Open at both ends. */
  current: string;
}

/** @param top - the share at the upper end */
export function slotPaths(
  { reference, current }: { reference: number[]; current: number[] },
  top: number,
  width: number,
  height: number,
): SlotPaths {
  const steps = (counts: number[]) =>
    shares(counts)
      .map((share, bin) => {
        const y = round(height - (top === 0 ? 0 : Math.min(1, share / top)) * (height - 1));
        const end = round(((bin + 1) / counts.length) * width);
        return `${bin === 0 ? `M0,${height}V` : 'V'}${y}H${end}`;
      })
      .join('');
  return { reference: `${steps(reference)}V${height}Z`, current: `${steps(current)}V${height}` };
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
