import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { DriftError, type DriftReport, packageVersion } from '../../core/index.js';
import { addCompareOptions, toCompareOptions } from '../../main/compareOptions.js';
import { addReadingOptions } from '../../main/readingOptions.js';
import { createTemporaryFolder } from '../createTemporaryFolder.js';
import { command, lending, root } from './command.js';

const { path: folder, write: file } = createTemporaryFolder();

/** Columns whose names are words of the options, too. */
function plain(): string {
  const lines = Array.from({ length: 400 }, (_, i) => {
    const age = i % 40 === 0 ? -1 : i % 40 === 1 ? 999 : 18 + ((i * 7) % 60);
    const when = new Date(Date.UTC(2026, 0, 5) + i * 3_600_000).toISOString();
    const job = i % 10 === 0 ? 'none' : ['clerk', 'driver', 'nurse'][(i * 11) % 3];
    return [age, (i * 37) % 101, (i * 53) % 97, (i * 17) % 89, job, when].join(',');
  });
  return file('plain-pair.csv', `age,amount,missing,a=b,job,when\n${lines.join('\n')}\n`);
}

async function jsonOf(...words: string[]): Promise<{ report: DriftReport; errors: string }> {
  const path = plain();
  const all = ['compare', path, path, ...words, '--json', '-', '--quiet'];
  const { output, errors } = await command(all);
  return { report: JSON.parse(output || '{}'), errors };
}

