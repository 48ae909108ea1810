import { describe, expect, test } from 'vitest';
import {
  DriftError,
  exitCode,
  fromWire,
  isDriftError,
  messages,
  quoted,
  toWire,
} from '../../core/errors.js';

describe('exit codes', () => {
  test.each([
    [new DriftError('file-missing', ''), 2],
    [new DriftError('bad-option', ''), 2],
    [new DriftError('path-not-allowed', ''), 2],
    [new DriftError('out-of-memory', ''), 3],
    [new DriftError('worker-lost', ''), 3],
    [new DriftError('internal', ''), 3],
    [new DriftError('cancelled', ''), 130],
    [new RangeError('a fault of ours'), 3],
    ['not even an error', 3],
  ])('%s: %i', (error, code) => {
    expect(exitCode(error)).toBe(code);
  });
});

describe('across threads', () => {
  test('an expected failure keeps its class, code and words', () => {
    const error = new DriftError('file-empty', messages.fileEmpty('a.csv'));
    const back = fromWire(structuredClone(toWire(error)));
    expect(back).toBeInstanceOf(DriftError);
    expect(isDriftError(back)).toBe(true);
    expect(back).toMatchObject({ code: 'file-empty', message: messages.fileEmpty('a.csv') });
  });

  test.each([
    [new TypeError('x is not a function'), 'x is not a function'],
    ['thrown text', 'thrown text'],
    [null, 'null'],
  ])('a fault of ours becomes internal: %s', (error, detail) => {
    expect(toWire(error)).toEqual({ code: 'internal', message: messages.internal(detail) });
  });
});

describe('names from outside', () => {
  test.each([
    ['plain.csv', '"plain.csv"'],
    ['two\nlines', '"two\u{fffd}lines"'],
    ['\u001b[31mred', '"\u{fffd}[31mred"'],
    ['right\u202eleft', '"right\u{fffd}left"'],
    ['größe 🙂', '"größe 🙂"'],
    ['x'.repeat(121), `"${'x'.repeat(119)}…"`],
  ])('%j', (name, shown) => {
    expect(quoted(name)).toBe(shown);
  });

  test('in every message, on one line', () => {
    const hostile = 'a\nb\u2028c';
    const spoken = [
      messages.fileMissing(hostile),
      messages.fileUnreadable(hostile, 'EIO'),
      messages.fileEmpty(hostile),
      messages.fileWithoutRows(hostile),
      messages.parquetDamaged(hostile),
      messages.fileNotData(hostile),
      messages.folderWithoutData(hostile),
      messages.folderMixed(hostile, hostile, hostile),
      messages.noSharedColumns([hostile], Array<string>(9).fill(hostile)),
      messages.unknownColumn(hostile, [hostile]),
      messages.pathNotAllowed(hostile),
      messages.outputUnwritable(hostile, 'EIO'),
    ];
    for (const message of spoken) {
      expect(message).toMatch(/^[^\p{Cc}\p{Zl}\p{Zp}]+\.$/u);
      expect(message).toContain('a\u{fffd}b\u{fffd}c');
    }
  });

  test('a long list of columns is cut', () => {
    const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g'];
    expect(messages.unknownColumn('x', names)).toContain('"a", "b", "c", "d", "e" and 2 more');
    expect(messages.noSharedColumns([], ['a'])).toContain('reference has none; current has "a"');
  });
});
