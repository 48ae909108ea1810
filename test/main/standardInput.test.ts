import { existsSync, readFileSync } from 'node:fs';
import { Readable } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { createEngine } from '../../core/index.js';
import { withStandardInput } from '../../main/standardInput.js';

const file = { path: 'other.csv' };
const input = { path: '-', where: 'a > 1' };

function options(text: string, signal = new AbortController().signal) {
  return { signal, input: Readable.from([Buffer.from(text)]) };
}

describe('a side that is -', () => {
  test('is a file with its own name while the work lasts, and is gone after', async () => {
    let seen = '';
    const answer = await withStandardInput(
      { reference: file, current: input },
      options('a\n1\n'),
      async ({ reference, current }) => {
        seen = current.path;
        expect(reference).toBe(file);
        expect(current).toEqual({ path: seen, name: 'standard input', where: 'a > 1' });
        return readFileSync(seen, 'utf8');
      },
    );
    expect(answer).toBe('a\n1\n');
    expect(existsSync(seen)).toBe(false);
  });

  test('is gone as well when the work fails', async () => {
    let seen = '';
    const work = withStandardInput(
      { reference: input, current: file },
      options('x'),
      async (both) => {
        seen = both.reference.path;
        throw new Error('no luck');
      },
    );
    await expect(work).rejects.toThrow('no luck');
    expect(seen).not.toBe('');
    expect(existsSync(seen)).toBe(false);
  });

  test('stops being read when it is cancelled', async () => {
    const controller = new AbortController();
    const endless = new Readable({ read() {} });
    const work = withStandardInput(
      { reference: input, current: file },
      { signal: controller.signal, input: endless },
      async () => 0,
    );
    endless.push('a\n');
    controller.abort();
    await expect(work).rejects.toMatchObject({ code: 'cancelled' });
  });

  test('can be one of the two only, unless both are parts of it', async () => {
    const both = { reference: input, current: input };
    await expect(withStandardInput(both, options('x'), async () => 0)).rejects.toMatchObject({
      code: 'bad-option',
    });
    const paths = await withStandardInput(
      both,
      { ...options('x'), isOneDataset: true },
      async ({ reference, current }) => [reference.path, current.path],
    );
    expect(paths[0]).toBe(paths[1]);
  });
});

test('without one nothing is read', async () => {
  const untouched = new Readable({
    read() {
      throw new Error('was read');
    },
  });
  const { signal } = new AbortController();
  const sources = { reference: file, current: file };
  expect(await withStandardInput(sources, { signal, input: untouched }, async (same) => same)).toBe(
    sources,
  );
});

test.each([
  ['CSV', 'a;b\n1;x\n2;y\n'],
  ['JSON lines', '{"a": 1, "b": "x"}\n{"a": 2, "b": "y"}\n'],
])('%s is read as what it is', async (_, text) => {
  const engine = createEngine({ threads: 1 });
  try {
    const dataset = await withStandardInput(
      { reference: { path: '-' }, current: file },
      options(text),
      ({ reference }) => engine.open({ source: reference }),
    );
    expect(dataset).toMatchObject({ name: 'standard input', rowCount: 2, columnCount: 2 });
  } finally {
    await engine.close();
  }
});
