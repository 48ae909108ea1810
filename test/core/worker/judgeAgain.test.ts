/** Comparisons that follow each other: only what is touched is read and measured again, and the answer is the same. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it, vi } from 'vitest';
import type { CompareOptions, DriftReport, Kind, Progress } from '../../../core/contract.js';
import { compareDatasets } from '../../../core/worker/compareDatasets.js';
import { createMemories, type Memories } from '../../../core/worker/createMemories.js';
import { ownThread } from '../../../core/worker/measurers.js';

const folder = mkdtempSync(join(tmpdir(), 'driftglass-again-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const header = 'id,age,income,job,flag,when,note,age_copy';
const jobs = ['clerk', 'driver', 'nurse', 'none'];

/** Rows of which `shift` moves some columns. */
function file(name: string, rowCount: number, shift: number): { path: string } {
  const rows = Array.from({ length: rowCount }, (_, i) => {
    const age = i % 17 === 0 ? -1 : 18 + ((i * 7 + shift * (i % 3)) % 60);
    const income = i % 11 < shift ? '' : 1000 + ((i * 37) % 501) * (1 + shift / 10);
    const job = jobs[(i * 11 + (i % 5 < shift ? 1 : 0)) % 4];
    const when = new Date(Date.UTC(2026, 0, 5) + i * 3_600_000 * (1 + shift)).toISOString();
    return [i, age, income, job, i % (2 + shift) === 0, when, `word${i % 90} of ${job}`, age].join(
      ',',
    );
  });
  const path = join(folder, name);
  writeFileSync(path, `${header}\n${rows.join('\n')}\n`);
  return { path };
}

const reference = file('reference.csv', 420, 0);
const current = file('current.csv', 300, 2);
const others = { reference: file('other.csv', 200, 1), current };

interface Asked {
  options: CompareOptions;
  where?: string | undefined;
  isOther?: boolean | undefined;
}

async function compared(
  { options, where, isOther }: Asked,
  memories?: Memories,
): Promise<{
  report: Omit<DriftReport, 'createdAt'> | string;
  read: string[];
  measured: string[];
}> {
  const read: string[] = [];
  const sides = isOther ? others : { reference, current };
  const measure = vi.spyOn(ownThread, 'measure');
  const onProgress = (progress: Progress) => {
    if (progress.stage === 'scan' && progress.share === 0) read.push(progress.side);
  };
  const request = {
    ...sides,
    current: { ...sides.current, ...(where !== undefined && { where }) },
    options,
  };
  const context = { signal: new AbortController().signal, onProgress };
  try {
    const report = await compareDatasets(request, { ...context, ...(memories && { memories }) });
    const { createdAt: _, ...rest } = structuredClone(report);
    return { report: rest, read, measured: measure.mock.calls.map(([pair]) => pair.name) };
  } catch (error) {
    return { report: (error as Error).message, read, measured: [] };
  } finally {
    measure.mockRestore();
  }
}

const names = header.split(',');
const name = fc.constantFrom(...names);
const kind = fc.constantFrom<Kind>('numeric', 'categorical', 'text', 'identifier');
const byName = <T>(value: fc.Arbitrary<T>) => fc.dictionary(name, value, { maxKeys: 2 });
const options = fc.record<CompareOptions>(
  {
    alpha: fc.constantFrom(0.01, 0.05, 0.2),
    correction: fc.constantFrom('bh', 'holm', 'none'),
    limit: fc.constantFrom(0.02, 0.1, 0.5),
    limits: byName(fc.constantFrom(0.03, 0.3)),
    kindLimits: fc.constantFrom({}, { numeric: 0.4 }, { categorical: 0.01 }),
    missingLimit: fc.constantFrom(0.01, 0.3),
    supportLimit: fc.constantFrom(0.005, 0.2),
    bins: fc.constantFrom(4, 10, 30),
    kinds: byName(kind),
    binEdges: byName(fc.constantFrom([20, 40], [30])),
    missingValues: byName(fc.constantFrom(['-1'], ['none', '-1'])),
    measures: fc.constantFrom([], ['hellinger']),
    exclude: fc.uniqueArray(name, { maxLength: 3 }),
    baseline: fc.boolean(),
    profile: fc.constant('evidently'),
    sample: fc.constantFrom(100, 250),
    renames: fc.constant({ age: 'income' }),
    seed: fc.constantFrom(1, 2),
  },
  { requiredKeys: [] },
);
const asked = fc.record<Asked>(
  {
    options,
    where: fc.constantFrom(undefined, undefined, undefined, 'age > 30'),
    isOther: fc.constantFrom(undefined, undefined, true),
  },
  { requiredKeys: ['options'] },
);

