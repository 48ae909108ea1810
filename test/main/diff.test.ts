import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { builtFile, type DriftReport, diffReports } from '../../core/index.js';
import { diffMarkdown } from '../../main/diffMarkdown.js';
import { diffTable } from '../../main/diffTable.js';
import { exampleReport, hostileNames } from '../renderer/exampleReport.js';
import { command, lending } from './command.js';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'driftglass-diff-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const at = (name: string) => join(folder, name);

const validate = new Ajv({ allowUnionTypes: true }).compile(
  JSON.parse(readFileSync(builtFile('diff.schema.json'), 'utf8')),
);

/** What the schema says against it, as it comes from JSON. */
function faults(diff: unknown): string[] {
  validate(JSON.parse(JSON.stringify(diff)));
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}

/** Nothing drifted in it. */
function calm(report: DriftReport): DriftReport {
  const copy = structuredClone(report);
  for (const column of copy.columns) {
    column.verdict = 'stable';
    for (const channel of Object.values(column.channels)) channel.verdict = 'stable';
  }
  return copy;
}

describe('driftglass diff', () => {
  it('holds two reports of compare against each other, and says by its code what got worse', async () => {
    const words = ['compare', lending.reference, lending.current, '--quiet', '--title'];
    await command([...words, 'Last week', '--limit', 'channel=0.3', '--html', at('old.html')]);
    await command([...words, 'Today', '--json', at('new.json')]);
    writeFileSync(
      at('calm.json'),
      JSON.stringify(calm(JSON.parse(readFileSync(at('new.json'), 'utf8')))),
    );

    const same = await command(['diff', at('new.json'), at('new.json'), '--fail-on', 'worse']);
    expect(same).toMatchObject({ code: 0, errors: '' });
    expect(same.output).toContain('Nothing changed in 25 columns.');

    const limits = await command(['diff', at('old.html'), at('new.json'), '--fail-on', 'worse']);
    expect(limits).toMatchObject({ code: 0, errors: '' });
    const lines = limits.output.split('\n');
    expect(lines[0]).toMatch(/^Last week \(.*\) → Today/);
    expect(lines[1]).toBe(
      'Option changed: limits of "channel" 0.3, now none (verdicts depend on it)',
    );
    expect(limits.output).toMatch(/^untold +channel +stable → drifted/m);

    const outputs = ['html', 'json', 'markdown'].flatMap((f) => [`--${f}`, at(`diff.${f}`)]);
    const worse = await command([
      'diff',
      at('calm.json'),
      at('new.json'),
      '--fail-on',
      'worse',
      ...outputs,
    ]);
    expect(worse.code).toBe(1);
    expect(worse.output).toContain('10 columns newly drifted; 15 unchanged.');
    const written = JSON.parse(readFileSync(at('diff.json'), 'utf8'));
    expect(written.counts.new).toBe(10);
    expect(faults(written)).toEqual([]);
    expect(readFileSync(at('diff.html'), 'utf8')).toContain('"type":"diff"');
    expect(readFileSync(at('diff.markdown'), 'utf8')).toContain('| new | annual\\_income |');
    const turned = await command(['diff', at('new.json'), at('old.html')]);
    expect(turned.output.match(/^Note: .*made after the other; swap them.*$/gm)).toHaveLength(1);
    expect(worse.output).not.toContain('swap them');
    const silent = await command(['diff', at('calm.json'), at('new.json'), '--json', '-']);
    expect(JSON.parse(silent.output).type).toBe('diff');
    const turnedJson = await command(['diff', at('new.json'), at('old.html'), '--json', '-']);
    expect(faults(JSON.parse(turnedJson.output))).toEqual([]);
  }, 60_000);

  it.each([
    [['nowhere.json', 'nowhere.json'], 'There is no file'],
    [['.', '.'], 'cannot be read'],
    [['package.json', 'package.json'], 'holds no report'],
    [['-', '-'], 'only one of the two'],
    [['package.json', 'package.json', '--fail-on', 'drift'], 'never or worse'],
    [['package.json', 'package.json', '--json', '-', '--html', '-'], 'only one output'],
    [['package.json'], "missing required argument 'later'"],
  ])('refuses %j in one line', async (words, sentence) => {
    const { code, output, errors } = await command(['diff', ...words]);
    expect(code).toBe(2);
    expect(output).toBe('');
    expect(errors).toContain(sentence);
    expect(errors.trim().split('\n')).toHaveLength(1);
  });
});

describe('the JSON Schema of a diff', () => {
  const report = exampleReport(25);
  const [first, second] = report.columns;
  const others: DriftReport = {
    ...calm(report),
    options: { ...report.options, alpha: 0.01, limits: { age: 0.3 } },
    columns: [...calm(report).columns.slice(2), { ...structuredClone(first), name: 'gone' }],
  } as DriftReport;

  it('describes diffs with columns and options of every sort', () => {
    const diff = diffReports(others, report);
    expect(diff.added.map(({ name }) => name)).toEqual([first?.name, second?.name]);
    expect(diff.removed.map(({ name }) => name)).toEqual(['gone']);
    expect(diff.options).toHaveLength(2);
    for (const one of [diff, diffReports(report, others), diffReports(report, report)])
      expect(faults(one)).toEqual([]);
  });

  it('refuses what is none', () => {
    const diff = diffReports(others, report);
    const { headline: _, ...without } = diff;
    expect(faults(without)).toEqual([expect.stringContaining("'headline'")]);
    expect(faults({ ...diff, type: 'report' })).not.toEqual([]);
    expect(faults({ ...diff, more: 1 })).toEqual([expect.stringContaining('additional')]);
    const columns = [{ ...diff.columns[0], change: 'better' }];
    expect(faults({ ...diff, columns })[0]).toContain('/columns/0/change');
    expect(faults(report)).not.toEqual([]);
  });
});

describe('text from files', () => {
  const report = exampleReport(25);
  const diff = diffReports(calm(report), report);
  const escapes = '\u001b[31m|\u202e`<b>@all [x](http://evil.example)';
  const [first] = diff.columns;
  if (first) first.name = escapes;

  it('steers no terminal and breaks no table', () => {
    const table = diffTable(diff, null);
    expect(table).not.toMatch(/\p{Cc}(?<!\n)|\u202e/u);
    const changed = diff.columns.filter(({ change }) => change !== 'unchanged');
    expect(
      table
        .trim()
        .split('\n')
        .slice(-changed.length - 1)[0],
    ).toMatch(/^change +column/);
  });

  it('is no markup in Markdown', () => {
    const markdown = diffMarkdown(diff);
    expect(markdown).not.toMatch(/\p{Cc}(?<!\n)|\u202e|<b>|@all|\]\(http:\/\//u);
    for (const line of markdown.split('\n').filter((text) => text.startsWith('|')))
      expect(line.replace(/\\./g, '').match(/\|/g)).toHaveLength(7);
    expect(hostileNames.length).toBeGreaterThan(5);
  });
});
