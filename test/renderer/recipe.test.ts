import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import type { CompareOptions, Source } from '../../core/contract.js';
import { parseRecipe } from '../../main/recipe.js';
import { askedOptions } from '../../renderer/askedOptions.js';
import { recipe } from '../../renderer/recipe.js';
import { exampleReport, hostileNames } from './exampleReport.js';

const files = [{ path: 'a.csv' }, { path: 'b.csv' }] as const;

describe('a comparison as a recipe', () => {
  test('says only what differs from the defaults, as a person would write it', () => {
    const { options } = exampleReport(3);
    const {
      timestamp: _,
      profile: __,
      title: ___,
      ...plain
    } = askedOptions({
      ...exampleReport(3),
      options: { ...options, baseline: false },
    });
    expect(
      recipe(...files, plain)
        .split('\n')
        .slice(2),
    ).toEqual(['reference: a.csv', 'current: b.csv', '']);
    const asked: CompareOptions = {
      limit: 0.2,
      limits: { age: 0.3 },
      columns: ['age', 'a b', '3'],
    };
    const read = { path: '../b 1.csv', reading: { delimiter: '\t', nullValues: [] } };
    expect(recipe(files[0], read, asked).split('\n').slice(2)).toEqual([
      'reference: a.csv',
      'current:',
      '  path: ../b 1.csv',
      '  reading:',
      '    delimiter: "\\t"',
      '    nullValues: []',
      'options:',
      '  limit: 0.2',
      '  limits:',
      '    age: 0.3',
      '  columns: [age, a b, "3"]',
      '',
    ]);
  });

  test('of one file that is split names it once, but for a condition of its other side', () => {
    const options = { splitBy: { column: 'the year', at: '2024' } };
    expect(parse(recipe(files[0], files[0], options))).toEqual({ reference: 'a.csv', options });
    const current = { path: 'a.csv', where: 'x > 1' };
    expect(parse(recipe(files[0], current, options)).current).toEqual(current);
  });

  test('names an upload by its own name, and a file that is called - as a file', () => {
    const kept = { path: '/tmp/kept/1/x', name: 'pasted: "table"' };
    expect(parse(recipe(kept, { path: '-' }, {}))).toEqual({
      reference: 'pasted: "table"',
      current: './-',
    });
  });

  test('comes back as it went in, whatever the names are', () => {
    const words = ['', ' ', 'yes', 'NULL', '~', '1e3', '.5', '---', 'a: b', 'a #b', '- a', '*a'];
    const odd = fc.constantFrom(...words, ...hostileNames, 'k'.repeat(1500), '\u0085\u2028\ud800');
    const name = fc.oneof(odd, fc.string({ unit: 'binary' })).filter((key) => key !== '__proto__');
    const ratio = fc.double({ min: 1e-300, max: 0.9, noNaN: true });
    const reading = fc.record(
      { quote: fc.constantFrom('', '"'), names: fc.array(name), header: fc.boolean() },
      { requiredKeys: ['quote'] },
    );
    const source = fc.record({
      path: name.filter((path) => !['', '-'].includes(path)),
      reading,
      where: name,
    });
    const options = fc.record({
      title: name,
      alpha: ratio,
      columns: fc.array(name, { minLength: 1 }),
      limits: fc.dictionary(name, ratio, { minKeys: 1 }),
      missingValues: fc.dictionary(name, fc.array(name), { minKeys: 1 }),
      binEdges: fc.constant<Record<string, number[]>>({ age: [-1e21, -0.5, 1e-7] }),
      baseline: fc.constant(true),
    });
    fc.assert(
      fc.property(source, source, options, (reference, current, asked) => {
        const request = { reference, current, options: asked } as {
          reference: Source;
          current: Source;
          options: CompareOptions;
        };
        const text = recipe(request.reference, request.current, request.options);
        expect(parse(text)).toEqual(request);
        expect(parseRecipe(text, 'r')).toEqual(request);
        expect(text).not.toMatch(/[^\P{Cc}\n]|[\u2028\u202a-\u202e]/u);
      }),
      { numRuns: 300 },
    );
  });
});
