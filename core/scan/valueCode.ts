import { toFlag } from './flags.js';
import type { CodedColumn } from './scan.js';
import { toNumber, toTime } from './spellings.js';

const dayMs = 86_400_000;

/** The bin of a column's number or time; NaN where there is no value. */
export function valueCode({ cut, missingValues }: CodedColumn): (value: number) => number {
  const isTime = cut.by === 'edges' && cut.reading === 'datetime';
  const isMissing = missingNumber(missingValues, isTime);
  if (cut.by === 'edges') {
    const edges = Float64Array.from(cut.edges);
    return (value) => {
      if (isMissing(value)) return edges.length + 1;
      let bin = 0;
      while (bin < edges.length && value >= (edges[bin] as number)) bin++;
      return bin;
    };
  }
  const places = new Map(cut.levels.map((level, place) => [level, place]));
  const [other, missing] = [cut.levels.length, cut.levels.length + 1];
  return (value) => {
    if (isMissing(value) || !Number.isFinite(value)) return missing;
    const level = String(value + 0);
    return places.get(level) ?? places.get(toFlag(level, false)) ?? other;
  };
}

function missingNumber(
  missingValues: readonly string[],
  isTime: boolean,
): (value: number) => boolean {
  if (missingValues.length === 0) return Number.isNaN;
  const dropped = new Set(missingValues.map(isTime ? toTime : toNumber));
  // of dates, a day without a time means the whole day
  const days = new Set(
    missingValues
      .filter((text) => isTime && /^\d{4}-\d{2}-\d{2}$/.test(text))
      .map((text) => Math.floor(toTime(text) / dayMs)),
  );
  return (value) =>
    Number.isNaN(value) || dropped.has(value) || days.has(Math.floor(value / dayMs));
}
