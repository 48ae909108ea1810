import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import type { DriftReport } from '../../core/contract.js';
import { pythonString } from '../../renderer/work/python.js';
import { type Checked, checkWorks } from './checkWorks.js';
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
    const snippets = texts
      .map((text) => `for character in ${pythonString(text)}: print("code", ord(character))`)
      .map((code) => ({ code, folder: root }));
    const codes = texts.map((text) => ({
      printed: [...text].map((character) => ['code', character.codePointAt(0)]),
    }));
    expect(runSnippets(snippets)).toEqual(codes);
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

/** Compares two files and runs the snippet of every number. */
function check(folder: string, words: string[]): Checked {
  const [checked] = checkWorks([{ report: compared(folder, words), folder }]);
  if (!checked) throw new RangeError('one report has one answer');
  return checked;
}

function reasonWords(): string {
  return missing === null ? '' : ` (skipped: ${missing})`;
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
