import { describe, expect, it } from 'vitest';
import type { DriftReport, Effect, Finding, ReportDiff, Verdict } from '../../core/contract.js';
import { diffReports, isWorse } from '../../core/diffReports.js';
import { exampleReport } from '../renderer/exampleReport.js';

const base = exampleReport(12);

/** One column with a shape effect, judged as said. */
function report(
  verdict: Verdict,
  [low, value, high]: [number, number, number],
  change: Partial<DriftReport['options']> = {},
  limit = 0.1,
): DriftReport {
  const [first] = base.columns;
  if (first?.effect == null) throw new Error('the example has no effect');
  const effect: Effect = { ...first.effect, value, interval: [low, high], limit };
  const { shape, ...others } = first.channels;
  const quiet = Object.fromEntries(
    Object.entries(others).map(([name, found]) => [
      name,
      { ...found, verdict: 'stable', effect: null },
    ]),
  );
  const column: Finding = {
    ...first,
    ...{ name: 'age', verdict, effect, channel: verdict === 'skipped' ? null : 'shape' },
    channels: { ...quiet, shape: { ...shape, verdict, effect } } as Finding['channels'],
  };
  return { ...base, options: { ...base.options, ...change }, columns: [column] };
}

function changeOf(earlier: DriftReport, later: DriftReport): string | undefined {
  return diffReports(earlier, later).columns[0]?.change;
}

describe('a column', () => {
  const calm = report('stable', [0, 0.02, 0.05]);
  const loud = report('drifted', [0.2, 0.25, 0.3]);
  const louder = report('drifted', [0.4, 0.5, 0.6]);
  const wide = report('inconclusive', [0, 0.12, 0.5]);
  const skipped = report('skipped', [0, 0, 0]);

  it.each([
    ['new', calm, loud],
    ['new', wide, loud],
    ['new', skipped, loud],
    ['resolved', loud, calm],
    ['worsened', loud, louder],
    ['eased', louder, loud],
    ['unchanged', loud, report('drifted', [0.25, 0.31, 0.37])],
    // both too small to matter, however certain
    ['unchanged', calm, report('stable', [0.06, 0.07, 0.08])],
    // fewer rows are no drift, and more rows undo none
    ['untold', calm, wide],
    ['untold', loud, wide],
    ['unchanged', wide, calm],
    ['worsened', calm, report('inconclusive', [0.08, 0.11, 0.14])],
    ['untold', loud, skipped],
    ['untold', skipped, calm],
    ['unchanged', skipped, skipped],
  ] as const)('is %s', (change, earlier, later) => {
    expect(changeOf(earlier, later)).toBe(change);
  });

  it('that is judged by another limit is told by its effect alone', () => {
    const strict = report('drifted', [0.02, 0.06, 0.1], { limit: 0.05 }, 0.05);
    expect(changeOf(report('stable', [0.02, 0.06, 0.1]), strict)).toBe('untold');
    expect(changeOf(report('stable', [0, 0.005, 0.01]), strict)).toBe('worsened');
    const [change] = diffReports(report('stable', [0.02, 0.06, 0.1]), strict).options;
    expect(change).toEqual({
      option: 'limit',
      of: null,
      earlier: '0.1',
      later: '0.05',
      judges: true,
    });
  });

  it('that is judged by another level is told by its effect alone', () => {
    const lenient = report('drifted', [0.02, 0.12, 0.2], { alpha: 0.2 });
    const diff = diffReports(report('inconclusive', [0.02, 0.12, 0.2]), lenient);
    expect(diff.columns[0]?.change).toBe('untold');
    expect(diff.notes[0]).toContain('only effects are compared');
  });

  it('that drifts in one more way worsened', () => {
    const missing = structuredClone(loud);
    for (const { channels } of missing.columns) channels.missing.verdict = 'drifted';
    const { columns } = diffReports(loud, missing);
    expect(columns[0]).toMatchObject({ change: 'worsened', channel: 'missing' });
  });
});

describe('two reports', () => {
  it('that are the same differ in nothing', () => {
    const diff = diffReports(base, base);
    expect(diff.counts).toEqual({ ...none, unchanged: 12 });
    expect(diff).toMatchObject({ options: [], notes: [], added: [], removed: [] });
    expect(diff.headline).toBe('Nothing changed in 12 columns.');
    expect(isWorse(diff)).toBe(false);
  });

  it('list what only one of them has, whatever it is called', () => {
    const named = (name: string) => ({
      ...base,
      columns: base.columns.slice(0, 1).map((c) => ({ ...c, name })),
    });
    const diff = diffReports(named('__proto__'), named('constructor'));
    expect(diff.columns).toEqual([]);
    expect(diff.added.map(({ name }) => name)).toEqual(['constructor']);
    expect(diff.removed.map(({ name }) => name)).toEqual(['__proto__']);
    // a column that drifted and was not looked at before
    expect(isWorse(diff)).toBe(true);
  });

  it('tell options by column one by one, what is judged by first', () => {
    const { options } = base;
    const changed = (change: Partial<typeof options>) => ({
      ...base,
      options: { ...options, ...change },
    });
    const earlier = changed({ limits: { age: 0.2, income: 0.3 }, bins: 10, title: 'a' });
    const later = changed({ limits: { age: 0.25, income: 0.3 }, bins: 20, title: 'b' });
    expect(diffReports(earlier, later).options).toEqual([
      { option: 'limits', of: 'age', earlier: '0.2', later: '0.25', judges: true },
      { option: 'bins', of: null, earlier: '10', later: '20', judges: false },
    ]);
  });

  it('are said to differ in their reference, version and order', () => {
    const earlier = {
      ...base,
      tool: { ...base.tool, version: '0.0.9' },
      createdAt: '2027-01-01T00:00:00.000Z',
      reference: { ...base.reference, rowCount: 7 },
    };
    const { notes } = diffReports(earlier, base);
    expect(notes).toHaveLength(3);
    expect(notes[0]).toContain('swap them');
    expect(notes[1]).toContain('with 7 rows');
    expect(notes[2]).toContain('0.0.9');
  });

  it('leave what changed most on top', () => {
    const calm = structuredClone(base);
    for (const column of calm.columns) {
      column.verdict = 'stable';
      for (const channel of Object.values(column.channels)) channel.verdict = 'stable';
    }
    const { columns, counts } = diffReports(calm, base);
    const drifted = base.columns.filter(({ verdict }) => verdict === 'drifted').length;
    expect(counts.new).toBe(drifted);
    expect(columns.slice(0, drifted).every(({ change }) => change === 'new')).toBe(true);
    const ratios = columns
      .slice(0, drifted)
      .map(({ later: { effect } }) => (effect ? effect.value / effect.limit : 0));
    expect(ratios).toEqual([...ratios].sort((a, b) => b - a));
  });
});

const none: ReportDiff['counts'] = {
  ...{ new: 0, worsened: 0, untold: 0 },
  ...{ eased: 0, resolved: 0, unchanged: 0 },
};
