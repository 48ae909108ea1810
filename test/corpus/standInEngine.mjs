/** An engine that does what the name of the file says, for tests of the runner. */

import { basename } from 'node:path';

const dataset = (path, rowCount) => ({
  name: basename(path),
  rowCount,
  rejectedRowCount: path.includes('rejecting') ? 1 : 0,
  dialect: null,
});

export function createEngine() {
  return {
    open: async ({ source: { path } }) => {
      if (path.includes('hanging')) await new Promise(() => undefined);
      if (path.includes('spinning')) for (;;);
      if (path.includes('aborting')) process.abort();
      if (path.includes('greedy')) {
        globalThis.kept = Buffer.alloc(4e8, 1);
        await new Promise(() => undefined);
      }
      if (path.includes('faulty')) throw new TypeError('no such column');
      if (path.includes('refused')) {
        throw Object.assign(new Error('It is empty; give another.'), { code: 'file-empty' });
      }
      return dataset(path, 3);
    },
    compare: async ({ reference: { path } }) => ({
      reference: dataset(path, path.includes('forgetful') ? 2 : 3),
      summary: { driftedCount: 0 },
    }),
    close: async () => undefined,
  };
}

export const isDriftError = (error) => 'code' in error;
export const exitCode = (error) => (error.code === 'internal' ? 3 : 2);
