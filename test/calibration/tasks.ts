/** What one process simulates at a time. The seed is made of the task's own words, so it does not matter who runs it, or when. */

import type { ColumnPair } from '../../core/column.js';
import { sortedValues } from '../../core/column.js';
import { judge } from '../../core/drift/judge.js';
import { measureColumn } from '../../core/drift/measureColumn.js';
import { resolveOptions } from '../../core/drift/resolveOptions.js';
import { evidentlyProfile } from '../../core/profile/evidentlyProfile.js';
import type { SizedEffect } from '../../core/stats/effect.js';
import { jensenShannonEffect } from '../../core/stats/jensenShannonEffect.js';
import { newLevelShare, outOfRangeShare } from '../../core/stats/newShare.js';
import { createRandom, type Random } from '../../core/stats/random.js';
import { shareDifference } from '../../core/stats/shareDifference.js';
import { wassersteinEffect } from '../../core/stats/wassersteinEffect.js';
import { drawColumn, drawLevelPair, drawNumbers, type Sizes } from './columns.js';
import {
  driftFor,
  type Family,
  levelFamilies,
  numberFamilies,
  shareFamilies,
  trueEffect,
} from './families.js';

export const families: readonly Family[] = [...numberFamilies, ...levelFamilies, ...shareFamilies];

/** Reports of many columns, judged as a whole. */
export interface ReportTask {
  type: 'reports';
  /** Nothing drifts, or half of the columns. */
  group: 'same' | 'mixed';
  sizes: Sizes;
  /** The column that stands for each entry drifts by this many limits; 0 is no drift. */
  columns: { family: string; multiple: number }[];
  repetitionCount: number;
  /** Stage and part tell the repetitions of one cell apart: none must repeat others. */
  stage: number;
  part: number;
}

/** Intervals of one family at one true effect. */
export interface CoverageTask {
  type: 'coverage';
  sizes: Sizes;
  family: string;
  multiple: number;
  stage: number;
  repetitionCount: number;
}

export type Task = ReportTask | CoverageTask;

/** Counts and sums by cell, to be added up over tasks. */
export type Tally = Record<string, Record<string, number>>;

const options = resolveOptions({}, 'calibration');

export function runTask(task: Task, seed: number): Tally {
  const random = createRandom(hashed(`${seed} ${JSON.stringify(task)}`));
  return task.type === 'reports' ? runReports(task, random) : runCoverage(task, random);
}

export function cellName(
  group: ReportTask['group'] | 'coverage',
  sizes: Sizes,
  family: string,
  multiple: number,
): string {
  return `${group} | ${sizes.reference} v ${sizes.current} | ${family} | ${multiple}`;
}

export function limitOf({ kind }: Family): number {
  if (kind === 'missing') return options.missingLimit;
  return kind === 'new level' || kind === 'out of range' ? options.supportLimit : options.limit;
}

export function familyNamed(name: string): Family {
  const family = families.find((other) => other.name === name);
  if (!family) throw new RangeError(`familyNamed knows no ${name}`);
  return family;
}

const drifts = new Map<string, number>();

function driftOf(family: Family, multiple: number): number {
  const key = `${family.name} ${multiple}`;
  const known = drifts.get(key);
  if (known !== undefined) return known;
  const drift = driftFor(family, multiple * limitOf(family));
  drifts.set(key, drift);
  return drift;
}

function runReports({ group, sizes, columns, repetitionCount }: ReportTask, random: Random): Tally {
  const tally: Tally = {};
  const seeded = { ...options, seed: random.integer(2 ** 31) };
  for (let repetition = 0; repetition < repetitionCount; repetition++) {
    const isAlarm = new Map<string, boolean>();
    const evidence = columns.map(({ family: familyName, multiple }, index) => {
      const family = familyNamed(familyName);
      const pair = drawColumn(family, driftOf(family, multiple), sizes, random, String(index));
      isAlarm.set(pair.name, isEvidentlyAlarm(pair));
      return measureColumn(pair, seeded);
    });
    for (const { name, verdict, channels } of judge(evidence, options).findings) {
      const column = columns[Number(name)] as ReportTask['columns'][number];
      const found = Object.values(channels);
      const holds = (p: number | null) => p !== null && p <= options.alpha;
      add(tally, cellName(group, sizes, column.family, column.multiple), {
        count: 1,
        [verdict]: 1,
        plain: Number(found.some(({ pValue }) => holds(pValue))),
        corrected: Number(found.some(({ adjustedPValue }) => holds(adjustedPValue))),
        evidently: Number(isAlarm.get(name) ?? false),
      });
    }
  }
  return tally;
}

function isEvidentlyAlarm({ kind, numbers, levels }: ColumnPair): boolean {
  const answer = evidentlyProfile({
    kind,
    numbers: numbers && {
      reference: sortedValues(numbers.reference),
      current: sortedValues(numbers.current),
    },
    levels: levels && { reference: levels.reference.levels, current: levels.current.levels },
  });
  return answer.kind !== 'not computable' && answer.isDrifted;
}

function runCoverage(task: CoverageTask, random: Random): Tally {
  const family = familyNamed(task.family);
  const drift = driftOf(family, task.multiple);
  const truth = trueEffect(family, drift);
  const tally: Tally = {};
  const cell = cellName('coverage', task.sizes, task.family, task.multiple);
  for (let repetition = 0; repetition < task.repetitionCount; repetition++) {
    // the draws behind one interval must not decide over all
    const seed = random.integer(2 ** 31);
    const { interval, noiseFloor } = measuredEffect(family, drift, task.sizes, seed, random);
    const [lower, upper] = interval;
    add(tally, cell, {
      count: 1,
      tooHigh: Number(lower > truth + 1e-9),
      tooLow: Number(upper < truth - 1e-9),
      noiseFloor,
    });
  }
  return tally;
}

function measuredEffect(
  family: Family,
  drift: number,
  sizes: Sizes,
  seed: number,
  random: Random,
): SizedEffect {
  if (family.kind === 'numbers') {
    const { reference, current } = drawNumbers(family, drift, sizes, random);
    return wassersteinEffect(reference.sort(), current.sort(), seed);
  }
  if (family.kind === 'levels') {
    const { reference, current } = drawLevelPair(family, drift, sizes, random);
    return jensenShannonEffect(reference, current);
  }
  const { numbers, levels } = drawColumn(family, drift, sizes, random);
  if (family.kind === 'new level' && levels) {
    const names = [
      ...new Set([...levels.reference.levels.keys(), ...levels.current.levels.keys()]),
    ];
    return newLevelShare(
      names.map((name) => levels.reference.levels.get(name) ?? 0),
      names.map((name) => levels.current.levels.get(name) ?? 0),
    );
  }
  if (!numbers) throw new RangeError(`${family.name} has neither numbers nor levels`);
  const { reference, current } = numbers;
  if (family.kind === 'missing') {
    return shareDifference(
      reference.missingCount,
      sizes.reference,
      current.missingCount,
      sizes.current,
    );
  }
  const ends = reference.values.slice().sort();
  return outOfRangeShare({
    referenceCount: sizes.reference,
    currentCount: sizes.current,
    below: current.values.filter((value) => value < (ends[0] as number)).length,
    above: current.values.filter((value) => value > (ends.at(-1) as number)).length,
  });
}

export function add(tally: Tally, cell: string, counts: Record<string, number>): void {
  tally[cell] ??= {};
  const sums = tally[cell];
  for (const [name, count] of Object.entries(counts)) sums[name] = (sums[name] ?? 0) + count;
}

/** FNV-1a. */
function hashed(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) {
    hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  }
  return hash >>> 0;
}