describe('a comparison after others', () => {
  it('answers as if it were the first', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(asked, { minLength: 2, maxLength: 4 }), async (sequence) => {
        const memories = createMemories(2);
        for (const each of sequence) {
          const again = await compared(each, memories);
          expect(again.report).toEqual((await compared(each)).report);
        }
      }),
      { numRuns: 12, seed: 7 },
    );
  }, 120_000);

  it('leaves the reports before it as they were', async () => {
    const memories = createMemories();
    const context = { signal: new AbortController().signal, onProgress: () => {}, memories };
    const first = await compareDatasets({ reference, current }, context);
    const copy = structuredClone(first);
    const options: CompareOptions = { correction: 'none', limit: 0.5, exclude: ['age'] };
    await compareDatasets({ reference, current, options }, context);
    expect(first).toEqual(copy);
  });

  it.each<[string, CompareOptions, string[]]>([
    ['alpha and correction', { alpha: 0.01, correction: 'holm' }, []],
    ['limits', { limit: 0.6, limits: { age: 0.5 }, missingLimit: 0.4, supportLimit: 0.5 }, []],
    ['columns that are left out', { exclude: ['age', 'job'] }, []],
    ['a title', { title: 'Again' }, []],
    ['a kind', { kinds: { id: 'numeric' } }, ['id']],
    ['missing values', { missingValues: { age: ['-1'] } }, ['age']],
    ['bin edges', { binEdges: { income: [1200] } }, ['income']],
    ['bins', { bins: 5 }, names],
    ['a sample', { sample: 100 }, names],
  ])('measures only what %s touch', async (_, options, touched) => {
    const memories = createMemories();
    const first = await compared({ options: { limit: 0.02 } }, memories);
    expect(first.measured).toEqual(names);
    const { read, measured } = await compared({ options }, memories);
    expect(measured).toEqual(touched);
    if (touched.length === 0) expect(read).toEqual([]);
  });

  it('reads a file that was written since', async () => {
    const memories = createMemories();
    const changing = file('changing.csv', 200, 1);
    const request = { reference, current: changing };
    const context = { signal: new AbortController().signal, onProgress: () => {}, memories };
    const before = await compareDatasets(request, context);
    file('changing.csv', 200, 3);
    const after = await compareDatasets(request, context);
    expect(after.columns).not.toEqual(before.columns);
  });

  it('keeps what was measured before it was cancelled', async () => {
    const memories = createMemories();
    const cancelling = new AbortController();
    const onProgress = (progress: Progress) => {
      if (progress.stage === 'measure' && progress.columnIndex === 3) cancelling.abort();
    };
    const context = { signal: cancelling.signal, onProgress, memories };
    await expect(compareDatasets({ reference, current }, context)).rejects.toThrow('Cancelled');
    const { measured } = await compared({ options: {} }, memories);
    expect(measured).toEqual(names.slice(4));
  });
});

describe('memories', () => {
  it('are those of the last pairs', () => {
    const memories = createMemories(2);
    memories.of('a').set('x', 1);
    memories.of('b').set('x', 2);
    expect(memories.of('a').get('x')).toBe(1);
    memories.of('c').set('x', 3);
    expect(memories.of('a').get('x')).toBe(1);
    expect(memories.of('b').get('x')).toBeUndefined();
  });

  it('hold no more bytes than they may, and none of what was dropped', () => {
    const memories = createMemories(3, 2_500);
    memories.of('a').set('x', new Float64Array(100));
    memories.of('b').set('x', new Float64Array(100));
    expect(memories.sizeBytes).toBeGreaterThan(1_600);
    const b = memories.of('b');
    b.set('y', new Float64Array(100));
    b.set('z', new Float64Array(50));
    expect(memories.of('a').get('x')).toBeUndefined();
    expect(b.get('z')).toBeDefined();
    b.set('w', new Float64Array(1_000));
    b.set('v', 1);
    expect(memories.sizeBytes).toBe(0);
    expect(memories.of('b').get('v')).toBeUndefined();
  });
});
