import { describe, expect, test } from 'vitest';
import { commonLayout, jsonLayout } from '../../../core/scan/jsonLayout.js';

test.each([
  ['lines', '{"a": 1}\n{"a": 2}\n', true, 'newline_delimited'],
  ['one line, its end not seen', `{"a": "${'x'.repeat(50)}`, false, 'newline_delimited'],
  ['lines after a byte order mark', '\ufeff{"a": 1}\n{"a": 2}\n', true, 'auto'],
  ['lines, the first of them broken', 'oops\n{"a": 1}\n{"a": 2}\n', true, 'newline_delimited'],
  ['lines, of which the last is cut', '{"a": 1}\n{"a": ', false, 'newline_delimited'],
  ['an array', '\n[\n  {"a": 1},\n  {"a": 2}\n]', true, 'array'],
  ['an empty array', '[]', true, 'array'],
  ['objects over several lines', '{\n  "a": 1\n}\n{\n  "a": 2\n}', true, 'unstructured'],
  ['objects one after the other', '{"a": 1}{"a": 2}', true, 'unstructured'],
  ['a table of words', 'name,note\nx,{"a": 1}\n', true, null],
  ['a table in which objects are few', 'a\n1\n2\n{"a": 1}\n', true, null],
  ['a header in brackets', '[id],[name]\n1,x\n', true, null],
  ['numbers', '1\n2\n', true, null],
  ['nothing', '', true, null],
])('%s', (_, text, isWhole, expected) => {
  expect(jsonLayout(text, isWhole)).toBe(expected);
});

describe('several files', () => {
  test.each([
    [['array', 'array'], 'array'],
    [['newline_delimited', 'auto'], 'auto'],
    [['array', 'newline_delimited'], null],
    [[null, 'array'], null],
    [[null, null], null],
  ] as const)('%j together are %s', (layouts, expected) => {
    expect(commonLayout(layouts)).toBe(expected);
  });
});
