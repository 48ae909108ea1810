import { describe, expect, it } from 'vitest';
import { benchTables, type Measured, type Setting, withTables } from './bench/benchTables.js';
import type { Figures } from './bench/figures.js';
import { incompleteness } from './bench/measurePair.js';
import { choosePairs, type PairPlan, shapeOf } from './bench/pairs.js';
import { median } from './bench/timed.js';

const setting: Setting = {
  date: '2026-11-21',
  processors: '2 × Processor',
  memoryBytes: 8e9,
  nodeVersion: '20.19.0',
  load: 0.25,
  commands: ['driftglass compare a b'],
};

const list = {
  framesPerSecond: 58,
  searchMs: 9,
  heapBytes: 2e7,
  renderer: { ownBytes: 1.4e8, wholeBytes: 3.2e8 },
};

const good: Figures = {
  scan: { wallSeconds: 2, cpuSeconds: 3, peakBytes: 2e8, querySeconds: 1.5 },
  comparison: { wallSeconds: 5, cpuSeconds: 8, peakBytes: 7e8 },
  stages: { start: 0.2, reference: 1, current: 1.1, measure: 3, render: 0.1, close: 0.05 },
  htmlBytes: 9e5,
  page: { interactiveSeconds: 0.4, requestCount: 0, list },
  failure: null,
};

const plan = choosePairs(['M'])[0] as PairPlan;
const verdictsOf = (figures: Figures) => {
  const measured: Measured = { plan, figures };
  const lines = benchTables([measured], setting).split('\n');
  const from = lines.findIndex((line) => line.includes('holds'));
  const cells = lines.slice(from + 2).filter((line) => line.startsWith('| M'));
  return cells.map((line) =>
    line
      .split('|')
      .slice(2, -1)
      .map((cell) => cell.trim()),
  );
};

describe('benchTables', () => {
  it('holds each figure against its bar', () => {
    expect(verdictsOf(good)).toEqual([
      ['wall time ÷ bare scan', '≤ 3 ×', '2.50 ×', 'yes'],
      ['peak memory', '≤ 800 MB', '700 MB', 'yes'],
      ['HTML', '≤ 1.20 MB', '0.90 MB', 'yes'],
      ['interactive', '≤ 1 s', '0.40 s', 'yes'],
      ['requests', '≤ 0', '0', 'yes'],
    ]);
  });

  it('knows bars that must be reached', () => {
    const wide = choosePairs(['wide'])[0] as PairPlan;
    const frames = (framesPerSecond: number) => {
      const page = { interactiveSeconds: 1, requestCount: 0, list: { ...list, framesPerSecond } };
      const tables = benchTables([{ plan: wide, figures: { ...good, page } }], setting);
      return tables.split('\n').find((line) => line.includes('frames while scrolling'));
    };
    expect(frames(58)).toMatch(/≥ 50 frames\/s +\| 58 frames\/s +\| yes/);
    expect(frames(42)).toContain('**no**');
  });

  it('says which bar does not hold, at the value that stands there', () => {
    const slow = { ...good, comparison: { wallSeconds: 6.002, cpuSeconds: 8, peakBytes: 8.1e8 } };
    const chatty = { ...slow, page: { interactiveSeconds: 1, requestCount: 2, list } };
    expect(verdictsOf(chatty).map((cells) => cells[3])).toEqual([
      '**no**',
      '**no**',
      'yes',
      'yes',
      '**no**',
    ]);
  });

  it('parts what failed from what was not measured', () => {
    expect(verdictsOf({ ...good, page: null }).at(-1)).toEqual([
      'requests',
      '≤ 0',
      '-',
      'not measured',
    ]);
    const failed = { ...good, comparison: null, stages: null, htmlBytes: null, page: null };
    const tables = benchTables(
      [{ plan, figures: { ...failed, failure: 'out\nof memory' } }],
      setting,
    );
    expect(tables).toContain('M failed: out of memory');
    expect(verdictsOf({ ...failed, failure: 'out' }).map((cells) => cells[3])).toEqual(
      Array(5).fill('**no**'),
    );
  });

  it('names the machine and the commands', () => {
    const tables = benchTables([{ plan, figures: good }], setting);
    expect(tables).toContain('2026-11-21: 2 × Processor, 8 GB of memory, Node.js 20.19.0');
    expect(tables).toContain('    driftglass compare a b');
  });
});

describe('incompleteness', () => {
  it('is found where columns or rows are left out', () => {
    expect(incompleteness(plan, { columnCount: 20, measuredRows: 1_000_000 })).toBeNull();
    expect(incompleteness(plan, { columnCount: 19, measuredRows: 1_000_000 })).not.toBeNull();
    expect(incompleteness(plan, { columnCount: 20, measuredRows: 999_999 })).not.toBeNull();
    expect(incompleteness(plan, {})).not.toBeNull();
  });
});

describe('shapeOf', () => {
  it('groups digits', () => {
    const shapes = choosePairs(['S', 'wide', 'XL']).map(shapeOf);
    expect(shapes).toEqual(['10 000 × 20 CSV', '10 000 × 1 000 CSV', '100 000 000 × 4 Parquet']);
  });
});

describe('withTables', () => {
  it('replaces what stands between the markers and nothing else', () => {
    const page = 'before\n<!-- bench: begin -->\nold\n<!-- bench: end -->\nafter\n';
    const once = withTables(page, 'new');
    expect(once).toBe('before\n<!-- bench: begin -->\n\nnew\n\n<!-- bench: end -->\nafter\n');
    expect(withTables(once, 'new')).toBe(once);
  });

  it('refuses a page without markers', () => {
    expect(() => withTables('page', 'new')).toThrow(RangeError);
  });
});

describe('choosePairs', () => {
  it('leaves the longest one out unless it is asked for', () => {
    expect(choosePairs([]).map(({ name }) => name)).toEqual(['S', 'M', 'L', 'wide']);
    expect(choosePairs(['XL']).map(({ name }) => name)).toEqual(['XL']);
    expect(() => choosePairs(['XXL'])).toThrow('bench knows S, M, L, wide, XL (got XXL)');
  });
});

describe('median', () => {
  it('is the middle, or between the two in the middle', () => {
    expect(median([3, 1, 2])).toBe(2);
    expect(median([4, 1, 2, 3])).toBe(2.5);
  });
});
