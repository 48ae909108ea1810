import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CompareOptions, DriftReport, Source } from '../../core/index.js';
import type { CompareCommand } from '../../main/compareCommand.js';
import { addCompareOptions } from '../../main/compareOptions.js';
import { addReadingOptions } from '../../main/readingOptions.js';
import { parseRecipe, type Recipe, readRecipe } from '../../main/recipe.js';
import { recipeText } from '../../main/recipeText.js';
import { toCompareCommand } from '../../main/toCompareCommand.js';
import { createTemporaryFolder } from '../createTemporaryFolder.js';
import { command, root } from './command.js';

const { path: folder, write: file } = createTemporaryFolder();

function pair(): void {
  for (const [name, shift] of [
    ['old.csv', 0],
    ['new.csv', 9],
  ] as const) {
    const lines = Array.from({ length: 300 }, (_, i) => {
      const age = i % 30 === 0 ? -1 : 18 + shift + ((i * 7) % 60);
      return [age, (i * 37) % 101, ['clerk', 'driver', 'nurse'][(i * 11) % 3], i % 2].join(';');
    });
    file(name, `age;amount;job: "title"\u202e;half\n${lines.join('\n')}\n`);
  }
}

/** As the command line gives it to `toCompareCommand`. */
function asked(words: string[], recipe?: Recipe): CompareCommand {
  const parser = new Command().argument('[a]').argument('[b]').exitOverride();
  for (const name of ['html', 'json', 'csv', 'fail-on']) parser.option(`--${name} <text>`);
  addCompareOptions(addReadingOptions(parser)).parse(words, { from: 'user' });
  return toCompareCommand(parser.args, parser.opts(), recipe);
}

async function report(...words: string[]): Promise<Partial<DriftReport>> {
  const all = ['compare', ...words, '--json', '-', '--quiet'];
  const { output, errors } = await command(all, { cwd: folder });
  expect(errors).toBe('');
  const { createdAt: _, ...lasting } = JSON.parse(output) as DriftReport;
  return lasting;
}

const everything = {
  title: 'it: "all" # of it\u202e\u2028',
  columns: ['age', 'amount', 'yes', '2024', 'null'],
  exclude: ['a\nb', ' '],
  kinds: { age: 'categorical', 'a=b': 'text', '12': 'text' },
  alpha: 0.01,
  correction: 'holm',
  limit: 0.2,
  limits: { 'two words': 0.25, constructor: 0.5, ['x'.repeat(2000)]: 0.1 },
  kindLimits: { text: 0.4 },
  missingLimit: 0.02,
  supportLimit: 0.03,
  bins: 20,
  binEdges: { age: [-18, 65.5] },
  missingValues: { age: ['-1', '', '~'] },
  measures: ['psi', 'ks'],
  baseline: true,
  timestamp: 'signed at',
  profile: 'evidently',
  seed: 7,
  sample: 5000,
  sampleRows: 20,
  renames: { 'o=ld': "n'ew" },
  memoryBytes: 4e9,
} satisfies CompareOptions;

const source: Source = {
  path: '-dir/@day-*.csv',
  where: "age >= 18\nand name = 'it''s'",
  reading: { delimiter: '\t', header: false, nullValues: ['', '?'], decimal: ',', comment: '#' },
};

