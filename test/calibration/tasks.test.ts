import { expect, test } from 'vitest';
import { bars, undecidedCells } from './bars.js';
import { driftFor, trueEffect } from './families.js';
import { full, furtherTasks, plan, quick } from './plan.js';
import { families, familyNamed, limitOf, runTask, type Task } from './tasks.js';

const sizes = { reference: 300, current: 200 };

test('each family has a drift of every true effect that is simulated', () => {
  for (const family of families.filter(({ name }) => !/^500/.test(name))) {
    for (const multiple of [0, 0.5, 4]) {
      const effect = multiple * limitOf(family);
      expect(trueEffect(family, driftFor(family, effect))).toBeCloseTo(effect, 3);
    }
  }
});

test.each<[string, Task]>([
  [
    'reports',
    {
      type: 'reports',
      group: 'mixed',
      sizes,
      columns: [
        { family: 'normal, location', multiple: 10 },
        { family: '10 categories, Zipf', multiple: 0 },
        { family: 'new category', multiple: 20 },
      ],
      repetitionCount: 3,
      ...{ stage: 0, part: 0 },
    },
  ],
  [
    'coverage',
    {
      type: 'coverage',
      sizes,
      family: 'ordinal 0-4',
      multiple: 2,
      stage: 0,
      repetitionCount: 5,
    },
  ],
])('%s: the seed decides', (_, task) => {
  const tally = runTask(task, 1);
  expect(runTask(task, 1)).toEqual(tally);
  expect(runTask(task, 2)).not.toEqual(tally);
});

test('a large drift is found, and none where there is none', () => {
  const tally = runTask(
    {
      type: 'reports',
      group: 'mixed',
      sizes,
      columns: [
        { family: 'normal, location', multiple: 10 },
        { family: '10 % missing', multiple: 5 },
        { family: '2 categories, even', multiple: 0 },
      ],
      repetitionCount: 4,
      ...{ stage: 0, part: 0 },
    },
    1,
  );
  expect(tally['mixed | 300 v 200 | normal, location | 10']?.drifted).toBe(4);
  expect(tally['mixed | 300 v 200 | 10 % missing | 5']?.drifted).toBe(4);
  expect(tally['mixed | 300 v 200 | 2 categories, even | 0']?.drifted ?? 0).toBe(0);
});

test('the plan names families that exist', () => {
  for (const task of plan(quick)) {
    const names =
      task.type === 'reports' ? task.columns.map(({ family }) => family) : [task.family];
    for (const name of names) expect(familyNamed(name).name).toBe(name);
  }
});

test('more repetitions go to the cells that may lie on either side of a bar', () => {
  const cell = (drifted: number) => ({ count: 400, drifted, corrected: 200 });
  const tally = {
    'mixed | 1000 v 1000 | normal, spread | 2': cell(200),
    'mixed | 1000 v 1000 | normal, tail | 2': cell(182),
    'mixed | 5000 v 1000 | normal, tail | 2': cell(175),
    'mixed | 5000 v 1000 | normal, tail | 4': cell(150),
    'mixed | 1000 v 1000 | normal, tail | 1': cell(182),
  };
  expect([...undecidedCells(tally, 1)]).toEqual([
    'mixed | 1000 v 1000 | normal, tail | 2',
    'mixed | 5000 v 1000 | normal, tail | 2',
    'mixed | 5000 v 1000 | normal, tail | 4',
  ]);
  expect([...undecidedCells(tally, 2)]).toEqual(['mixed | 5000 v 1000 | normal, tail | 2']);
  const tasks = furtherTasks(tally, full, 2);
  expect(tasks).toHaveLength(full.furtherReportCount / 10);
  expect(new Set(tasks.map((task) => JSON.stringify(task))).size).toBe(tasks.length);
  expect(plan(full)).not.toContainEqual(tasks[0]);
});

test('a star’s coverage may be too high, any may be too low', () => {
  const missedBars = (tooLow: number, noiseFloor: number) => {
    const name = 'coverage | 1000 v 1000 | normal, spread | 2';
    const cell = { count: 100, tooLow, noiseFloor: 100 * noiseFloor };
    return bars
      .filter((bar) => bar.covers(name, cell) && bar.margin(cell) < 0)
      .map(({ words }) => words);
  };
  expect(missedBars(8, 0.01)).toEqual(['coverage: at least 93 %']);
  expect(missedBars(2, 0.01)).toEqual(['coverage with a star: at most 97 %']);
  expect([missedBars(2, 0.15), missedBars(5, 0.01)]).toEqual([[], []]);
});
