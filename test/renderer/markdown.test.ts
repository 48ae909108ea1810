import { describe, expect, it } from 'vitest';
import { type Inline, parseMarkdown } from '../../renderer/markdown.js';

const text = (words: string) => ({ type: 'text', text: words });
function inline(source: string): Inline[] {
  const [block] = parseMarkdown(source);
  if (block?.type !== 'paragraph') throw new Error(`no paragraph: ${JSON.stringify(block)}`);
  return block.text;
}

describe('blocks', () => {
  it('are headings, paragraphs, lists, quotes and code', () => {
    const source = [
      '# One #',
      'a line',
      'and another',
      '',
      '- first',
      '  goes on',
      '* second',
      '1. uno',
      '> said',
      '> so',
      '```js',
      '<b>**not bold**</b>',
      '```',
      'end',
    ].join('\r\n');
    expect(parseMarkdown(source)).toEqual([
      { type: 'heading', level: 1, text: [text('One')] },
      { type: 'paragraph', text: [text('a line\nand another')] },
      {
        type: 'list',
        isOrdered: false,
        items: [[text('first\ngoes on')], [text('second')], [text('uno')]],
      },
      { type: 'quote', text: [text('said\nso')] },
      { type: 'code', code: '<b>**not bold**</b>' },
      { type: 'paragraph', text: [text('end')] },
    ]);
  });

  it('end with the text, also where a fence is left open', () => {
    expect(parseMarkdown('```\na')).toEqual([{ type: 'code', code: 'a' }]);
    expect(parseMarkdown('')).toEqual([]);
    expect(parseMarkdown('\n \n')).toEqual([]);
  });
});

describe('words', () => {
  it('are bold, italic, code and links', () => {
    expect(inline('a **b _c_** `d*e*` [f](https://g.org/h?i=1) \\*j\\*')).toEqual([
      text('a '),
      { type: 'strong', text: [text('b '), { type: 'emphasis', text: [text('c')] }] },
      text(' '),
      { type: 'code', text: 'd*e*' },
      text(' '),
      { type: 'link', href: 'https://g.org/h?i=1', text: [text('f')] },
      text(' '),
      text('*'),
      text('j'),
      text('*'),
    ]);
  });

  it.each(['snake_case_name', '2 * 3 * 4', 'a_b', '**', '* *'])('%s is as it stands', (source) => {
    const words = parseMarkdown(source).flatMap((block) =>
      block.type === 'paragraph' ? block.text : [],
    );
    expect(words.every(({ type }) => type === 'text')).toBe(true);
  });
});

describe('hostile text', () => {
  it.each([
    '[x](javascript:alert(1))',
    '[x](JaVaScRiPt:alert`1`)',
    '[x](data:text/html,<script>)',
    '[x](//evil.org)',
    '[x](file:///etc/passwd)',
    '[x](\u0001javascript:alert`1`)',
    '[x](vbscript:x)',
    '[x](https:evil)',
  ])('%s is no link', (source) => {
    expect(inline(source).some(({ type }) => type === 'link')).toBe(false);
    expect(
      inline(source)
        .map((part) => 'text' in part && part.text)
        .join(''),
    ).toContain('[x]');
  });

  it('elements are text', () => {
    expect(inline('<img src=x onerror=alert(1)>')).toEqual([text('<img src=x onerror=alert(1)>')]);
  });

  it('takes no more than a moment, whatever it is', () => {
    const began = performance.now();
    for (const part of [
      '*',
      '**a',
      '_a_',
      '[',
      '[a](',
      '`',
      '``a`',
      '> ',
      '- ',
      '\\',
      '# ',
      '*a **b ',
    ])
      parseMarkdown(part.repeat(100_000 / part.length));
    expect(performance.now() - began).toBeLessThan(3_000);
  });
});
