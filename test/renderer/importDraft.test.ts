import { describe, expect, test } from 'vitest';
import type { Dialect, Preview } from '../../core/contract.js';
import { detectedWords, dialectFacts } from '../../renderer/detectedWords.js';
import {
  detectedAgain,
  draftOf,
  draftSource,
  withColumnName,
  withKind,
} from '../../renderer/importDraft.js';
import {
  choiceLists,
  choiceWords,
  detectedChoice,
  withChoice,
} from '../../renderer/readingChoices.js';
import { examplePreview } from './exampleReport.js';

const { columns } = examplePreview;

describe('the draft of an import', () => {
  test('that changes nothing is the file as it was', () => {
    const source = { path: '/a.csv', name: 'a', reading: { delimiter: ';' }, where: 'x > 1' };
    expect(draftSource(source, draftOf(source, {}))).toEqual(source);
    expect(draftSource({ path: '/a.csv' }, draftOf({ path: '/a.csv' }, {}))).toEqual({
      path: '/a.csv',
    });
  });

  test('that is emptied asks for nothing', () => {
    const source = { path: '/a.csv', reading: { delimiter: ';' }, where: 'x > 1' };
    const draft = { reading: withChoice({ delimiter: ';' }, 'delimiter', undefined), where: '  ' };
    expect(draftSource(source, { ...draft, kinds: {} })).toEqual({ path: '/a.csv' });
  });

  test('renames a column by giving all names, and takes its kind along', () => {
    const draft = withKind(draftOf({ path: '/a' }, { other: 'text' }), 'betrag', 'categorical');
    const named = withColumnName(draft, columns, 1, 'amount');
    expect(named.reading).toEqual({ names: ['kunde', 'amount', 'datum'] });
    expect(named.kinds).toEqual({ other: 'text', amount: 'categorical' });
    expect(withColumnName(draft, columns, 1, 'betrag')).toBe(draft);
    expect(withColumnName(draft, columns, 1, '')).toBe(draft);
  });

  test('detects again what was detected, and keeps the condition and other files’ kinds', () => {
    const draft = {
      reading: { delimiter: ',', names: ['a'] },
      where: 'kunde > 3',
      kinds: { betrag: 'text', elsewhere: 'text' },
    } as const;
    expect(detectedAgain({ ...draft, reading: { delimiter: ',' } }, columns)).toEqual({
      reading: {},
      where: 'kunde > 3',
      kinds: { elsewhere: 'text' },
    });
  });
});

describe('a dialect in words', () => {
  const { dialect } = examplePreview;
  if (dialect === null) throw new Error('the example is text');

  test('names what cannot be seen, and shows dates by their last day', () => {
    expect(choiceWords('delimiter', '\t')).toBe('tab');
    expect(choiceWords('delimiter', ';')).toBe('semicolon ;');
    expect(choiceWords('delimiter', '\u0001')).toBe('\u27e8U+0001\u27e9');
    expect(choiceWords('thousands', '')).toBe('none');
    expect(choiceWords('dateFormat', '%d/%m/%Y')).toBe('31/12/2026');
    expect(choiceWords('dateFormat', '%b %d')).toBe('%b %d');
    expect(detectedChoice('dateFormat', { ...dialect, dateFormat: null })).toBe('as in ISO 8601');
  });

  test('offers no choice twice, in no list', () => {
    for (const { key, choices } of choiceLists) {
      const labels = choices.map(({ label }) => label);
      expect(new Set(labels).size, key).toBe(labels.length);
    }
  });

  test('says in few words what is not usual', () => {
    const usual: Dialect = { ...dialect, delimiter: ',', decimal: '.', dateFormat: null };
    const preview = (changed: Partial<Dialect>): Preview => ({
      ...examplePreview,
      dialect: { ...usual, ...changed },
    });
    expect(detectedWords(preview({}))).toEqual(['CSV', 'comma', '3 columns']);
    expect(
      detectedWords(
        preview({
          delimiter: '\t',
          decimal: ',',
          encoding: 'latin-1',
          compression: 'gzip',
          skipLineCount: 2,
          header: false,
        }),
      ),
    ).toEqual([
      'CSV',
      'tab',
      'decimal comma',
      'Latin-1',
      'gzip',
      '2 lines skipped',
      'no header',
      '3 columns',
    ]);
    const parquet: Preview = { ...examplePreview, format: 'parquet', dialect: null };
    expect(detectedWords(parquet)).toEqual(['Parquet', '3 columns']);
  });

  test('says all of it in a list', () => {
    const facts = Object.fromEntries(dialectFacts(dialect));
    expect(facts).toMatchObject({
      Delimiter: 'semicolon ;',
      'Missing values': '(empty), k.A.',
      Decimal: 'comma ,',
      Dates: '31.12.2026',
      Compression: 'none',
    });
  });
});
