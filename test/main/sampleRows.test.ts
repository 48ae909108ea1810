/** Rows by the command and over HTTP: only where they are asked for. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { type CompareEvent, createEngine, type DriftReport } from '../../core/index.js';
import { createFileAccess } from '../../main/fileAccess.js';
import { createHandler } from '../../main/handler.js';
import { sample } from '../../main/sample.js';
import { createTemporaryFolder } from '../createTemporaryFolder.js';
import { command } from './command.js';

const { path: folder, write } = createTemporaryFolder();
const engine = createEngine({ threads: 1 });
afterAll(() => engine.close());

function pair(): [string, string] {
  const of = (name: string, count: number) => {
    const rows = Array.from({ length: count }, (_, i) => `${name}-${i}-only,${i % 5}`);
    return write(`${name}.csv`, `id,n\n${rows.join('\n')}\n`);
  };
  return [of('early', 90), of('late', 70)];
}

describe('driftglass compare', () => {
  it('puts rows into HTML and JSON alone', async () => {
    const formats = ['html', 'json', 'csv', 'markdown'];
    const outputs = formats.flatMap((format) => [`--${format}`, join(folder, `rows.${format}`)]);
    const { code } = await command([
      ...['compare', ...pair(), '--sample-rows', '6', '--quiet', ...outputs],
    ]);
    expect(code).toBe(0);
    const texts = formats.map((format) => readFileSync(join(folder, `rows.${format}`), 'utf8'));
    const counts = texts.map((text) => new Set(text.match(/(early|late)-\d+-only/g)).size);
    expect(counts).toEqual([12, 12, 0, 0]);
  });

  it('takes them from a recipe, and from the command line before that', async () => {
    const [reference, current] = pair();
    const recipe = write(
      'recipe.yaml',
      `reference: ${reference}\ncurrent: ${current}\noptions:\n  sampleRows: 3\n`,
    );
    const rowsOf = async (...words: string[]) => {
      const all = ['compare', '--recipe', recipe, ...words, '--json', '-', '--quiet'];
      const report: DriftReport = JSON.parse((await command(all)).output);
      return report.sampleRows?.current.rows.length;
    };
    expect([await rowsOf(), await rowsOf('--sample-rows', '4')]).toEqual([3, 4]);
    const { code, errors } = await command(['compare', '--recipe', recipe, '--private']);
    expect(code).toBe(2);
    expect(errors).toMatch(/^driftglass: a masked report has no sample rows; ask for .*\.\n$/);
  });

  it.each([
    [['--sample-rows', '5', '--private'], /masked report has no sample rows/],
    [['--sample-rows', '1001'], /sampleRows must be a whole number from 1 to 1000/],
    [['--sample-rows', '0'], /from 1 to 1000/],
    [['--sample-rows', 'some'], /must be a number/],
  ])('refuses %j in one sentence', async (words, sentence) => {
    const { code, errors } = await command(['compare', ...pair(), ...words, '--quiet']);
    expect(code).toBe(2);
    expect(errors).toMatch(sentence);
    expect(errors.trim().split('\n')).toHaveLength(1);
  });
});

describe('the handler', () => {
  const access = createFileAccess({ paths: [], root: folder, allowsAll: false });
  const handler = createHandler({ engine, access, door: 'browser', pair: null, sample });
  const post = (path: string, body: unknown) =>
    handler(new Request(`app://driftglass${path}`, { method: 'POST', body: JSON.stringify(body) }));
  const exported = async (reportId: string, choice: object, format = 'json') =>
    (await post(`/api/export?format=${format}`, { reportId, choice })).text();
  const compared = async (...paths: [string, string]) => {
    const [reference, current] = paths.map((path) => ({ path }));
    const text = await (await post('/api/compare', { reference, current })).text();
    const last = JSON.parse(text.trim().split('\n').at(-1) ?? '') as CompareEvent;
    if (last.type !== 'report') throw new Error(text);
    return last;
  };

  it('reads rows for an export that asks for them, by the report that is kept', async () => {
    const { report, reportId } = await compared(...pair());
    expect(report.sampleRows).toBeUndefined();
    expect(await exported(reportId, {})).not.toContain('-only');
    const whole: DriftReport = JSON.parse(await exported(reportId, { sampleRows: 8 }));
    expect(whole.sampleRows?.reference.rows).toHaveLength(8);
    expect(whole.options.sampleRows).toBe(8);
    for (const format of ['csv', 'markdown'])
      expect(await exported(reportId, { sampleRows: 8 }, format)).not.toContain('-only');
    const shown = await (await post('/api/sample-rows', { reportId, rowCount: 8 })).json();
    expect(shown).toEqual(whole.sampleRows);
    const [small, large] = await Promise.all(
      [{}, { sampleRows: 60 }].map(async (choice) => {
        const answer = await post('/api/export?format=html&size', { reportId, choice });
        return ((await answer.json()) as { sizeBytes: number }).sizeBytes;
      }),
    );
    expect(large).toBeGreaterThan((small ?? 0) + 2_000);
  });

  it('refuses rows of a masked export, too many, and those of files that changed', async () => {
    const paths = pair();
    const { reportId } = await compared(...paths);
    const refused = async (choice: object) => {
      const answer = await post('/api/export?format=json', { reportId, choice });
      return [answer.status, ((await answer.json()) as { message: string }).message];
    };
    expect(await refused({ sampleRows: 5, maskBelow: 5 })).toEqual([
      400,
      expect.stringContaining('masked report has no sample rows'),
    ]);
    expect(await refused({ sampleRows: 1001 })).toEqual([400, expect.any(String)]);
    writeFileSync(paths[1], 'id,n\nother,1\n');
    expect(await refused({ sampleRows: 5 })).toEqual([
      400,
      '"late.csv" is no longer what was compared; run the comparison again.',
    ]);
  });

  it('has those of a report that is opened again, when it is asked', async () => {
    const { reportId } = await compared(...pair());
    for (const format of ['html', 'json'] as const) {
      const path = write(`again.${format}`, await exported(reportId, { sampleRows: 9 }, format));
      const answer = await post('/api/report', { source: { path } });
      const opened = (await answer.json()) as { reportId: string; report: DriftReport };
      expect(opened.report.sampleRows?.current.rows).toHaveLength(9);
      expect(await exported(opened.reportId, {})).not.toContain('-only');
      const some: DriftReport = JSON.parse(await exported(opened.reportId, { sampleRows: 4 }));
      expect(some.sampleRows?.current.rows).toHaveLength(4);
    }
    const path = write('bare.json', await exported(reportId, {}));
    const bare = (await (await post('/api/report', { source: { path } })).json()) as {
      reportId: string;
    };
    expect(await exported(bare.reportId, { sampleRows: 4 })).toContain('has no sample rows');
  });
});
