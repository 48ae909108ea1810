// @vitest-environment happy-dom
import fc from 'fast-check';
import { act } from 'react';
import { expect, test, vi } from 'vitest';
import type { DriftReport, Finding } from '../../core/contract.js';
import { diffReports } from '../../core/diffReports.js';
import { type Route, startRoute } from '../../renderer/route.js';
import { useStore } from '../../renderer/store.js';
import { exampleReport } from './exampleReport.js';
import { preparePage } from './page.js';

// Charts need a real browser's layout; the end-to-end tests draw them.
vi.mock('../../renderer/charts/drawChart.js', () => ({ drawChart: () => ({ finalize() {} }) }));

const page = preparePage();

const start = useStore.getState();

const base = exampleReport(20);

const names = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 30 }),
  fc.constantFrom(
    'n'.repeat(10_000),
    '</script><script>window.isRun = true</script>',
    '<img src=x onerror="window.isRun = true">',
    'javascript:window.isRun=true',
    '\u202eעמודה',
    '👩‍👩‍👧‍👦'.repeat(40),
    'toString',
    '__proto__',
    '',
    '\ud800',
  ),
);
const values = fc.constantFrom(0, -0, 1, -1, 1e308, -1e308, 5e-324, 1e15, 0.1 + 0.2);
const times = fc.constantFrom(
  '0001-01-01T00:00:00.000Z',
  '1899-12-31T23:59:59.999Z',
  '-000753-04-21T00:00:00.000Z',
  '+275760-09-13T00:00:00.000Z',
  'not a time',
);

/** Anything in a finding becomes extreme, where it keeps its type. */
function extreme(
  finding: Finding,
  draw: { number: number; text: string; time: string; share: number },
): Finding {
  const summary = (side: 'reference' | 'current') => ({
    ...finding[side],
    mean: finding[side].mean === null ? null : draw.number,
    standardDeviation: finding[side].standardDeviation === null ? null : Math.abs(draw.number),
    min:
      typeof finding[side].min === 'string'
        ? draw.time
        : finding[side].min === null
          ? null
          : -Math.abs(draw.number),
    max:
      typeof finding[side].max === 'string'
        ? draw.time
        : finding[side].max === null
          ? null
          : Math.abs(draw.number),
    count: draw.share < 0.3 ? 0 : 1,
    missingCount: draw.share < 0.3 ? 1 : 0,
    distinctCount: draw.share < 0.3 ? 0 : 1,
    top: finding[side].top?.map((level) => ({ ...level, value: draw.text })) ?? null,
  });
  const { categories, histogram } = finding.charts;
  const size = Math.abs(draw.number) || 1;
  return {
    ...finding,
    reason: `${draw.text}: ${finding.reason}`,
    reference: summary('reference'),
    current: summary('current'),
    effect: finding.effect && {
      ...finding.effect,
      value: size,
      observed: size,
      interval: [0, size],
    },
    disguisedMissing: [{ value: draw.text, referenceCount: 0, currentCount: 1, why: draw.text }],
    charts: {
      ...finding.charts,
      ...(categories && {
        categories: {
          ...categories,
          levels: categories.levels.map((level, i) => ({ ...level, value: `${draw.text}${i}` })),
          newLevels: [{ value: draw.text, count: 1 }],
        },
      }),
      ...(histogram && {
        histogram: {
          ...histogram,
          referenceCounts: histogram.referenceCounts.map(() => 0),
          currentCounts: histogram.currentCounts.map(() => (draw.share < 0.3 ? 0 : 1)),
        },
      }),
    },
  };
}

const draws = fc.record({
  number: values,
  text: names,
  time: times,
  share: fc.double({ min: 0, max: 1, noNaN: true }),
});

const reports = fc
  .record({
    columns: fc.array(
      fc.record({ from: fc.nat(base.columns.length - 1), name: names, draw: draws }),
      { maxLength: 8 },
    ),
    name: names,
    rowCount: fc.constantFrom(0, 1, Number.MAX_SAFE_INTEGER),
  })
  .map(({ columns, name, rowCount }): DriftReport => {
    const findings = new Map(
      columns.map((column) => [
        column.name,
        { ...extreme(base.columns[column.from] as Finding, column.draw), name: column.name },
      ]),
    );
    return {
      ...base,
      reference: { ...base.reference, name, rowCount },
      current: { ...base.current, name, rowCount },
      columns: [...findings.values()],
      summary: { ...base.summary, headline: `${name} drifted.`, columnCount: findings.size },
      notes: [name],
      schema: { ...base.schema, added: [{ name, storageType: name }] },
      baseline: null,
    };
  });

async function show(
  state: Partial<ReturnType<typeof useStore.getState>>,
  route: Partial<Route> = {},
): Promise<void> {
  await act(() =>
    useStore.setState(
      { ...start, mode: 'report', ...state, route: { ...startRoute, ...route } },
      true,
    ),
  );
  await page.render();
}

/** Only what the program itself draws: no element, no handler and no address from a report. */
function fromReports(): string[] {
  return [
    ...document.querySelectorAll(
      'script, img, iframe, object, embed, [onerror], [href^="javascript:" i]',
    ),
  ].map(({ outerHTML }) => outerHTML.slice(0, 100));
}

test('no report, however extreme, breaks a view or runs', async () => {
  await fc.assert(
    fc.asyncProperty(reports, async (report) => {
      await show({ report });
      expect(document.querySelector('h1')?.textContent).toBe(report.summary.headline);
      expect(document.querySelectorAll('[data-testid=row]')).toHaveLength(report.columns.length);
      expect(fromReports()).toEqual([]);
      await show({ report }, { view: 'quality' });
      expect(fromReports()).toEqual([]);
      for (const { name } of report.columns.slice(0, 3)) {
        await show({ report }, { view: 'column', column: name });
        expect(document.querySelector('[data-testid=column-view]')).not.toBeNull();
        expect(fromReports()).toEqual([]);
      }
      const diff = diffReports(base, report);
      await show({ diff });
      expect(document.querySelector('h1')?.textContent).toBe(diff.headline);
      expect(fromReports()).toEqual([]);
      expect('isRun' in window).toBe(false);
    }),
    { numRuns: 30, seed: 11 },
  );
}, 120_000);
