/** Data engines know times that no Date can be; a file of them gets a report like any other. */
import { expect, test } from 'vitest';
import type { CompareOptions, DriftReport } from '../../core/contract.js';
import { maskReport } from '../../core/maskReport.js';
import { compareDatasets } from '../../core/worker/compareDatasets.js';
import { createTemporaryFolder } from '../createTemporaryFolder.js';
import { findingOf } from './drift/judged.js';
import { runSql } from './scan/opened.js';

const folder = createTemporaryFolder();

async function compared(end: number, options: CompareOptions): Promise<DriftReport> {
  const sides = ['reference', 'current'].map((side) => ({
    path: `${folder.path}/${side}-${end}.parquet`,
  }));
  for (const [i, { path }] of sides.entries())
    await runSql(
      `COPY (SELECT make_timestamp_ms(${end} - (i * 350000000)) AS "when" FROM range(${20 * i}, 500) t(i))
       TO '${path}' (FORMAT parquet)`,
    );
  const [reference, current] = sides;
  if (!reference || !current) throw new Error('no sides');
  return compareDatasets(
    { reference, current, options },
    { signal: new AbortController().signal, onProgress: () => undefined },
  );
}

test.each([
  [8.9e15, /^\+28\d{4}-\d\d-\d\dT/],
  [8.64e15, /^\+275760-09-13T/],
  [-8.7e15, /^-27\d{4}-\d\d-\d\dT/],
])('times up to %s are compared, written, masked and sampled', async (end, latest) => {
  const report = await compared(end, { baseline: true, sampleRows: 3 });
  const { kind, reference, time, reason } = findingOf(report, 'when');
  expect(kind).toBe('datetime');
  expect(String(reference.max)).toMatch(latest);
  expect(time?.reference.end).toMatch(latest);
  // the reason has them to the minute, with all of the year
  expect(reason).toMatch(/median [+-]\d{6}-\d\d-\d\dT\d\d:\d\d → [+-]\d{6}/);
  expect(report.sampleRows?.current.rows).toHaveLength(3);
  expect(maskReport(report, 5).columns).toHaveLength(1);
});

test('a file can be split where no Date is', async () => {
  const path = `${folder.path}/two.parquet`;
  await runSql(
    `COPY (SELECT make_timestamp_ms(8900000000000000 - (i * 350000000)) AS "when", i % 7 AS n
     FROM range(300) t(i)) TO '${path}' (FORMAT parquet)`,
  );
  const report = await compareDatasets(
    { reference: { path }, current: { path }, options: { splitBy: { column: 'when' } } },
    { signal: new AbortController().signal, onProgress: () => undefined },
  );
  expect(report.current.name).toMatch(/when from \+28\d{4}-\d\d-\d\d/);
});
