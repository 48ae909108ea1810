// @vitest-environment happy-dom
import { spawnSync } from 'node:child_process';
import { Command } from 'commander';
import { describe, expect, test } from 'vitest';
import type { CompareOptions, Reading } from '../../core/contract.js';
import { addCompareOptions, toCompareOptions } from '../../main/compareOptions.js';
import { addReadingOptions, toSource } from '../../main/readingOptions.js';
import {
  askedOptions,
  byOwnNames,
  withMissingValue,
  withoutRename,
  withRename,
} from '../../renderer/askedOptions.js';
import {
  compareCommand,
  missingOption,
  renameOption,
  shellWord,
  sideOptions,
} from '../../renderer/compareCommand.js';
import {
  columnOptions,
  filteredSources,
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
    expect(compareCommand({ path: 'a.csv' }, { path: 'b c.csv' }, plain)).toBe(
      "npx driftglass compare a.csv 'b c.csv'",
    );
    expect(compareCommand({ path: '-a.csv' }, { path: 'b' }, { limit: 0.2, measures: 'all' })).toBe(
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
      sample: 5000,
      renames: { 'o=ld': "n'ew" },
    };
    const words = shellWords(compareCommand({ path: 'a "b".csv' }, { path: "it's.csv" }, options));
    expect(words.slice(0, 5)).toEqual(['npx', 'driftglass', 'compare', 'a "b".csv', "it's.csv"]);
    const command = addCompareOptions(new Command().argument('<a>').argument('<b>'));
    command.parse(words.slice(3), { from: 'user' });
    expect(toCompareOptions(command.opts())).toEqual(options);
  });

  test('of one file that is split names it once', () => {
    const split = { splitBy: { column: 'the year', at: '2024' } };
    expect(compareCommand({ path: 'a.csv' }, { path: 'a.csv' }, split)).toBe(
      "npx driftglass compare a.csv --split-by 'the year=2024'",
    );
    expect(compareCommand({ path: 'a.csv' }, { path: 'a.csv' }, { splitBy: { column: 'y' } })).toBe(
      'npx driftglass compare a.csv --split-by y',
    );
  });

  test('says once how both files are read, and by side where they differ', () => {
    const reference = { path: 'a.csv', reading: { delimiter: ';', decimal: ',' as const } };
    const current = { path: 'b.csv', reading: { delimiter: ';' }, where: "land = 'DE'" };
    expect(compareCommand(reference, current, {})).toBe(
      "npx driftglass compare a.csv b.csv --delimiter ';' --reference-decimal , --current-where 'land = '\\''DE'\\'''",
    );
    expect(sideOptions('current', current, { plz: 'categorical' })).toBe(
      "--current-delimiter ';' --current-where 'land = '\\''DE'\\''' --kind plz=categorical",
    );
    expect(sideOptions('reference', { path: 'x' }, {})).toBe('');
  });

  test('names an upload by its own name, not by where a copy is kept', () => {
    const kept = { path: '/tmp/kept/1/x', name: 'pasted table' };
    expect(compareCommand(kept, { path: 'b.csv' }, {})).toBe(
      "npx driftglass compare 'pasted table' b.csv",
    );
  });

  test.skipIf(!hasShell).each(['reference', 'current'] as const)(
    'says every choice of how the %s file is read, and its parser takes them back',
    (side) => {
      const reading: Required<Reading> = {
        delimiter: '\t',
        quote: "'",
        escape: '\\',
        comment: '#',
        skipLineCount: 3,
        header: false,
        names: ['a', 'b c', '-d'],
        nullValues: ['?', '-1'],
        encoding: 'latin-1',
        decimal: ',',
        thousands: '.',
        dateFormat: '%d.%m.%Y',
        strict: true,
      };
      const source = { path: 'a.csv', reading, where: "x > 1 and n = 'it''s'" };
      const words = shellWords(sideOptions(side, source, {}));
      const command = addReadingOptions(new Command());
      command.option('--reference-where <sql>').option('--current-where <sql>');
      command.parse(words, { from: 'user' });
      expect(toSource('a.csv', command.opts(), side).reading).toEqual(reading);
      expect(command.opts()[`${side}Where`]).toBe(source.where);
      const headed = { path: 'a.csv', reading: { header: true, quote: '' } };
      const again = addReadingOptions(new Command());
      again.parse(shellWords(sideOptions(side, headed, {})), { from: 'user' });
      expect(toSource('a.csv', again.opts(), side)).toEqual(headed);
    },
  );

  test.skipIf(!hasShell)('quotes any word', () => {
    for (const name of hostileNames) {
      expect(shellWords(`x ${shellWord(name)}`)).toEqual(['x', name]);
    }
    expect(missingOption('the age', ['-1', '999'])).toBe("--missing 'the age=-1,999'");
    expect(renameOption('Age', 'the age')).toBe("--rename 'Age=the age'");
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

  test('takes only a title that a person gave', () => {
    const titled = (title: string, splitBy: { column: string } | null) =>
      askedOptions({ ...report, options: { ...report.options, title, splitBy } }).title;
    expect(titled('all.csv split by year', { column: 'year' })).toBeUndefined();
    expect(titled('all.csv split by year', null)).toBe('all.csv split by year');
    const names = `${report.reference.name} and ${report.current.name}`;
    expect(titled(names, null)).toBeUndefined();
  });

  test('adds a value that means missing, once, under any name', () => {
    const once = withMissingValue(askedOptions(report), '__proto__', '-1');
    const twice = withMissingValue(withMissingValue(once, '__proto__', '-1'), '__proto__', '9');
    expect(JSON.stringify(twice.missingValues)).toBe('{"__proto__":["-1","9"]}');
    expect(withoutEntry(twice, 'missingValues', '__proto__').missingValues).toEqual({});
  });

  test('adds a rename, and takes it back with all that was set for its column', () => {
    const renamed = withRename(askedOptions(report), 'Age', '__proto__');
    expect(renamed.renames).toEqual({ Age: '__proto__' });
    const undone = withoutRename(
      {
        ...renamed,
        columns: ['Age', 'income'],
        exclude: ['Age'],
        timestamp: 'Age',
        kinds: { Age: 'text', income: 'text' },
        limits: { Age: 1 },
        binEdges: { Age: [1] },
        missingValues: { Age: ['-1'] },
      },
      'Age',
    );
    expect(undone).toEqual({
      ...withoutTimestamp(askedOptions(report)),
      columns: ['income'],
      kinds: { income: 'text' },
    });
    expect(withoutRename({ columns: ['Age'] }, 'Age').columns).toBeUndefined();
  });

  test('finds what is set for a column under the name that its file has', () => {
    const renames = { Age: 'age_years' };
    const own = byOwnNames({ Age: 'text', other: 'numeric' }, renames);
    expect(own).toEqual({ age_years: 'text', other: 'numeric' });
    expect(byOwnNames(own, renames, 'back')).toEqual({ Age: 'text', other: 'numeric' });
  });

  test('reads which rows are compared; no number is all of them', () => {
    const form = new FormData();
    form.set('sample', '5000');
    form.set('splitColumn', 'year');
    form.set('splitAt', ' 2024 ');
    expect(generalOptions(form, {})).toMatchObject({
      sample: 5000,
      splitBy: { column: 'year', at: '2024' },
    });
    form.set('sample', '');
    form.set('splitAt', '');
    const again = generalOptions(form, { sample: 5000, splitBy: { column: 'x', at: '1' } });
    expect(again.sample).toBeUndefined();
    expect(again.splitBy).toEqual({ column: 'year' });
  });

  test('reads a condition for each side, or one for both parts of a file; empty is all rows', () => {
    const sources = {
      reference: { path: 'a.csv', where: 'x > 1' },
      current: { path: 'b.csv', reading: { delimiter: ';' } },
    };
    const form = new FormData();
    form.set('referenceWhere', ' ');
    form.set('currentWhere', " y = 'b' ");
    expect(filteredSources(form, sources)).toEqual({
      reference: { path: 'a.csv' },
      current: { path: 'b.csv', reading: { delimiter: ';' }, where: "y = 'b'" },
    });
    form.delete('currentWhere');
    form.set('referenceWhere', 'x > 2');
    expect(Object.values(filteredSources(form, sources)).map(({ where }) => where)).toEqual([
      'x > 2',
      'x > 2',
    ]);
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

function withoutTimestamp({ timestamp: _, ...others }: CompareOptions): CompareOptions {
  return others;
}

function shellWords(command: string): string[] {
  const { stdout } = spawnSync('sh', ['-c', `printf '%s\\0' ${command}`], { encoding: 'utf8' });
  return stdout.split('\0').slice(0, -1);
}