describe('driftglass compare', () => {
  it('prints the summary and writes every output whole', async () => {
    const outputs = ['html', 'json', 'csv'].map((format) => join(folder, `report.${format}`));
    const words = outputs.flatMap((path) => [`--${path.split('.').at(-1)}`, path]);
    const { code, output, errors } = await command([
      'compare',
      lending.reference,
      lending.current,
      ...words,
    ]);
    expect(code).toBe(0);
    expect(output).toContain('10 of 25 columns drifted');
    expect(output).toMatch(/drifted, major +annual_income +numeric/);
    expect(errors).toContain('Measuring columns');
    const report = JSON.parse(readFileSync(outputs[1] as string, 'utf8'));
    expect(report.summary.driftedCount).toBe(10);
    expect(readFileSync(outputs[0] as string, 'utf8')).toContain('driftglass-report');
    expect(readFileSync(outputs[2] as string, 'utf8').split('\n')[0]).toMatch(
      /^column,kind,verdict/,
    );
    expect(readdirSync(folder).filter((name) => name.endsWith('.part'))).toEqual([]);
  });

  it('exports what is chosen: sections, masked, with notes and a summary', async () => {
    const notes = file('notes.md', '**Look** at income');
    const outputs = ['json', 'markdown', 'html'].map((format) => `chosen.${format}`);
    const { code } = await command([
      ...['compare', lending.reference, lending.current, '--quiet', '--notes', notes],
      ...['--sections', 'charts,values', '--private', '7'],
      ...outputs.flatMap((name) => [`--${name.split('.')[1]}`, join(folder, name)]),
    ]);
    expect(code).toBe(0);
    const [json, markdown, html] = outputs.map((name) => readFileSync(join(folder, name), 'utf8'));
    const report: DriftReport = JSON.parse(json ?? '');
    expect(report.contents).toEqual({ sections: ['charts', 'values'], maskedBelow: 7 });
    expect(report.authorNotes).toEqual({ report: '**Look** at income', columns: {} });
    expect(report.columns.every(({ measures }) => Object.keys(measures).length === 0)).toBe(true);
    expect(markdown).toContain('**Look** at income');
    expect(markdown).toMatch(/npx driftglass compare \S+ \S+ --quiet/);
    expect(html).toContain('"maskedBelow":7');
  });

  it.each([
    ['--sections', 'charts,nothing', /--sections has charts, measures/],
    ['--private', '1', /2 or more/],
    ['--notes', 'nowhere.md', /There is no file or folder "nowhere\.md"/],
  ])('refuses %s %s before any work', async (option, value, message) => {
    const words = ['compare', lending.reference, lending.current, option, value, '--json', '-'];
    const { code, output, errors } = await command(words);
    expect({ code, output }).toEqual({ code: 2, output: '' });
    expect(errors).toMatch(message);
    expect(errors).not.toContain('Measuring');
  });

  it('says in one sentence where no browser can print a PDF', async () => {
    const env = { ...process.env, DRIFTGLASS_BROWSER: join(folder, 'no-browser') };
    const pdf = join(folder, 'none.pdf');
    const words = ['compare', lending.reference, lending.current, '--pdf', pdf];
    const { code, errors } = await command(words, { env });
    expect(code).toBe(2);
    expect(errors).toMatch(/^driftglass: A PDF is printed by Chromium[^\n]+\n$/);
    expect(readdirSync(folder)).not.toContain('none.pdf');
  });

  it('opens no file that is neither a pair nor a report', async () => {
    const broken = file('broken.html', '<!doctype html><p>no report');
    expect(await command(['open', broken])).toMatchObject({
      code: 2,
      errors: expect.stringMatching(/"broken\.html" holds no report/),
    });
    const { code, errors } = await command(['open', lending.reference]);
    expect(code).toBe(2);
    expect(errors).toMatch(/one report as HTML or JSON/);
  });

  it('writes one output to standard output and nothing beside it', async () => {
    const { code, output, errors } = await command([
      'compare',
      lending.reference,
      lending.current,
      '--json',
      '-',
      '--quiet',
    ]);
    expect(code).toBe(0);
    expect(JSON.parse(output).schemaVersion).toBe(1);
    expect(errors).toBe('');
  });

  it('applies its options', async () => {
    const words = [
      '--columns',
      'age,channel,term',
      '--exclude',
      'term',
      '--kind',
      'age=categorical',
      '--alpha',
      '0.01',
    ];
    const more = [
      '--limit',
      '0.2',
      '--limit',
      'age=0.9',
      '--correction',
      'holm',
      '--bins',
      '5',
      '--seed',
      '7',
      '--title',
      'T',
    ];
    const { output } = await command([
      'compare',
      lending.reference,
      lending.current,
      ...words,
      ...more,
      '--json',
      '-',
      '--quiet',
    ]);
    const report = JSON.parse(output);
    expect(report.columns.map(({ name }: { name: string }) => name).sort()).toEqual([
      'age',
      'channel',
    ]);
    expect(report.columns.find(({ name }: { name: string }) => name === 'age').kind).toBe(
      'categorical',
    );
    expect(report.options).toMatchObject({
      alpha: 0.01,
      limit: 0.2,
      limits: { age: 0.9 },
      correction: 'holm',
      bins: 5,
      seed: 7,
      title: 'T',
    });
  });

  it('takes limits, edges, missing values, measures, a baseline and a profile', async () => {
    const { report, errors } = await jsonOf(
      ...['--limit', '0.2', '--limit', 'missing=0.1', '--limit', 'support=0.03'],
      ...['--limit', 'numeric=0.3', '--limit', 'age=0.5', '--limit', 'column:missing=0.4'],
      ...['--limit', 'a=b=0.7', '--bins', '8', '--bins', 'age=18,65'],
      ...['--missing', 'age=-1,999', '--missing', 'job=none', '--measures', 'all'],
      ...['--baseline', '--timestamp', 'when', '--profile', 'evidently'],
    );
    expect(errors).toBe('');
    expect(report.options).toMatchObject({
      limit: 0.2,
      missingLimit: 0.1,
      supportLimit: 0.03,
      kindLimits: { numeric: 0.3 },
      limits: { age: 0.5, missing: 0.4, 'a=b': 0.7 },
      bins: 8,
      binEdges: { age: [18, 65] },
      missingValues: { age: ['-1', '999'], job: ['none'] },
      measures: 'all',
      baseline: true,
      timestamp: 'when',
      profile: 'evidently',
    });
    const finding = (name: string) => report.columns.find((column) => column.name === name);
    expect(finding('age')?.reference.missingCount).toBe(20);
    expect(finding('job')?.reference.missingCount).toBe(40);
    expect(finding('age')?.measures.psi).toMatchObject({ binEdges: [18, 65] });
    expect(Object.keys(finding('age')?.measures ?? {})).toHaveLength(15);
    const limitOf = (name: string) => finding(name)?.channels.shape.effect?.limit;
    expect(['age', 'missing', 'a=b', 'amount', 'job'].map(limitOf)).toEqual([
      0.5, 0.4, 0.7, 0.3, 0.2,
    ]);
    expect(report.baseline).toMatchObject({ split: 'time', timestamp: 'when' });
    expect(report.profile?.id).toBe('evidently');
  });

  it('takes measures by their ids', async () => {
    const { report } = await jsonOf('--measures', 'mmd,g-test');
    expect(report.options.measures).toEqual(['mmd', 'g-test']);
    const { measures } = report.columns.find(({ name }) => name === 'amount') ?? {};
    expect(Object.keys(measures ?? {}).sort()).toEqual(
      ['ks', 'wasserstein', 'mmd', 'psi', 'jensen-shannon'].sort(),
    );
  });

  it('prints what stands beside the verdicts', async () => {
    const words = ['--baseline', '--profile', 'evidently'];
    const { output, code } = await command(['compare', plain(), plain(), ...words]);
    expect(code).toBe(0);
    expect(output).toMatch(/^May stand for missing: .*age \(-1, 999\).*job \(none\)/m);
    expect(output).toMatch(
      /^The reference against itself: no column drifted \(split at random\)$/m,
    );
    expect(output).toMatch(
      /^Evidently .*: 0 of 5 columns drifted, 0 of them likely false alarms$/m,
    );
  });

  it('reads each side in its own way', async () => {
    const reference = file('plain.csv', `1;a\n${'2;b\n'.repeat(40)}`);
    const current = file('headed.csv', `n,w\n${'2,b\n'.repeat(40)}9,-\n`);
    const words = [
      '--reference-no-header',
      '--reference-names',
      'n,w',
      '--reference-delimiter',
      ';',
      '--current-null-values=-',
    ];
    const { output, errors } = await command([
      'compare',
      reference,
      current,
      ...words,
      '--json',
      '-',
      '--quiet',
    ]);
    expect(errors).toBe('');
    const report = JSON.parse(output);
    expect(report.reference).toMatchObject({
      rowCount: 41,
      dialect: { delimiter: ';', header: false },
    });
    expect(
      report.columns.find(({ name }: { name: string }) => name === 'w').current.missingCount,
    ).toBe(1);
  });

  it('exits with 1 when --fail-on holds', async () => {
    const words = ['compare', lending.reference, lending.current, '--quiet'];
    expect((await command([...words, '--fail-on', 'drift'])).code).toBe(1);
    expect(
      (await command([...words, '--fail-on', 'drift', '--columns', 'customer_type'])).code,
    ).toBe(0);
    expect((await command([...words, '--fail-on', 'never'])).code).toBe(0);
  });

  it('answers --version and --help', async () => {
    expect(await command(['--version'])).toMatchObject({ code: 0, output: `${packageVersion}\n` });
    const { code, output } = await command(['compare', '--help']);
    expect(code).toBe(0);
    expect(output).toContain('--fail-on');
  });
});

