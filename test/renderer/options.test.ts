// @vitest-environment happy-dom
import { spawnSync } from 'node:child_process';
import { Command } from 'commander';
import { describe, expect, test } from 'vitest';
import type { CompareOptions } from '../../core/contract.js';
import { addCompareOptions, toCompareOptions } from '../../main/commandOptions.js';
import { askedOptions, withMissingValue } from '../../renderer/askedOptions.js';
import { compareCommand, missingOption, shellWord } from '../../renderer/compareCommand.js';
import {
  columnOptions,
  generalOptions,
  numbersIn,
  withoutEntry,
} from '../../renderer/formOptions.js';
import { exampleReport, hostileNames } from './exampleReport.js';

const hasShell = process.platform !== 'win32';

describe('a comparison as a command', () => {
  test('names only what differs from the defaults', () => {
    const report = exampleReport(3);
    const asked = { ...askedOptions(report), baseline: false };
    const { timestamp: _, profile: __, title: ___, ...plain } = asked;
    expect(compareCommand('a.csv', 'b c.csv', plain)).toBe(
      "npx driftglass compare a.csv 'b c.csv'",
    );
    expect(compareCommand('-a.csv', 'b', { limit: 0.2, measures: 'all' })).toBe(
      'npx driftglass compare ./-a.csv b --limit 0.2 --measures all',
    );
  });

  test.skipIf(!hasShell)('comes out of the shell and its parser as it went in', () => {
    const options: CompareOptions = {
      title: "it's $HOME `now`",
      exclude: ['x y', "';rm"],
      kinds: { 'a=b': 'categorical', "o'clock": 'text' },
      alpha: 0.01,
      correction: 'holm',
      limit: 0.2,
      kindLimits: { text: 0.4 },
      limits: { missing: 0.3, 'two words': 0.25, [hostileNames[4] ?? '']: 0.5 },
      missingLimit: 0.02,
      supportLimit: 0.03,
      bins: 20,
      binEdges: { age: [-18, 65] },
      missingValues: { age: ['-1', '999'], '$(x)': ['n/a'] },
      measures: ['psi', 'ks'],
      baseline: true,
      timestamp: 'signed at',
      profile: 'evidently',
      seed: 7,
    };
    const words = shellWords(compareCommand('a "b".csv', "it's.csv", options));
    expect(words.slice(0, 5)).toEqual(['npx', 'driftglass', 'compare', 'a "b".csv', "it's.csv"]);
    const command = addCompareOptions(new Command().argument('<a>').argument('<b>'));
    command.parse(words.slice(3), { from: 'user' });
    expect(toCompareOptions(command.opts())).toEqual(options);
  });

  test.skipIf(!hasShell)('quotes any word', () => {
    for (const name of hostileNames) {
      expect(shellWords(`x ${shellWord(name)}`)).toEqual(['x', name]);
    }
    expect(missingOption('the age', ['-1', '999'])).toBe("--missing 'the age=-1,999'");
  });
});

describe('asking again', () => {
  const report = exampleReport(3);

  test('keeps what the report was made with', () => {
    const { title, timestamp, profile, columns } = askedOptions(report);
    expect({ title, timestamp, profile, columns }).toEqual({
      title: 'Lending model, October',
      timestamp: 'signed_at',
      profile: 'evidently',
      columns: undefined,
    });
  });

  test('adds a value that means missing, once, under any name', () => {
    const once = withMissingValue(askedOptions(report), '__proto__', '-1');
    const twice = withMissingValue(withMissingValue(once, '__proto__', '-1'), '__proto__', '9');
    expect(JSON.stringify(twice.missingValues)).toBe('{"__proto__":["-1","9"]}');
    expect(withoutEntry(twice, 'missingValues', '__proto__').missingValues).toEqual({});
  });

  test('reads the panel, and leaves out what is switched off', () => {
    const base = askedOptions(report);
    const form = new FormData();
    const fields = { alpha: '0.01', limit: '', bins: '5', correction: 'none', measures: 'all' };
    for (const [name, value] of Object.entries(fields)) form.set(name, value);
    expect(generalOptions(form, base)).toEqual({
      ...withoutProfile(base),
      alpha: 0.01,
      bins: 5,
      correction: 'none',
      measures: 'all',
      baseline: false,
    });
    form.set('baseline', 'on');
    form.set('timestamp', 'signed_at');
    form.set('profile', 'on');
    expect(generalOptions(form, base)).toMatchObject({
      baseline: true,
      timestamp: 'signed_at',
      profile: 'evidently',
    });
  });

  test('reads one column, and takes back what is empty', () => {
    const form = new FormData();
    form.set('kind', 'categorical');
    form.set('limit', '0.3');
    form.set('binEdges', '65, 18;18 x');
    form.set('missing', ' -1, ,n/a');
    const set = columnOptions(form, {}, 'age');
    expect(set).toEqual({
      kinds: { age: 'categorical' },
      limits: { age: 0.3 },
      binEdges: { age: [18, 65] },
      missingValues: { age: ['-1', 'n/a'] },
    });
    const empty = { kinds: {}, limits: {}, binEdges: {}, missingValues: {} };
    expect(columnOptions(new FormData(), set, 'age')).toEqual(empty);
    expect(numbersIn('')).toEqual([]);
  });
});

function withoutProfile({ timestamp: _, profile: __, ...others }: CompareOptions): CompareOptions {
  return others;
}

function shellWords(command: string): string[] {
  const { stdout } = spawnSync('sh', ['-c', `printf '%s\\0' ${command}`], { encoding: 'utf8' });
  return stdout.split('\0').slice(0, -1);
}
