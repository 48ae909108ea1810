import { describe, expect, test } from 'vitest';
import type { Finding } from '../../../core/contract.js';
import { columnGroups, type RowSample } from '../../../core/drift/groups.js';
import { createRandom } from '../../../core/stats/random.js';
import { exampleReport } from '../../renderer/exampleReport.js';

const plain = exampleReport(60).columns.find(
  ({ kind, verdict }) => kind === 'numeric' && verdict === 'drifted',
) as Finding;
const ps = ['0.01', '0.05', '0.25', '0.5', '0.75', '0.95', '0.99'];

/** A drifted column of numbers with these quantiles, whose missing values did not change. */
function drifted(name: string, reference: number[], current: number[]): Finding {
  const side = (summary: Finding['current'], values: number[]) => ({
    ...summary,
    count: 1000,
    missingCount: 0,
    quantiles: Object.fromEntries(ps.map((p, i) => [p, values[i] as number])),
  });
  return {
    ...plain,
    name,
    channels: {
      ...plain.channels,
      missing: { ...plain.channels.missing, verdict: 'stable' },
      shape: { ...plain.channels.shape, verdict: 'drifted' },
    },
    reference: side(plain.reference, reference),
    current: side(plain.current, current),
  };
}

const widths = [1, 2, 4, 6, 9, 14, 20];
const times = (factor: number) => widths.map((value) => value * factor);
const plus = (distance: number) => widths.map((value) => value + distance);
/** Changed in shape, and in no way that another has. */
const lone = (name: string) => drifted(name, widths, [1, 1, 2, 9, 30, 31, 32]);

function found(findings: Finding[], sample: RowSample | null = null) {
  return columnGroups(findings, sample).map(({ by, columns }) => [by, ...columns]);
}

describe('columns that moved together', () => {
  test('by one factor; another factor is no company', () => {
    const columns = [
      drifted('dollars', widths, times(0.001)),
      drifted('euros', times(7), times(0.00695)),
      drifted('pounds', widths, times(0.1)),
      lone('age'),
    ];
    expect(found(columns)).toEqual([['factor', 'dollars', 'euros']]);
    expect(columnGroups(columns, null)[0]?.statement).toContain('1\u202f000 times smaller');
  });

  test('by a few percent', () => {
    const columns = [drifted('a', widths, times(1.1)), drifted('b', times(3), times(3.3))];
    expect(columnGroups(columns, null)[0]?.statement).toContain('10\u202f% higher');
  });

  test('by one distance, of three at least and in one direction', () => {
    const up = ['a', 'b', 'c'].map((name) => drifted(name, widths, plus(3)));
    const down = drifted('d', widths, plus(-3));
    expect(found([...up, down, lone('e')])).toEqual([['shift', 'a', 'b', 'c']]);
    expect(found([...up.slice(1), down, lone('e')])).toEqual([]);
  });

  test('by names, where the others are still', () => {
    const still = ['x', 'y', 'z'].map((name): Finding => ({ ...lone(name), verdict: 'stable' }));
    const bureau = [1, 2, 3].map((i) =>
      drifted(`bureau_${i}`, widths, [i, 3 * i, 9, 9.5, 9.6, 40 * i, 99]),
    );
    expect(found([...bureau, ...still])).toEqual([['name', 'bureau_1', 'bureau_2', 'bureau_3']]);
    const moved = still.map((finding): Finding => ({ ...finding, verdict: 'drifted' }));
    expect(found([...bureau, ...moved])).toEqual([]);
  });

  test('by rank correlation in the current rows, linked through a third', () => {
    const random = createRandom(3);
    const base = Float64Array.from({ length: 2000 }, () => random.uniform());
    const near = (values: Float64Array, noise: number) =>
      values.map((v) => v + noise * random.uniform());
    const middle = near(base, 0.5);
    const sample = {
      rowCount: 2000,
      values: new Map([
        ['a', base],
        ['b', middle],
        ['c', near(middle, 0.9).map((value) => -Math.exp(value))],
        ['d', Float64Array.from({ length: 2000 }, () => random.uniform())],
      ]),
    };
    const columns = ['a', 'b', 'c', 'd'].map(lone);
    expect(found(columns, sample)).toEqual([['correlation', 'a', 'b', 'c']]);
  });

  test('by the rows in which they are missing, not by the share alone', () => {
    const lacking = (name: string): Finding => {
      const finding = lone(name);
      const { channels, current } = finding;
      return {
        ...finding,
        channels: { ...channels, missing: { ...channels.missing, verdict: 'drifted' } },
        current: { ...current, count: 750, missingCount: 250 },
      };
    };
    const columns = ['a', 'b', 'c'].map(lacking);
    const without = (offset: number) =>
      Float64Array.from({ length: 400 }, (_, row) => (row % 4 === offset ? NaN : 1));
    const sample = {
      rowCount: 400,
      values: new Map([
        ['a', without(0)],
        ['b', without(0)],
        ['c', without(1)],
      ]),
    };
    expect(found(columns, sample)).toEqual([['missing', 'a', 'b']]);
    expect(found(columns)).toEqual([['missing', 'a', 'b', 'c']]);
  });

  test('not at all without drift', () => {
    const columns = [
      drifted('dollars', widths, times(0.001)),
      drifted('euros', widths, times(0.001)),
    ].map((finding): Finding => ({ ...finding, verdict: 'stable' }));
    expect(found(columns)).toEqual([]);
  });
});
