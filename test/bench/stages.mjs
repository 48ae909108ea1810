/** A comparison through the API, to note when it tells that each stage is done. Both sides are read at once. */

import { writeFileSync } from 'node:fs';
import { notes } from './usage.mjs';

const [apiModule, reference, current, page, memoryBytes] = process.argv.slice(2);
const { createEngine, reportHtml } = await import(apiModule);

const engine = createEngine();
const started = performance.now();
const readAt = {};
const report = await engine.compare(
  {
    reference: { path: reference },
    current: { path: current },
    options: memoryBytes === undefined ? {} : { memoryBytes: Number(memoryBytes) },
  },
  {
    onProgress: (progress) => {
      if (progress.stage === 'scan') readAt[progress.side] = performance.now();
    },
  },
);
const measured = performance.now();
writeFileSync(page, await reportHtml(report));
const rendered = performance.now();
await engine.close();

// a column that was left out, or only looked at in part, would make the figures too good
notes.measuredRows = Math.min(
  ...report.columns.flatMap(({ reference: side, current: other }) => [
    side.count + side.missingCount,
    other.count + other.missingCount,
  ]),
);
notes.columnCount = report.columns.length;

const read = Math.max(started, readAt.reference ?? 0, readAt.current ?? 0);
notes.stages = {
  start: started / 1000,
  reference: ((readAt.reference ?? started) - started) / 1000,
  current: ((readAt.current ?? started) - started) / 1000,
  measure: (measured - read) / 1000,
  render: (rendered - measured) / 1000,
  close: (performance.now() - rendered) / 1000,
};
