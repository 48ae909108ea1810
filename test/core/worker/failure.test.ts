import { expect, test } from 'vitest';
import { DriftError, messages } from '../../../core/errors.js';
import { failure } from '../../../core/worker/failure.js';

/** What V8 itself throws, so that its words are the right ones. */
test.each<[string, () => unknown]>([
  ['an array buffer', () => new ArrayBuffer(2 ** 53 - 1)],
  ['a typed array', () => new Float64Array(2 ** 50)],
  ['a string', () => 'x'.repeat(2 ** 30)],
])('%s that is too large is the sentence of memory', (_, work) => {
  expect(failure(thrownBy(work))).toEqual({
    ok: false,
    error: { code: 'out-of-memory', message: messages.outOfMemory() },
    stack: null,
  });
});

test.each(['Map maximum size exceeded', 'Set maximum size exceeded'])('%s', (message) => {
  expect(failure(new RangeError(message))).toMatchObject({ error: { code: 'out-of-memory' } });
});

test('a wrong argument is a fault of ours, with its stack', () => {
  const error = new RangeError('psi requires at least one value');
  expect(failure(error)).toMatchObject({ error: { code: 'internal' }, stack: error.stack });
});

test('an expected failure stays what it is', () => {
  const error = new DriftError('file-empty', messages.fileEmpty('a.csv'));
  expect(failure(error)).toEqual({
    ok: false,
    error: { code: 'file-empty', message: error.message },
    stack: null,
  });
});

function thrownBy(work: () => unknown): unknown {
  try {
    return work();
  } catch (error) {
    return error;
  }
}