describe('driftglass recipe init', () => {
  it('prints what runs as it is, with the same answer as the options by themselves', async () => {
    pair();
    const words = ['old.csv', 'new.csv', '--limit', 'age=0.3', '--kind', 'half=categorical'];
    const more = ['--missing', 'age=-1', '--current-where', 'amount > 5', '--seed', '3'];
    const init = await command(['recipe', 'init', ...words, ...more], { cwd: folder });
    expect(init).toMatchObject({ code: 0, errors: '' });
    file('recipe.yaml', init.output);
    const [plain, own] = [await report(...words, ...more), await report('--recipe', 'recipe.yaml')];
    expect(own.options).toMatchObject({ limits: { age: 0.3 }, seed: 3 });
    expect(own).toEqual(plain);
    // as a person edits it: every choice that is offered can be taken by taking off its mark
    const offered = init.output.replace(/^( *)# (?= *(\S+|".*"):( |$))/gm, '$1');
    const free = parseRecipe(offered.replace(/^Run.*$/gm, ''), 'recipe.yaml');
    expect(free.options).toMatchObject({
      limit: own.options?.limit,
      missingLimit: own.options?.missingLimit,
      supportLimit: own.options?.supportLimit,
      kinds: { age: 'numeric', 'job: "title"\u202e': 'categorical', half: 'categorical' },
    });
    expect(free).toMatchObject({ outputs: { html: 'report.html' }, failOn: 'drift' });
    expect(init.output).not.toContain('\u202e');
  });

  it('of a split names one file, and looks at no standard input', async () => {
    pair();
    const split = ['--split-by', 'half=0', '--fail-on', 'drift', '--csv', 'r.csv'];
    const init = await command(['recipe', 'init', 'old.csv', ...split], { cwd: folder });
    expect(parseRecipe(init.output, 'r')).toEqual({
      reference: { path: 'old.csv' },
      options: { splitBy: { column: 'half', at: '0' } },
      outputs: { csv: 'r.csv' },
      failOn: 'drift',
    });
    file('split.yaml', init.output);
    expect(await report('--recipe', 'split.yaml')).toEqual(
      await report('old.csv', '--split-by', 'half=0'),
    );
    const piped = await command(['recipe', 'init', '-', 'new.csv'], { cwd: folder });
    expect(parseRecipe(piped.output, 'r')).toEqual({
      reference: { path: '-' },
      current: { path: 'new.csv' },
    });
    expect(piped.output).toContain('#   amount: numeric\n');
  });

  it('refuses what no recipe can hold', async () => {
    pair();
    const words = ['recipe', 'init', 'old.csv', 'new.csv', '--correction', 'none at all'];
    const { code, output, errors } = await command(words, { cwd: folder });
    expect({ code, output }).toEqual({ code: 2, output: '' });
    expect(errors).toMatch(/"options\.correction" must be bh, holm or none, and not "none at all"/);
    expect(await command(['recipe', 'init', 'old.csv', 'nowhere.csv'], { cwd: folder })).toEqual({
      code: 2,
      output: '',
      errors: expect.stringMatching(/^driftglass: There is no file .*\n$/),
    });
  });

  it('writes every option and source so that it comes back', () => {
    const given: CompareCommand = {
      reference: source,
      current: { path: 'null' },
      options: everything,
      outputs: [{ format: 'json', path: 'a: b.json' }],
      failOn: 'drift',
      threads: undefined,
      isQuiet: false,
    };
    const hostile = ['a\nb: c', '# x', 'k'.repeat(1500), '__proto__', '\u0085\u2028', '- [', ''];
    const columns = hostile.map((name) => ({ name, kind: 'text', otherKind: 'numeric' }) as const);
    const text = recipeText(given, columns);
    expect(text).not.toMatch(/[^\P{Cc}\n]|[\u2028\u202a-\u202e]/u);
    expect(parseRecipe(text, 'r')).toEqual({
      reference: source,
      current: { path: 'null' },
      options: everything,
      outputs: { json: 'a: b.json' },
      failOn: 'drift',
    });
  });

  it('writes any name and text so that it comes back', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom('a\u00a0', ' ', '#', '\n'),
    );
    const name = text.filter((key) => key !== '__proto__');
    const limits = fc.dictionary(name, fc.constant(0.5), { minKeys: 1 });
    fc.assert(
      fc.property(text, limits, fc.uniqueArray(name), (where, given, names) => {
        const command: CompareCommand = {
          ...asked(['a.csv', 'b.csv']),
          current: { path: 'b.csv', where },
          options: { limits: given, title: where },
        };
        const columns = names.map((column) => ({ name: column, kind: 'text' }) as const);
        const shown = columns.map((column) => ({ ...column, otherKind: 'text' }) as const);
        const { current, options } = parseRecipe(recipeText(command, shown), 'r');
        expect({ current, options }).toEqual({
          current: command.current,
          options: command.options,
        });
      }),
    );
  });
});

