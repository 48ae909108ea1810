import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import type { Channel, DriftReport, Finding } from '../../core/contract.js';
import { measureIds } from '../../renderer/measureNames.js';
import { statisticLines } from '../../renderer/statisticLines.js';
import { pythonString } from '../../renderer/work/python.js';
import type { Work, WorkTopic } from '../../renderer/work/work.js';
import { workOf } from '../../renderer/work/workOf.js';
import { hostileNames } from './exampleReport.js';
import { runSnippets, versionOf } from './runSnippets.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const command = `${root}dist/cli.js`;
const scipy = versionOf('scipy');
const missing =
  scipy === null
    ? 'no python3 with SciPy'
    : existsSync(command)
      ? null
      : 'dist/cli.js is not built';

/** What rounding leaves open where SciPy takes a p-value as 1 less a sum. */
const smallest = 4e-15;

describe.skipIf(missing !== null)(`snippets print the report's numbers${reasonWords()}`, () => {
  test('of all columns and all measures of the sample, within 1e-9', () => {
    const folder = `${root}sample-data/lending`;
    const { works, checkedCount, faults } = check(folder, ['reference.csv', 'current.csv']);
    console.log(`${checkedCount} numbers of ${works.length} works checked against SciPy ${scipy}`);
    expect(faults).toEqual([]);
    expect(checkedCount).toBeGreaterThan(1000);
    const silent = works.filter(({ work }) => work.snippet === null && work.notes.length === 0);
    expect(silent).toEqual([]);
  });

  const parquet = versionOf('pyarrow') === null ? ' (skipped: no pyarrow)' : '';
  test.skipIf(parquet !== '')(`of a Parquet file against a CSV file${parquet}`, () => {
    const folder = `${root}sample-data/lending`;
    const { checkedCount, faults } = check(folder, ['reference.parquet', 'current.csv']);
    expect(faults).toEqual([]);
    expect(checkedCount).toBeGreaterThan(1000);
  });

  test('of columns with hostile names in odd files', () => {
    const folder = mkdtempSync(join(tmpdir(), 'driftglass-'));
    try {
      writeFileSync(join(folder, oddFile), oddCsv(400, 0));
      writeFileSync(join(folder, 'b.csv.gz'), gzipSync(oddCsv(300, 3)));
      const options = ['--missing', `${hostile}=-1,7.5`, '--bins', '4'];
      const { works, checkedCount, faults } = check(folder, [oddFile, 'b.csv.gz', ...options]);
      expect(faults).toEqual([]);
      expect(checkedCount).toBeGreaterThan(150);
      expect(new Set(works.map(({ name }) => name))).toContain(hostile);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

describe('what goes into Python', () => {
  test('is one line of printable ASCII, whatever the text', () => {
    for (const text of [hostile, oddFile, ...hostileNames, '\u2028\u202e\ud800\u0000']) {
      const literal = pythonString(text);
      expect(literal).toMatch(/^"[ -~]*"$/);
      expect(literal.slice(1, -1).replace(/\\./g, '')).not.toContain('"');
    }
    expect(pythonString('a"b\\é🦆\n')).toBe('"a\\"b\\\\\\u00e9\\U0001f986\\u000a"');
  });

  test.skipIf(scipy === null)(`is the same text again there${reasonWords()}`, () => {
    const texts = [hostile, oddFile, ...hostileNames];
    const snippets = texts.map(
      (text) => `for character in ${pythonString(text)}: print("code", ord(character))`,
    );
    const codes = texts.map((text) => ({
      printed: [...text].map((character) => ['code', character.codePointAt(0)]),
    }));
    expect(runSnippets(snippets, root)).toEqual(codes);
  });
});

const hostile = '"; raise SystemExit("run") #\n\\\';{x}';
const oddFile = 'a "quoted" (é).csv';

/** Numbers with spellings of missing and a number that stands for it, flags, days, many levels. */
function oddCsv(rowCount: number, shift: number): string {
  const quote = (text: string) => `"${text.replaceAll('"', '""')}"`;
  const lines = [[hostile, 'flag', 'day', 'code', 'group'].map(quote).join(';')];
  for (let i = 0; i < rowCount; i++) {
    const draw = (i * 7919 + shift * 31) % 1009;
    const number = i % 17 === 0 ? '-1' : i % 23 === 0 ? 'NA' : String(draw / 8 + shift);
    const day = new Date(Date.UTC(2026, 0, 1) + draw * 5_400_000).toISOString().slice(0, 19);
    const words = [number, draw % 3 === 0 ? 'yes' : 'no', day, `c${draw % (90 + shift)}`];
    lines.push(
      [...words, ['a "b"', 'é', '', 'd\\'][(draw + shift) % 4] ?? ''].map(quote).join(';'),
    );
  }
  return `${lines.join('\r\n')}\r\n`;
}

interface Asked {
  name: string;
  topic: WorkTopic;
  work: Work;
}

/** Compares two files, runs the snippet of every number, and says which of them print something else. */
function check(folder: string, words: string[]) {
  const report = compared(folder, words);
  const works = report.columns.flatMap((finding) =>
    topicsOf(finding).flatMap((topic): Asked[] => {
      const work = workOf(topic, finding, report);
      return work === null ? [] : [{ name: finding.name, topic, work }];
    }),
  );
  const run = works.filter(({ work }) => work.snippet !== null);
  const outcomes = runSnippets(
    run.map(({ work }) => work.snippet ?? ''),
    folder,
  );
  const faults: string[] = [];
  let checkedCount = 0;
  for (const [i, { name, topic, work }] of run.entries()) {
    const outcome = outcomes[i] ?? { error: 'not run' };
    const where = `${name} ${Object.values(topic).join(' ')}`;
    if ('error' in outcome) {
      faults.push(`${where}: ${outcome.error}`);
      continue;
    }
    if (work.prints.length > 0 && outcome.printed.length !== work.prints.length) {
      faults.push(`${where}: prints ${JSON.stringify(outcome.printed)}`);
    }
    for (const [j, { label, value }] of work.prints.entries()) {
      const [printedLabel, printed] = outcome.printed[j] ?? ['', Number.NaN];
      checkedCount += 1;
      const isNear = Math.abs(printed - value) <= 1e-9 * Math.abs(value) + rounding(topic, report);
      if (!isNear || printedLabel !== label) {
        faults.push(`${where}: ${printedLabel} ${printed}, in the report ${label} ${value}`);
      }
    }
  }
  return { works, checkedCount, faults };
}

/** SciPy finds H as the difference of two numbers of the size of the rows. */
function rounding(topic: WorkTopic, { reference, current }: DriftReport): number {
  if (topic.what !== 'measure' || topic.id !== 'kruskal-wallis') return smallest;
  return 8 * Number.EPSILON * 3 * (reference.rowCount + current.rowCount);
}

function reasonWords(): string {
  return missing === null ? '' : ` (skipped: ${missing})`;
}

function topicsOf(finding: Finding): WorkTopic[] {
  const channels: Channel[] = ['schema', 'missing', 'support', 'shape'];
  return [
    ...measureIds.flatMap((id): WorkTopic[] => [
      { what: 'measure', id },
      { what: 'measure-q', id },
    ]),
    ...channels.flatMap((channel): WorkTopic[] => [
      { what: 'effect', channel },
      { what: 'p', channel },
      { what: 'q', channel },
    ]),
    ...statisticLines(finding).map(({ key }): WorkTopic => ({ what: 'statistic', key })),
  ];
}

function compared(folder: string, words: string[]): DriftReport {
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    [command, 'compare', ...words, '--json', '-', '--quiet', '--measures', 'all'],
    { cwd: folder, encoding: 'utf8', maxBuffer: 64_000_000 },
  );
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout) as DriftReport;
}
