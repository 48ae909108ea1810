/** The code behind the numbers reads files of every kind as the engine does, or says what it cannot. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Finding, Format, Source } from '../../core/contract.js';
import { compareDatasets } from '../../core/worker/compareDatasets.js';
import { columnCode } from '../../renderer/work/columnCode.js';
import { workOf } from '../../renderer/work/workOf.js';
import { type Checked, type Compared, checkWorks } from './checkWorks.js';
import { type Case, fileCases } from './fileCases.js';
import { runSnippets, versionOf } from './runSnippets.js';
import { after, before, textTable } from './tableFiles.js';

const scipy = versionOf('scipy');
const pyarrow = versionOf('pyarrow');
const root = mkdtempSync(join(tmpdir(), 'driftglass-'));
const plain = fileCases['plain files'] as Case;

afterAll(() => rmSync(root, { recursive: true, force: true }));

async function compared({ files, reference, current, options }: Case): Promise<Compared> {
  const folder = mkdtempSync(join(root, 'pair-'));
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
  const at = (source: Source): Source => ({ ...source, path: join(folder, source.path) });
  const report = await compareDatasets(
    {
      reference: at(reference),
      current: at(current),
      options: { measures: 'all', ...options },
    },
    { signal: new AbortController().signal, onProgress: () => undefined },
  );
  return { report, folder };
}

function lacks({ needs }: Case): string | null {
  if (scipy === null) return 'no python3 with SciPy';
  return needs === 'pyarrow' && pyarrow === null ? 'no pyarrow' : null;
}

describe('code that reads a column finds the numbers of the report', () => {
  const checked = new Map<string, Checked>();

  beforeAll(async () => {
    const titles = Object.keys(fileCases).filter((title) => !lacks(fileCases[title] as Case));
    if (titles.length === 0) return;
    const all: Compared[] = [];
    for (const title of titles) all.push(await compared(fileCases[title] as Case));
    for (const [i, answer] of checkWorks(all).entries()) checked.set(titles[i] as string, answer);
  }, 120_000);

  for (const [title, one] of Object.entries(fileCases)) {
    const reason = lacks(one);
    const words = reason === null ? '' : ` (skipped: ${reason})`;
    test.skipIf(reason !== null)(`${title}${words}`, () => {
      const { faults, checkedCount, works } = checked.get(title) as Checked;
      expect(faults).toEqual([]);
      expect(checkedCount).toBeGreaterThan(one.least ?? 250);
      const code = works.map(({ work }) => work.snippet ?? '').join('\n');
      for (const part of one.holds) expect(code).toContain(part);
    });
  }
});

test('a plain file takes little code', async () => {
  const { report } = await compared(plain);
  const finding = report.columns.find(({ name }) => name === 'amount') as Finding;
  expect(
    columnCode(finding, report).code,
  ).toBe(`MISSING = {"", "NA", "N/A", "n/a", "#N/A", "NaN", "nan", "NULL", "null"}

def read_csv(path, position):
    with open(path, newline="", encoding="utf-8-sig") as file:
        rows = [row for row in csv.reader(file) if len(row) > 1]
    values = ["".join(row[position:position + 1]) for row in rows[1:]]
    return [None if value in MISSING else value for value in values]

def number(value):
    try:
        return float(value)
    except ValueError:
        return np.nan

def numbers(values):
    found = np.array([number(value) for value in values if value is not None])
    return found[np.isfinite(found)]

# the column "amount"; run this in the folder of the two files
reference = numbers(read_csv("a.csv", 0))
current = numbers(read_csv("b.csv", 0))
assert (len(reference), len(current)) == (282, 225), "not the report's values"`);
});

describe('what cannot be done again is said, in the code and in the panel', () => {
  async function ksWork(change: Partial<Case>) {
    const { report, folder } = await compared({ ...plain, ...change });
    const finding = report.columns.find(({ name }) => name === 'amount') as Finding;
    const work = workOf({ what: 'measure', id: 'ks' }, finding, report);
    return { folder, code: work?.snippet ?? '', notes: work?.notes.join('\n') ?? '' };
  }

  test.each<[string, Partial<Case>, string]>([
    [
      'a condition',
      { reference: { path: 'a.csv', where: 'people > 1000000' } },
      'A condition left out 240 rows of the reference, which Python does not repeat',
    ],
    [
      'a sample',
      { options: { sample: 250 } },
      'A seeded sample left out 50 rows of the reference, which Python does not repeat',
    ],
  ])('%s, and the code stops', async (_, change, sentence) => {
    const { code, notes, folder } = await ksWork(change);
    expect(code).toContain(`# ${sentence}\n`);
    expect(notes).toContain(`${sentence}.`);
    if (scipy === null) return;
    const error = "AssertionError: not the report's values";
    expect(runSnippets([{ code, folder }])).toEqual([{ error }]);
  });

  test('rows with damaged quotes', async () => {
    const broken = `${textTable(before)}1,2,"open\n`;
    const { code, notes } = await ksWork({ files: { ...plain.files, 'a.csv': broken } });
    expect(code).toContain('# Damaged rows of the reference were left out');
    expect(notes).toContain('Damaged rows of the reference');
  });

  test('two files of one name, which are read from folders of their own', async () => {
    const { code, notes } = await ksWork({
      files: { 'one/a.csv': textTable(before), 'two/a.csv': textTable(after) },
      reference: { path: 'one/a.csv' },
      current: { path: 'two/a.csv' },
    });
    expect(code).toContain('numbers(read_csv("reference/a.csv", 0))');
    expect(code).toContain('numbers(read_csv("current/a.csv", 0))');
    expect(notes).toContain('Both files have one name');
  });

  test.each(['standard input', 'pasted table'])('%s, which has no path', async (name) => {
    const { code } = await ksWork({ current: { path: 'b.csv', name } });
    expect(code).toContain('put your own two lists here');
    expect(code).not.toContain('def read_');
  });

  test('and nothing of plain files', async () => {
    expect((await ksWork({})).notes).not.toContain('Python');
  });
});

test('Parquet, Arrow and JSON are read each in its own way', async () => {
  const { report } = await compared(plain);
  const codeOf = (format: Format, name: string) => {
    const reference = { ...report.reference, format, name, dialect: null };
    const { code, imports } = columnCode(report.columns[0] as Finding, { ...report, reference });
    return `${imports.join('\n')}\n${code}`;
  };
  expect(codeOf('parquet', 'a.parquet')).toContain('parquet.read_table(path, columns=[column])');
  expect(codeOf('parquet', 'day-*.parquet')).toContain('parquet.ParquetFile(path)');
  expect(codeOf('arrow', 'a.feather')).toContain('pyarrow.ipc.open_file');
  expect(codeOf('json', 'a.json.zst')).toContain('from compression import zstd');
  expect(codeOf('json', 'a.json')).not.toContain('parquet');
});