describe('beside a recipe the command line goes before', () => {
  const recipe: Recipe = {
    reference: { path: 'old.csv', name: 'training', reading: { delimiter: ';', decimal: ',' } },
    current: { path: 'new.csv', where: 'a > 1' },
    options: {
      limit: 0.2,
      limits: { a: 0.3, b: 0.4 },
      missingValues: { a: ['-1', '-2'] },
      columns: ['a', 'b'],
      title: 'T',
    },
    outputs: { html: 'r.html', json: 'r.json' },
    failOn: 'drift',
  };

  it('which says nothing: all is as the recipe says', () => {
    expect(asked([], recipe)).toEqual({
      ...recipe,
      outputs: [
        { format: 'html', path: 'r.html' },
        { format: 'json', path: 'r.json' },
      ],
      threads: undefined,
      isQuiet: false,
    });
  });

  it('with files: how they are read stays, a name that is shown does not', () => {
    const { reference, current } = asked(['a.csv', 'b.csv', '--reference-decimal', '.'], recipe);
    expect(reference).toEqual({ path: 'a.csv', reading: { delimiter: ';', decimal: '.' } });
    expect(current).toEqual({ path: 'b.csv', where: 'a > 1' });
    expect(asked(['--current-where', 'b < 2'], recipe).current.where).toBe('b < 2');
    expect(() => asked(['a.csv'], recipe)).toThrow(/give two files/);
    expect(() => asked([], { options: {} })).toThrow(/none with a --recipe that names them/);
  });

  it('key by key, and by column or kind entry by entry; a list is one value', () => {
    const words = ['--limit', 'a=0.9', '--limit', 'c=0.5', '--missing', 'a=9', '--columns', 'c'];
    expect(asked([...words, '--kind', 'c=text', '--alpha', '0.01'], recipe).options).toEqual({
      limit: 0.2,
      limits: { a: 0.9, b: 0.4, c: 0.5 },
      missingValues: { a: ['9'] },
      columns: ['c'],
      kinds: { c: 'text' },
      alpha: 0.01,
      title: 'T',
    });
  });

  it('with outputs, format by format, and what they decide', () => {
    const { outputs, failOn } = asked(['--json', '-', '--fail-on', 'never'], recipe);
    expect(outputs).toEqual([
      { format: 'html', path: 'r.html' },
      { format: 'json', path: '-' },
    ]);
    expect(failOn).toBe('never');
    expect(() => asked(['--html', '-', '--json', '-'], recipe)).toThrow(/only one output/);
  });

  it('with a split: one file, and each side its own condition', () => {
    const one: Recipe = { reference: { path: 'a.csv', where: 'x', reading: { strict: true } } };
    const { reference, current } = asked(['--split-by', 'y', '--current-where', 'z'], one);
    expect(reference).toEqual({ path: 'a.csv', where: 'x', reading: { strict: true } });
    expect(current).toEqual({ path: 'a.csv', where: 'z', reading: { strict: true } });
    const split: Recipe = { ...one, options: { splitBy: { column: 'y' } } };
    expect(asked(['b.csv'], split).current).toEqual({ path: 'b.csv', reading: { strict: true } });
    expect(() => asked(['b.csv', 'c.csv'], split)).toThrow(/--split-by takes one file/);
  });
});

describe('paths in a recipe', () => {
  it('start at its folder, but for whole ones and standard streams', async () => {
    mkdirSync(join(folder, 'sub'), { recursive: true });
    const outputs = 'outputs: {html: ../r.html, json: "-", csv: /tmp/r.csv}';
    const path = file('sub/r.yaml', `reference: ./-\ncurrent: {path: "-"}\n${outputs}\n`);
    expect(await readRecipe(path)).toEqual({
      reference: { path: `${join(folder, 'sub')}/./-` },
      current: { path: '-' },
      outputs: { html: `${join(folder, 'sub')}/../r.html`, json: '-', csv: '/tmp/r.csv' },
    });
  });

  it('are found from another folder, and the report is written beside the recipe', async () => {
    pair();
    file('here.yaml', 'reference: old.csv\ncurrent: new.csv\noutputs:\n  json: here.json\n');
    const words = ['compare', '--recipe', join(folder, 'here.yaml'), '--quiet'];
    expect(await command(words, { cwd: root })).toEqual({ code: 0, output: '', errors: '' });
    expect(JSON.parse(readFileSync(join(folder, 'here.json'), 'utf8')).summary.columnCount).toBe(4);
  });

  it('read standard input as a path of - does', async () => {
    pair();
    const path = file('piped.yaml', 'reference: "-"\ncurrent: new.csv\n');
    const words = [`${root}dist/cli.js`, 'compare', '--recipe', path, '--quiet', '--json', '-'];
    const child = spawn(process.execPath, words);
    child.stdin.end(readFileSync(join(folder, 'old.csv')));
    let output = '';
    for await (const part of child.stdout) output += part;
    expect(JSON.parse(output).reference).toMatchObject({ name: 'standard input', rowCount: 300 });
  });
});

