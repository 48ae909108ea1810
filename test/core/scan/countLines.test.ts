import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countLines } from '../../../core/scan/countLines.js';
import type { DataFiles } from '../../../core/scan/dataFiles.js';
import { createTemporaryFolder } from '../../createTemporaryFolder.js';

const folder = createTemporaryFolder();
const { signal } = new AbortController();

describe('countLines', () => {
  it.each([
    ['a\nb\n', 2, 0],
    ['a\nb', 2, 0],
    ['\n\na\n', 3, 2],
    ['a\r\n\r\nb\r\n', 3, 1],
    ['a\r\r\n\r', 2, 0],
    [' \n\t\n', 2, 0],
    ['\r', 1, 0],
  ])('of %j', async (text, lineCount, blankCount) => {
    expect(await counted([text])).toEqual({ lineCount, blankCount });
  });

  it('agrees with taking the text apart, for one file or several, compressed or not', async () => {
    const text = fc
      .array(fc.constantFrom('\n', '\r', '\r\n', 'a', 'bc,"d"', 'ä'), { maxLength: 200 })
      .map((parts) => `x,y${parts.join('')}`);
    await fc.assert(
      fc.asyncProperty(fc.array(text, { minLength: 1, maxLength: 3 }), async (texts) => {
        const expected = sumOf(texts.map(takenApart));
        expect(await counted(texts)).toEqual(expected);
        expect(await counted(texts, 'gzip')).toEqual(expected);
      }),
      { numRuns: 100, seed: 5 },
    );
  });

  it('sees lines and blank ones across the blocks that are read', async () => {
    for (const end of ['\n\n', '\r\n\r\n', '\n\r\n']) {
      for (let shift = 0; shift < 5; shift++) {
        const text = `${'x'.repeat(2 ** 20 - shift)}${end}${'y'.repeat(2 ** 20 - 3)}${end}z`;
        expect(await counted([text])).toEqual(takenApart(text));
        expect(await counted([text], 'gzip')).toEqual(takenApart(text));
      }
    }
  });
});

function takenApart(text: string) {
  const lines = text.split('\n');
  const last = lines.pop();
  const blankCount = lines.filter((line) => line === '' || line === '\r').length;
  return { lineCount: lines.length + (last === '' ? 0 : 1), blankCount };
}

function sumOf(counts: ReturnType<typeof takenApart>[]) {
  return {
    lineCount: counts.reduce((sum, { lineCount }) => sum + lineCount, 0),
    blankCount: counts.reduce((sum, { blankCount }) => sum + blankCount, 0),
  };
}

let fileCount = 0;

function counted(texts: readonly string[], compression: 'gzip' | null = null) {
  const paths = texts.map((text) =>
    folder.write(`lines-${fileCount++}`, compression === 'gzip' ? gzipSync(text) : text),
  );
  const files = { name: 'lines', paths, partitions: [], format: 'csv', compression };
  return countLines(files as unknown as DataFiles, signal);
}
