import { expect, test } from 'vitest';
import { driftFor, trueEffect } from './families.js';
import { plan, quick } from './plan.js';
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
      part: 0,
    },
  ],
  [
    'coverage',
    {
      type: 'coverage',
      sizes,
      family: 'ordinal 0-4',
      multiple: 2,
      stage: 'first',
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
      part: 0,
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