describe('a recipe that is read', () => {
  it('may be of UTF-16, as PowerShell writes it, and share a part by an alias', async () => {
    const text =
      'reference: {path: a.csv, reading: &r {delimiter: ;}}\r\ncurrent: {path: b, reading: *r}';
    const path = file('16.yaml', Buffer.from(`\ufeff${text}\r\n`, 'utf16le'));
    expect((await readRecipe(path)).current).toEqual({
      path: join(folder, 'b'),
      reading: { delimiter: ';' },
    });
  });

  it('may have a key whose lines are all commented out', () => {
    expect(parseRecipe('options:\n  # limit: 1\noutputs:\n', 'r')).toEqual({});
  });

  const wrong: [string, string, RegExp][] = [
    [
      'an unknown key',
      'optoins: {}',
      /line 1, column 1: "optoins" is no key of a recipe; its keys are reference, current, options, outputs, failOn\.$/,
    ],
    [
      'an unknown option',
      'options:\n  limit: 1\n  limt: 0.2',
      /line 3, column 3: "limt" is no key of "options"; .* limit, /,
    ],
    [
      'an unknown choice of reading',
      'current:\n  path: a\n  reading: {delim: ;}',
      /line 3, column 13: "delim" is no key of "current\.reading"; its keys are delimiter, /,
    ],
    [
      'an unknown kind of limit',
      'options: {kindLimits: {number: 1}}',
      /column 24: "number" is no key of "options\.kindLimits"; its keys are numeric, /,
    ],
    [
      'text for a number',
      'options:\n  alpha: much',
      /line 2, column 10: "options\.alpha" must be a number, and not "much"/,
    ],
    [
      'a number for text',
      'options:\n  splitBy: {column: year, at: 2024}',
      /line 2, column 31: "options\.splitBy\.at" must be text \(put it in quotes\), and not "2024"/,
    ],
    [
      'a number in a list of text',
      'options:\n  missingValues:\n    age: ["9", -1]',
      /line 3, column 16: .* must be text .* "-1"/,
    ],
    [
      'nothing for a map',
      'options:\n  kinds:\n  seed: 1',
      /line 2, .*"options\.kinds" must be a map of keys, and not empty/,
    ],
    ['a list for a map', 'options: {kinds: [age]}', /must be a map of keys, and not a list/],
    [
      'an unknown kind',
      'options: {kinds: {age: numerical}}',
      /column 24: .* must be numeric, categorical, .* or identifier, and not "numerical"/,
    ],
    [
      'a word for measures',
      'options: {measures: ks}',
      /column 21: "options\.measures" must be all or a list, and not "ks"/,
    ],
    [
      'a number among measures',
      'options: {measures: [ks, 3]}',
      /column 26: "options\.measures\.1" must be text/,
    ],
    ['no path', 'reference: {name: a}', /column 12: "reference\.path" is missing/],
    ['an empty path', 'reference: ""', /column 12: "reference\.path" must not be empty/],
    [
      'a number through an alias',
      'reference: &a {path: 3}\ncurrent: *a',
      /line 1, column 22: "reference\.path" must be text/,
    ],
    [
      'a number below what is possible',
      'reference: {path: a, reading: {skipLineCount: -1}}',
      /must be a number of at least 0, and not "-1"/,
    ],
    ['too much text', `reference: ${'a'.repeat(20_000)}`, /must have at most 10000 characters/],
    [
      'a name that is too long',
      `options:\n  limits:\n    ? ${'a'.repeat(10_001)}\n    : 1`,
      /line 3, column 7: this name is too long/,
    ],
    [
      'an unknown output',
      'outputs:\n  docx: a',
      /line 2, column 3: "docx" is no key of "outputs"; its keys are html, json, csv, markdown, pdf/,
    ],
    [
      'a condition that is none',
      'failOn: often',
      /column 9: "failOn" must be never or drift, and not "often"/,
    ],
    [
      'a key twice',
      'options:\n  limit: 1\n  limit: 2',
      /line 3, column 3: the key "limit" is there twice/,
    ],
    ['another key twice', 'failOn: drift\n"failOn": never', /line 2, column 1: the key "failOn"/],
    ['bad YAML', 'options:\n  limits: {a: 1', /line 2, column 16: this is no YAML \(/],
    ['a tab', 'options:\n\tlimit: 1', /line 2, column 1: this is no YAML/],
    ['two documents', 'failOn: drift\n---\nfailOn: never', /a recipe is one document/],
    ['nothing', '# nothing\n', /r: it is empty; driftglass recipe init writes one\.$/],
    ['only a word', 'recipe', /column 1: a recipe must be a map of keys, and not "recipe"/],
    [
      'a key that is a prototype',
      'options: {limits: {"__proto__": 1}}',
      /column 20: "__proto__" cannot be a key/,
    ],
    [
      'a merge of keys',
      'reference: &a {path: a}\ncurrent: {<<: *a}',
      /"<<" is no key of "current"/,
    ],
    ['code', 'reference: !!js/function "function () { return 1 }"', /column 12: tags such as/],
    ['a tag that YAML knows', 'reference: !!binary aGFsbG8=', /tags such as/],
    ['an alias of nothing', 'reference: *a', /its aliases \(\*name\) cannot be followed/],
    [
      'an alias of itself',
      'options: &o {splitBy: *o}',
      /"splitBy" is no key of "options\.splitBy"/,
    ],
    ['a bomb of aliases', bomb(), /its aliases \(\*name\) cannot be followed/],
    ['a list in a list', `options: ${'['.repeat(30)}${']'.repeat(30)}`, /it is nested too deeply/],
  ];
  it.each(wrong)('with %s gets one sentence with its place', (_, text, sentence) => {
    expect(() => parseRecipe(text, 'r')).toThrow(sentence);
  });

  const hostile: [string, () => string | Uint8Array, RegExp][] = [
    ['10 MB', () => 'a'.repeat(10_000_000), /larger than 256 KB/],
    ['nothing but brackets', () => '['.repeat(250_000), /nested too deeply/],
    ['nothing but dashes', () => '- '.repeat(125_000), /nested too deeply/],
    ['nothing but faults', () => '}'.repeat(250_000), /line 1, column 1: this is no YAML/],
    [
      'many keys',
      () => `options: {limits: {${Array.from({ length: 20_000 }, (_, i) => `k${i}: 1`)}}, x: 1}`,
      /"x" is no key/,
    ],
    [
      'bytes',
      () => Buffer.from(Array.from({ length: 5000 }, (_, i) => (i * 7919) % 256)),
      /no text in UTF-8/,
    ],
    ['a zero', () => 'reference: a\0', /no text in UTF-8/],
  ];
  it.each(hostile)(
    'of %s is refused soon',
    async (name, content, sentence) => {
      await expect(readRecipe(file(`${name}.yaml`, content()))).rejects.toThrow(sentence);
    },
    8_000,
  );

  it.skipIf(process.platform === 'win32')('without an end is refused as well', async () => {
    await expect(readRecipe('/dev/zero')).rejects.toThrow(/larger than 256 KB/);
  });

  it('is refused by the command on one line, with exit code 2', async () => {
    const path = file('red.yaml', 'options: {"\\e[31mred\\nline": 1}\n');
    for (const [recipe, sentence] of [
      [path, /^driftglass: .*red\.yaml, line 1, column 11: ".\[31mred.line" is no key of .*\n$/],
      [join(folder, 'nowhere.yaml'), /^driftglass: There is no file .*\n$/],
      [folder, /^driftglass: .* cannot be read \(EISDIR\).*\n$/],
    ] as const) {
      const { code, output, errors } = await command(['compare', '--recipe', recipe]);
      expect({ code, output }).toEqual({ code: 2, output: '' });
      expect(errors).toMatch(sentence);
      expect(errors).not.toContain('\u001b');
    }
  });
});

/** Nine lists, each of nine times the one before. */
function bomb(): string {
  const lists = Array.from('abcdefghi', (name, i, names = 'abcdefghi') => {
    const item = i === 0 ? 'x' : `*${names[i - 1]}`;
    return `k${i}: &${name} [${Array(9).fill(item).join(', ')}]`;
  });
  return lists.join('\n');
}
