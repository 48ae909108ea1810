import type { ColumnPair, LevelColumn, NumberColumn, NumberStream, Pair } from '../column.js';
import type { ResolvedOptions } from '../contract.js';
import { addDays, noDays } from '../drift/dayProfiles.js';
import { needsOf } from '../drift/toRuns.js';
import { DriftError, messages } from '../errors.js';
import { createRefinement, type Refinement } from '../stats/refine.js';

/** Values of both sides together that tell how to cut. */
const sampleCount = 20_000;
const sides = ['reference', 'current'] as const;

/**
 * Puts a column in order that is too large to be held: reads it twice, and keeps what order statistics need.
 *
 * @param mostCount - values that may be held for it
 */
export async function orderStreams(
  pair: ColumnPair,
  options: ResolvedOptions,
  mostCount: number,
): Promise<ColumnPair> {
  const { streams, ...others } = pair;
  if (!streams) return pair;
  const sample = await sampleOf(streams, options.seed);
  const refinement = createRefinement(sample);
  if (!refinement) {
    const skipReason =
      'it has too many values to be held in memory, and some beyond 1e150; allow more with --memory';
    return { ...others, skipReason };
  }
  const isTime = pair.kind === 'datetime';
  const days = { reference: noDays(), current: noDays() };
  const take = (side: keyof typeof days, values: Float64Array) => {
    refinement.count(side, values);
    if (isTime) addDays(days[side], values);
  };
  const { counted, runs } = await twice(streams, refinement, take, () =>
    refinement.choose(needsOf(pair.name, options), mostCount),
  );
  const [reference, current] = await Promise.all(
    sides.map(async (side): Promise<NumberColumn> => {
      const { missingCount } = counted[side];
      const unparsedCount = await streams[side].unparsedCount(missingCount);
      const nothing = { values: new Float64Array(0), missingMask: null };
      const ordered = { ...nothing, ...counted[side], unparsedCount, runs: runs[side] };
      return isTime ? { ...ordered, days: days[side] } : ordered;
    }),
  );
  if (!reference || !current) throw new RangeError('orderStreams orders two sides');
  const numbers = { reference, current };
  if (isTime) return { ...others, numbers };
  if (pair.kind !== 'numeric') return { ...others, lengths: withDistinct(numbers, streams) };
  return areFlags(numbers)
    ? { ...others, kind: 'boolean', numbers, levels: toLevels(numbers) }
    : { ...others, numbers };
}

/** Both passes of a refinement, and what comes of them. */
async function twice(
  streams: Pair<NumberStream>,
  refinement: Refinement,
  count: Refinement['count'],
  choose: () => void,
) {
  try {
    const counted = await pass(streams, count);
    choose();
    await pass(streams, refinement.gather);
    return { counted, runs: refinement.runs() };
  } finally {
    refinement.close();
  }
}

async function sampleOf(streams: Pair<NumberStream>, seed: number): Promise<Float64Array> {
  const { reference, current } = streams;
  const share = Math.min(1, sampleCount / (reference.rowCount + current.rowCount));
  const samples = await Promise.all([reference.sample(share, seed), current.sample(share, seed)]);
  return Float64Array.from(samples.flatMap((values) => Array.from(values)))
    .filter(Number.isFinite)
    .sort();
}

/** Both sides at once; each has a database of its own. */
async function pass(
  streams: Pair<NumberStream>,
  take: Refinement['count'],
): Promise<Pair<{ missingCount: number; infiniteCount: number }>> {
  const one = async (side: (typeof sides)[number]) => {
    let [rowCount, missingCount, infiniteCount] = [0, 0, 0];
    await streams[side].pass((values) => {
      rowCount += values.length;
      for (let i = 0; i < values.length; i++) {
        const value = values[i] as number;
        if (value - value === 0) continue;
        if (Number.isNaN(value)) missingCount++;
        else infiniteCount++;
      }
      take(side, values);
    });
    if (rowCount !== streams[side].rowCount)
      throw new DriftError('file-damaged', messages.fileChanged(streams[side].name));
    return { missingCount, infiniteCount };
  };
  const [reference, current] = await Promise.all([one('reference'), one('current')]);
  return { reference, current };
}

function withDistinct(
  { reference, current }: Pair<NumberColumn>,
  streams: Pair<NumberStream>,
): NonNullable<ColumnPair['lengths']> {
  return {
    reference: { ...reference, distinctCount: streams.reference.distinctCount ?? 0 },
    current: { ...current, distinctCount: streams.current.distinctCount ?? 0 },
  };
}

function areFlags({ reference, current }: Pair<NumberColumn>): boolean {
  return [reference, current].every(
    ({ runs }) => runs?.values.every((value) => value === 0 || value === 1) ?? false,
  );
}

function toLevels({ reference, current }: Pair<NumberColumn>): Pair<LevelColumn> {
  const side = ({ runs, missingCount, infiniteCount }: NumberColumn): LevelColumn => {
    const trueCount = runs?.values.at(-1) === 1 ? runs.length - (runs.ends.at(-2) ?? 0) : 0;
    const count = runs?.length ?? 0;
    const levels = new Map([
      ['false', count - trueCount],
      ['true', trueCount],
    ]);
    for (const [level, rowCount] of levels) if (rowCount === 0) levels.delete(level);
    return { levels, count, missingCount: missingCount + infiniteCount };
  };
  return { reference: side(reference), current: side(current) };
}