describe('bad input gets one sentence and exit code 2', () => {
  const good = lending.current;
  const parquet = () => readFileSync(join(root, 'sample-data/lending/current.parquet'));
  const cases: [string, () => string[], RegExp][] = [
    ['an empty file', () => [file('empty.csv', ''), good], /"empty\.csv" is empty \(0 bytes\)/],
    [
      'a header without rows',
      () => [file('header.csv', 'a,b\n'), good],
      /"header\.csv" has no rows/,
    ],
    [
      'a truncated Parquet file',
      () => [file('cut.parquet', parquet().subarray(0, 9000)), good],
      /"cut\.parquet" .* cut short or damaged/,
    ],
    [
      'a folder without data files',
      () => [mkdtempSync(join(folder, 'none-')), good],
      /has no CSV, JSON, Parquet or Arrow files in it/,
    ],
    ['a missing file', () => [join(folder, 'nowhere.csv'), good], /There is no file or folder/],
    [
      'no shared column',
      () => [file('other.csv', 'zebra\n1\n2\n'), good],
      /The two files share no column/,
    ],
    [
      'a binary file',
      () => [
        file('noise.csv', Buffer.from(Array.from({ length: 5000 }, (_, i) => (i * 7919) % 256))),
        good,
      ],
      /"noise\.csv" is no data file/,
    ],
    ['an unknown column', () => [good, good, '--columns', 'nope'], /No column is called "nope"/],
    ['an unknown option', () => [good, good, '--nope'], /unknown option '--nope'/],
    [
      'one file only',
      () => [good],
      /give two files, the reference and the current one, or one with --split-by/,
    ],
    ['a bad number', () => [good, good, '--alpha', 'x'], /alpha.* must be a number/],
    ['a number out of range', () => [good, good, '--alpha', '2'], /alpha must lie between 0 and 1/],
    ['a bad limit', () => [good, good, '--limit', 'x'], /--limit needs a number \(got x\)/],
    ['a sample of nothing', () => [good, good, '--sample', '0'], /sample must be a whole number/],
    ['a split of two files', () => [good, good, '--split-by', 'term'], /--split-by takes one file/],
    [
      'a split by nothing that is there',
      () => [good, '--split-by', 'nope'],
      /cannot be parted by "nope" \(no column is called "nope"/,
    ],
    [
      'a condition that is none',
      () => [good, good, '--current-where', "read_text('/etc/passwd') = 'x'"],
      /--current-where cannot be used \(the function "read_text" is not allowed\)/,
    ],
    [
      'a rename of nothing',
      () => [good, good, '--rename', 'age=nope'],
      /"age" cannot be compared with "nope"/,
    ],
    [
      'a time without a baseline',
      () => [good, good, '--timestamp', 'age'],
      /ask for the baseline too/,
    ],
    ['missing of nothing', () => [good, good, '--missing', 'age'], /--missing needs column=value/],
    [
      'missing of an unknown column',
      () => [good, good, '--missing', 'nope=-1'],
      /No column is called "nope"/,
    ],
    [
      'an unknown measure',
      () => [good, good, '--measures', 'ks,KS'],
      /measures must be among .* \(got KS\)/,
    ],
    [
      'an unknown profile',
      () => [good, good, '--profile', 'nannyml'],
      /profile must be evidently \(got nannyml\)/,
    ],
    [
      'a timestamp that is no time',
      () => [good, good, '--baseline', '--timestamp', 'channel'],
      /the times in "channel" do not part the reference in two/,
    ],
    ['a bad kind', () => [good, good, '--kind', 'age=fruit'], /kind of age must be one of/],
    [
      'two outputs to standard output',
      () => [good, good, '--json', '-', '--csv', '-'],
      /only one output/,
    ],
    [
      'a folder that is not there',
      () => [good, good, '--columns', 'age', '--html', join(folder, 'no', 'r.html')],
      /cannot be written \(its folder does not exist\)/,
    ],
  ];
  it.each(cases)('%s', async (_name, words, sentence) => {
    const { code, output, errors } = await command([
      'compare',
      ...words(),
      ...(words().includes('--json') ? [] : ['--quiet']),
    ]);
    expect(code).toBe(2);
    expect(errors).toMatch(sentence);
    expect(errors.trim().split('\n')).toHaveLength(1);
    expect(errors).not.toMatch(/ {4}at /);
    expect(output).toBe('');
  });
});

describe('an option that cannot be understood is one sentence', () => {
  const parsed = (words: string[]) => {
    const command = addCompareOptions(addReadingOptions(new Command())).exitOverride();
    return toCompareOptions(command.parse(words, { from: 'user' }).opts());
  };
  it.each<[string, string, string]>([
    ['--limit', 'age=', '--limit needs a number (got ).'],
    ['--limit', 'age=x', '--limit needs a number (got x).'],
    ['--limit', '=0.2', '--limit needs column=value (got =0.2).'],
    ['--limit', '', '--limit needs a number (got ).'],
    ['--bins', 'many', '--bins needs a number (got many).'],
    ['--bins', 'age=18,x', '--bins needs a number (got x).'],
    ['--bins', 'age=18,', '--bins needs a number (got ).'],
    ['--bins', '=1', '--bins needs column=value (got =1).'],
    ['--missing', 'age', '--missing needs column=value (got age).'],
    ['--missing', '=-1', '--missing needs column=value (got =-1).'],
    ['--kind', 'age', '--kind needs column=value (got age).'],
    ['--rename', 'age', '--rename needs column=value (got age).'],
    ['--split-by', '=x', '--split-by needs column=value (got =x).'],
  ])('%s %s', (option, text, message) => {
    expect(() => parsed([option, text])).toThrowError(new DriftError('bad-option', message));
  });

  it('and one that can be, alone', () => {
    expect(parsed([])).toEqual({});
    expect(parsed(['--missing', 'a=b=-1'])).toEqual({ missingValues: { 'a=b': ['-1'] } });
    expect(parsed(['--measures', 'all'])).toEqual({ measures: 'all' });
    expect(parsed(['--rename', 'a=b', '--rename', 'c=d=e'])).toEqual({
      renames: { a: 'b', 'c=d': 'e' },
    });
    expect(parsed(['--split-by', 'period'])).toEqual({ splitBy: { column: 'period' } });
    expect(parsed(['--split-by', 'a=b=c'])).toEqual({ splitBy: { column: 'a=b', at: 'c' } });
    expect(parsed(['--sample', '500'])).toEqual({ sample: 500 });
    expect(parsed(['--limit', 'column:numeric=0.2'])).toEqual({ limits: { numeric: 0.2 } });
    expect(parsed(['--limit', 'text=0.2', '--limit', 'boolean=0.3'])).toEqual({
      kindLimits: { text: 0.2, boolean: 0.3 },
    });
  });
});

describe('faults', () => {
  it('says one sentence and exits with 3 when a worker dies', async () => {
    // a copy of the built package whose worker ends at once
    const copy = join(root, 'test-results', `broken-${process.pid}`);
    mkdirSync(copy, { recursive: true });
    cpSync(join(root, 'dist'), join(copy, 'dist'), { recursive: true });
    cpSync(join(root, 'package.json'), join(copy, 'package.json'));
    writeFileSync(join(copy, 'dist', 'worker.js'), 'process.exit(7);\n');
    const target = join(folder, 'never.html');
    const words = ['compare', lending.reference, lending.current, '--html', target, '--quiet'];
    const { code, errors } = await command(words, { cli: join(copy, 'dist', 'cli.js') });
    rmSync(copy, { recursive: true, force: true });
    expect(code).toBe(3);
    expect(errors).toMatch(/^driftglass: The part that computes stopped unexpectedly/);
    expect(errors.trim().split('\n')).toHaveLength(1);
    expect(readdirSync(folder)).not.toContain('never.html');
  });

  it('writes nothing that steers the terminal', async () => {
    const hostile = file(
      'hostile.csv',
      `"\u001b[2Jx","</script><b>",ok\n${'1,word,2\n'.repeat(60)}1,"\u001b]0;t\u0007",2\n`,
    );
    const { code, output, errors } = await command(['compare', hostile, lending.current]);
    expect(code).toBe(2);
    const same = await command(['compare', hostile, hostile]);
    expect(same.code).toBe(0);
    expect(output + errors + same.output + same.errors).not.toMatch(/[^\P{Cc}\n]/u);
  });
});

describe('driftglass open', () => {
  it('prints the address and ends by itself without a terminal', async () => {
    const env = {
      ...process.env,
      DISPLAY: '',
      WAYLAND_DISPLAY: '',
      ELECTRON_OVERRIDE_DIST_PATH: join(folder, 'no-electron'),
    };
    const { code, output } = await command(['open', lending.reference, lending.current], { env });
    expect(code).toBe(0);
    expect(output).toMatch(
      /Open this address in a browser on this machine: http:\/\/127\.0\.0\.1:\d+\/\?token=/,
    );
  });

  it('needs two files or none', async () => {
    expect(await command(['open', lending.reference])).toMatchObject({ code: 2 });
  });
});
