/** The whole comparison in this thread: what stands at its top, and what it suggests. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { CompareRequest, DriftReport } from '../../../core/contract.js';
import { compareDatasets } from '../../../core/worker/compareDatasets.js';
import { createTemporaryFolder } from '../../createTemporaryFolder.js';
import { projectRoot } from '../scan/opened.js';

const folder = createTemporaryFolder();
const corpora = join(projectRoot, '../shared/corpora');

function compared(request: CompareRequest): Promise<DriftReport> {
  return compareDatasets(request, {
    signal: new AbortController().signal,
    onProgress: () => undefined,
  });
}

function file(name: string, header: string, rowOf: (i: number) => unknown[], rowCount = 300) {
  const lines = Array.from({ length: rowCount }, (_, i) => rowOf(i).join(','));
  return { path: folder.write(name, `${header}\n${lines.join('\n')}\n`) };
}

const row = (i: number) => [i, (i * 37) % 101, ['a', 'b', 'c'][i % 3]];
const plain = file('plain.csv', 'n,value,word', row);

describe('notes', () => {
  const notesOf = async (reference: typeof plain, current: typeof plain) =>
    (await compared({ reference, current })).notes;

  test('a copy, in whatever order', async () => {
    const copy = file('copy.csv', 'n,value,word', (i) => row(299 - i));
    const [note] = await notesOf(plain, copy);
    expect(note).toBe(
      'Both sides have 300 rows, and no column differs in anything that is measured, so one seems to be a copy of the other.',
    );
  });

  test('one value that differs makes no copy, but the files begin alike', async () => {
    const other = file('other.csv', 'n,value,word', (i) => (i === 250 ? [i, 1000, 'a'] : row(i)));
    expect(await notesOf(plain, other)).toEqual([
      'The first 200 rows are the same on both sides, so one may hold the other.',
    ]);
  });

  test('a file that goes on', async () => {
    const longer = file('longer.csv', 'n,value,word', row, 900);
    expect(await notesOf(plain, longer)).toEqual([
      'The first 200 rows are the same on both sides, so one may hold the other.',
    ]);
  });

  test('flags that begin alike say nothing', async () => {
    const flags = file('flags.csv', 'f', (i) => [i % 2]);
    const others = file('others.csv', 'f', (i) => [i < 200 ? i % 2 : 1]);
    expect(await notesOf(flags, others)).toEqual([]);
  });

  test('files that seem to be swapped', async () => {
    const month = (m: number) => (i: number) => [
      `2026-0${m}-${String(1 + (i % 28)).padStart(2, '0')}`,
      i % 7,
    ];
    const january = file('january.csv', 'day,x', month(1));
    const march = file('march.csv', 'day,x', month(3));
    expect(await notesOf(january, march)).toEqual([]);
    expect(await notesOf(march, january)).toEqual([
      'By "day" the reference is later than the current side (from 2026-03-02 on, and up to 2026-01-27), so the two may be swapped.',
    ]);
  });

  test('the same file under two conditions may differ', async () => {
    const report = await compared({
      reference: { ...plain, where: 'n < 150' },
      current: { ...plain, where: 'n >= 150' },
    });
    expect(report.notes.join()).not.toMatch(/same file|copy|the same on both/);
    expect([report.reference.rowCount, report.current.rowCount]).toEqual([150, 150]);
  });
});

describe('a renamed column', () => {
  const before = file('before.csv', 'n,customer_age,word', row);
  const after = file('after.csv', 'n,customers_age,word', row);

  test('is suggested', async () => {
    const { schema } = await compared({ reference: before, current: after });
    expect(schema.renamed).toEqual([
      {
        from: 'customer_age',
        to: 'customers_age',
        why: 'a name one letter apart, and both begin with numbers of overlapping range (0 to 100, 0 to 100)',
      },
    ]);
  });

  test('that is accepted is compared, and no more suggested', async () => {
    const { schema, columns } = await compared({
      reference: before,
      current: after,
      options: { renames: { customer_age: 'customers_age' } },
    });
    expect(schema).toEqual({ added: [], removed: [], retyped: [], renamed: [] });
    expect(columns.map(({ name }) => name).sort()).toEqual(['customer_age', 'n', 'word']);
  });

  test('whose type changed is said with both types', async () => {
    const words = file('words.csv', 'n,years,word', (i) => [i, `w${i % 5}`, 'x']);
    const { schema } = await compared({
      reference: before,
      current: words,
      options: { renames: { customer_age: 'years' } },
    });
    expect(schema.retyped).toEqual([{ name: 'customer_age', from: 'DOUBLE', to: 'VARCHAR' }]);
  });

  test.skipIf(!existsSync(corpora))(
    'of taxi rides, yellow and green (skipped without the corpora)',
    async () => {
      const { schema } = await compared({
        reference: { path: join(corpora, 'nyc-taxi-yellow-green/yellow.csv') },
        current: { path: join(corpora, 'nyc-taxi-yellow-green/green.csv') },
      });
      expect(schema.renamed.map(({ from, to }) => `${from} > ${to}`)).toEqual([
        'rateCodeId > rateCodeID',
        'tpepPickupDateTime > lpepPickupDatetime',
        'tpepDropoffDateTime > lpepDropoffDatetime',
      ]);
    },
  );
});
