/** Columns that are too large to be held come out as those that are held. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { CompareOptions, DriftReport, Finding } from '../../../core/contract.js';
import { createRandom } from '../../../core/stats/random.js';
import { compareDatasets } from '../../../core/worker/compareDatasets.js';

const rowCount = 130_000;
let folder: string;
let held: DriftReport;
let streamed: DriftReport;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'driftglass-test-'));
  writeFileSync(join(folder, 'reference.csv'), csv(1, 0));
  writeFileSync(join(folder, 'current.csv'), csv(2, 0.2));
  held = await compared({});
  // 1 MB holds no column of this length
  streamed = await compared({ memoryBytes: 1_000_000 });
}, 60_000);

afterAll(() => rmSync(folder, { recursive: true }));

describe('of a file', () => {
  test.each(['normal', 'cauchy', 'whole', 'flag', 'note', 'when', 'empty'])('%s', (name) => {
    const [one, other] = [findingOf(held, name), findingOf(streamed, name)];
    expect(other.kind).toBe(one.kind);
    expect(other.verdict).toBe(one.verdict);
    for (const side of ['reference', 'current'] as const) {
      const { mean, standardDeviation, distinctCount, ...exact } = one[side];
      const { mean: otherMean, standardDeviation: otherDeviation, ...found } = other[side];
      expect(found).toMatchObject(exact);
      expect(otherMean ?? 0).toBeCloseTo(mean ?? 0, 9);
      expect((otherDeviation ?? 0) / (standardDeviation || 1)).toBeCloseTo(
        standardDeviation ? 1 : 0,
        9,
      );
      expect(found.distinctCount / (distinctCount || 1)).toBeCloseTo(distinctCount ? 1 : 0, 1);
    }
    expect(other.measures.ks).toEqual(one.measures.ks);
    expect(other.charts.histogram).toEqual(one.charts.histogram);
    expect(other.measures.psi).toEqual(one.measures.psi);
  });

  test('times: hours, weekdays and both ends, but no gaps between them', () => {
    const [one, other] = [findingOf(held, 'when'), findingOf(streamed, 'when')];
    expect(other.charts).toEqual(one.charts);
    expect(other.charts.hours).not.toBeNull();
    expect(other.disguisedMissing).toEqual(one.disguisedMissing);
    expect(other.disguisedMissing).toMatchObject([{ value: '1970-01-01' }]);
    expect(one.time?.reference.longestGapMs).toBeGreaterThan(1e9);
    const unknown = { typicalGapMs: null, longestGapMs: null, longestGapStart: null };
    expect(other.time).toEqual({
      reference: { ...one.time?.reference, ...unknown },
      current: { ...one.time?.current, ...unknown },
      shiftHours: one.time?.shiftHours,
    });
  });

  test('values that mean missing are left out', async () => {
    const options = { missingValues: { whole: ['3'] } };
    const [one, other] = [
      await compared(options),
      await compared({ ...options, memoryBytes: 1e6 }),
    ];
    expect(findingOf(other, 'whole').reference).toEqual(findingOf(one, 'whole').reference);
    expect(findingOf(one, 'whole').reference.missingCount).toBeGreaterThan(1000);
  });

  test('values that mean missing are whole texts, not their lengths', async () => {
    const options = { missingValues: { note: ['32'] } };
    const other = await compared({ ...options, memoryBytes: 1e6 });
    expect(findingOf(other, 'note').reference).toEqual(findingOf(streamed, 'note').reference);
  });

  test('measures that need all values say so', async () => {
    const report = await compared({ measures: ['energy'], memoryBytes: 1e6 });
    expect(findingOf(report, 'normal').measures.energy).toMatchObject({
      kind: 'not computable',
      reason: expect.stringContaining('too large to be held'),
    });
  });
});

function compared(options: CompareOptions): Promise<DriftReport> {
  const source = (name: string) => ({ path: join(folder, name) });
  return compareDatasets(
    { reference: source('reference.csv'), current: source('current.csv'), options },
    { signal: new AbortController().signal, onProgress: () => {} },
  );
}

function csv(seed: number, shift: number): string {
  const random = createRandom(seed);
  const lines = ['normal,cauchy,whole,flag,note,when,empty'];
  for (let row = 0; row < rowCount; row++) {
    const cells = [
      row % 50 === 0 ? '' : row % 5000 === 7 ? 'inf' : String(random.normal() + shift),
      String(Math.tan(Math.PI * (random.uniform() - 0.5))),
      String(random.poisson(4)),
      row % 3 === 0 ? '1' : '0',
      `a note of ${'x'.repeat(random.poisson(20))} number ${row + seed * rowCount}`,
      row % 99 === 0 ? '1970-01-01 00:00:00' : time(random.uniform() + shift * random.uniform()),
      '',
    ];
    lines.push(cells.join(','));
  }
  return `${lines.join('\n')}\n`;
}

/** Within 100 days, most of them in the evening. */
function time(share: number): string {
  const at = Date.UTC(2026, 0, 1) + 100 * 86_400_000 * share;
  const evening = at - (at % 86_400_000) + 18 * 3_600_000;
  return new Date(at % 3 < 1 ? at : evening + (at % 7_000_000)).toISOString().slice(0, 19);
}

function findingOf(report: DriftReport, name: string): Finding {
  const finding = report.columns.find((column) => column.name === name);
  if (!finding) throw new Error(`no column ${name}`);
  return finding;
}
