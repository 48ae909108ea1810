/** Real threads that fail: one clear error, and the process lives on. */
import { fileURLToPath } from 'node:url';
import { afterEach, expect, test } from 'vitest';
import { messages } from '../../../core/errors.js';
import { createPool, type Pool } from '../../../core/worker/pool.js';
import { createThreadPort } from '../../../core/worker/threadPort.js';

const faulty = fileURLToPath(new URL('fixtures/faulty.js', import.meta.url));

let pool: Pool;
afterEach(() => pool.close());

test.each([
  ['exit', 'worker-lost', messages.workerLost(), undefined],
  ['throw', 'worker-lost', messages.workerLost(), { message: 'thrown later' }],
  ['reject', 'worker-lost', messages.workerLost(), { message: 'rejected and not caught' }],
  ['exhaust', 'out-of-memory', messages.outOfMemory(), { code: 'ERR_WORKER_OUT_OF_MEMORY' }],
])('%s is %s, and the next call gets a fresh worker', async (fault, code, message, cause) => {
  let started = 0;
  pool = createPool(() => {
    started++;
    return createThreadPort(faulty, { maxOldGenerationSizeMb: 16, maxYoungGenerationSizeMb: 4 });
  }, 1);
  await expect(open(fault)).rejects.toMatchObject({ name: 'DriftError', code, message });
  if (cause) await expect(open(fault)).rejects.toMatchObject({ cause });
  expect(await open('well')).toEqual({ name: 'well' });
  expect(started).toBe(cause ? 3 : 2);
});

test('a worker file that is not there', async () => {
  pool = createPool(() => createThreadPort(`${faulty}.none`), 1);
  await expect(open('well')).rejects.toMatchObject({
    code: 'worker-lost',
    cause: { message: expect.stringContaining('faulty.js.none') },
  });
});

function open(path: string) {
  return pool.call('open', { source: { path } });
}
