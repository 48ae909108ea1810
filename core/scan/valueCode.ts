import { toFlag } from './flags.js';
import { missingNumbers } from './missingNumbers.js';
import type { CodedColumn } from './scan.js';

/** The bin of a column's number or time; NaN where there is no value. */
export function valueCode({ cut, missingValues }: CodedColumn): (value: number) => number {
  const isNamed = missingNumbers(missingValues, cut.by === 'edges' ? cut.reading : 'number');
  const isMissing = (value: number) => Number.isNaN(value) || isNamed(value);
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
