/** Rows in a report: only where they are asked for, and then those that were compared. */
import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { afterAll, describe, expect, test } from 'vitest';
import { chooseContents } from '../../core/chooseContents.js';
import type { CompareOptions, CompareRequest, MemorySource } from '../../core/contract.js';
import { createEngine } from '../../core/engine.js';
import { maskReport } from '../../core/maskReport.js';
import { builtFile } from '../../core/packageFiles.js';
import { reportHtml } from '../../core/report.js';
import { createTemporaryFolder } from '../createTemporaryFolder.js';
import { errorCode } from './scan/opened.js';

const folder = createTemporaryFolder();
const secret = 'Ottilie of Ghent';
const engine = createEngine({ threads: 1 });
afterAll(() => engine.close());

function request(options: CompareOptions = {}): CompareRequest {
  const write = (name: string, shift: number) => {
    const rows = Array.from(
      { length: 60 },
      (_, i) => `${name}-${i},${i === 9 ? secret : `person ${i % 3}`},${(i % 7) + shift}`,
    );
    return { path: folder.write(`${name}.csv`, `id,who,n\n${rows.join('\n')}\n`) };
  };
  return { reference: write('early', 0), current: write('late', 3), options };
}

describe('a report', () => {
  test('has rows by the option alone, and the schema knows them', async () => {
    const plain = await engine.compare(request());
    expect(plain.sampleRows).toBeUndefined();
    expect(plain.options).not.toHaveProperty('sampleRows');
    const report = await engine.compare(request({ sampleRows: 12 }));
    expect(report.sampleRows?.reference.rowCount).toBe(60);
    expect(report.sampleRows?.current.rows).toHaveLength(12);
    for (const { rowNumber, values } of report.sampleRows?.current.rows ?? [])
      expect(values[0]).toBe(`late-${rowNumber - 1}`);
    const schema = JSON.parse(readFileSync(builtFile('report.schema.json'), 'utf8'));
    const validate = new Ajv({ allowUnionTypes: true }).compile(schema);
    expect(validate(JSON.parse(JSON.stringify(report))), JSON.stringify(validate.errors)).toBe(
      true,
    );
  });

  test('has the rows that the engine gives alone, by the seed', async () => {
    const { sampleRows } = await engine.compare(request({ sampleRows: 5 }));
    expect(await engine.sampleRows(request({ sampleRows: 5 }))).toEqual(sampleRows);
    expect(await engine.sampleRows(request({ sampleRows: 5, seed: 2 }))).not.toEqual(sampleRows);
  });

  test('has fewer where they would take more than 10 million characters, by the order of the draw', async () => {
    const text = (i: number) => `${i} ${'x'.repeat(400)}`;
    const source = (name: string): MemorySource => ({
      name,
      columns: Array.from({ length: 120 }, (_, column) => ({
        name: `c${column}`,
        values: { type: 'string', values: Array.from({ length: 500 }, (_, i) => text(i)) },
      })),
    });
    const sides = { reference: source('early'), current: source('late') };
    const rowsOf = async (sampleRows: number) =>
      (await engine.sampleRows({ ...sides, options: { sampleRows } })).current.rows;
    const [most, some] = [await rowsOf(500), await rowsOf(10)];
    // 120 cells of 200 characters, and one between each and the next
    expect(most).toHaveLength(Math.floor(10_000_000 / (120 * 201)));
    expect(most.slice(0, 10)).toEqual(some);
  });

  test.each([0, 1001, 1.5, Number.NaN])('has no %s of them', async (sampleRows) => {
    expect(await errorCode(engine.compare(request({ sampleRows })))).toBe('bad-option');
  });
});

describe('an export', () => {
  test('has as many as asked for, the first ones, and none unasked', async () => {
    const report = await engine.compare(request({ sampleRows: 12 }));
    const two = chooseContents(report, { sampleRows: 2 });
    expect(two.sampleRows?.reference.rows).toEqual(report.sampleRows?.reference.rows.slice(0, 2));
    expect(two.options.sampleRows).toBe(2);
    const none = chooseContents(report, { sections: ['charts', 'values'] });
    expect(none.sampleRows).toBeUndefined();
    expect(none.options).not.toHaveProperty('sampleRows');
    const some = chooseContents(report, { sections: [], sampleRows: 3 });
    expect(some.sampleRows?.current.rows).toHaveLength(3);
    // of a page that was opened again
    expect(chooseContents(two, { sampleRows: 9 }).sampleRows).toEqual(two.sampleRows);
  });

  test('is masked or has rows', async () => {
    const report = await engine.compare(request({ sampleRows: 60 }));
    expect(JSON.stringify(report)).toContain(secret);
    expect(JSON.stringify(maskReport(report, 5))).not.toContain(secret);
    const masked = chooseContents(report, { maskBelow: 5 });
    expect(JSON.stringify(masked)).not.toContain(secret);
    expect(masked.sampleRows).toBeUndefined();
    const both = async () => chooseContents(report, { maskBelow: 5, sampleRows: 1 });
    expect(await errorCode(both())).toBe('bad-option');
    const again = { ...report, contents: { sections: [], maskedBelow: 5 } };
    expect(chooseContents(again, { sampleRows: 1 }).sampleRows).toBeUndefined();
  });

  test('of the sample has no text, no identifier and no time that stands in one row only', async () => {
    const sides = ['reference', 'current'] as const;
    const lending = (side: string) => `sample-data/lending/${side}.csv`;
    const report = await engine.compare({
      reference: { path: lending('reference') },
      current: { path: lending('current') },
    });
    const page = await reportHtml(chooseContents(report, {}));
    const rows = sides.flatMap((side) =>
      readFileSync(lending(side), 'utf8').trim().split('\n').slice(1),
    );
    const cells = rows.flatMap((row) =>
      row.split(/,(?! )/).map((cell) => cell.replaceAll('"', '')),
    );
    const counts = new Map<string, number>();
    for (const cell of cells) counts.set(cell, (counts.get(cell) ?? 0) + 1);
    const single = [...counts].filter(([cell, count]) => count === 1 && Number.isNaN(Number(cell)));
    // identifiers, times and free text
    expect(single.length).toBeGreaterThan(60_000);
    const island = page.slice(page.indexOf('id="driftglass-report"'));
    const words = island.slice(0, island.indexOf('</script>'));
    expect(words).toContain('gig worker');
    const tenth = single.filter((_, i) => i % 10 === 0);
    expect(tenth.filter(([cell]) => words.includes(cell))).toEqual([]);
  });
});
