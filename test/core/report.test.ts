import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Ajv } from 'ajv';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import type { DriftReport, Effect, MemorySource } from '../../core/contract.js';
import { builtFile } from '../../core/packageFiles.js';
import { inertJson, Report, reportHtml } from '../../core/report.js';
import { compareDatasets } from '../../core/worker/compareDatasets.js';
import { draws, judged, level } from './drift/judged.js';

const lending = fileURLToPath(new URL('../../sample-data/lending/', import.meta.url));

let problemsOf: (report: unknown) => string;
beforeAll(() => {
  const file = builtFile('report.schema.json');
  if (!existsSync(file)) throw new Error(`${file} is not there; run npm run build first`);
  const ajv = new Ajv({ allErrors: true, allowUnionTypes: true });
  const validate = ajv.compile(JSON.parse(readFileSync(file, 'utf8')));
  problemsOf = (report) => (validate(report) ? '' : ajv.errorsText(validate.errors));
});

describe('the schema', () => {
  test('allows the report of the sample pair', async () => {
    const report = await compareDatasets(
      {
        reference: { path: `${lending}reference.csv` },
        current: { path: `${lending}current.csv` },
      },
      { signal: new AbortController().signal, onProgress: () => undefined },
    );
    expect(problemsOf(report)).toBe('');
  });

  test.each([
    ['with all options on', { profile: 'evidently', baseline: true, timestamp: 'when' }],
    ['with a baseline at random', { baseline: true }],
  ] as const)('allows a report %s', async (_, options) => {
    const when = (seed: number) =>
      draws(seed, 300, (random) => new Date(Date.UTC(2026, 0, 5) + random.integer(1e9)));
    const table = (seed: number) => ({
      when: when(seed),
      age: draws(seed, 300, (random, i) => (i % 20 === 0 ? -1 : 18 + random.integer(60))),
      job: draws(seed, 300, (random, i) => (i % 20 === 0 ? '?' : level(random, [0.5, 0.5]))),
      text: draws(
        seed,
        300,
        (random, i) => `loan ${i} for the house of ${random.integer(99)} cats`,
      ),
      id: draws(seed, 300, (_, i) => `k-${seed}-${i}`),
      flag: draws(seed, 300, (random) => random.uniform() < 0.5),
      nothing: Array<null>(300).fill(null),
    });
    const report = await judged(table(1), table(2), {
      ...options,
      title: 'all of it',
      columns: ['when', 'age', 'job', 'text', 'id', 'flag', 'nothing'],
      exclude: ['flag'],
      kinds: { age: 'numeric' },
      alpha: 0.01,
      correction: 'holm',
      limit: 0.2,
      limits: { age: 0.3 },
      kindLimits: { numeric: 0.25, text: 0.4 },
      missingLimit: 0.1,
      supportLimit: 0.02,
      bins: 5,
      binEdges: { age: [30, 50] },
      missingValues: { job: ['?'] },
      measures: 'all',
      seed: 3,
    });
    expect(problemsOf(report)).toBe('');
    const filled = ['disguisedMissing', 'time', 'text', 'profile', 'measures'] as const;
    for (const part of filled) {
      const is = report.columns.some((finding) => Object.keys(finding[part] ?? {}).length > 0);
      expect(is, part).toBe(part === 'profile' ? 'profile' in options : true);
    }
    expect(report.baseline?.split).toBe('timestamp' in options ? 'time' : 'random');
  });

  test('refuses what is not in it', async () => {
    const report = await judged({ a: [1, 2, 3] }, { a: [1, 2, 4] });
    expect(problemsOf(report)).toBe('');
    expect(problemsOf({ ...report, extra: 1 })).toContain('additional properties');
    expect(problemsOf({ ...report, columns: [{ name: 'a' }] })).toContain('required property');
  });
});

const anyNumber = fc.oneof(
  { weight: 6, arbitrary: fc.integer({ min: -5, max: 20 }) },
  { weight: 3, arbitrary: fc.double({ min: -1e6, max: 1e6 }) },
  { weight: 1, arbitrary: fc.double() },
);
const anyValues = (rowCount: number) => {
  const lengths = { minLength: rowCount, maxLength: rowCount };
  const orNull = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { freq: 8 });
  return fc.oneof(
    fc.array(anyNumber, lengths).map((values) => ({
      type: 'number' as const,
      values: Float64Array.from(values),
    })),
    fc
      .array(fc.integer({ min: -1e12, max: 4e12 }), lengths)
      .map((values) => ({ type: 'datetime' as const, values: Float64Array.from(values) })),
    fc
      .array(orNull(fc.string({ maxLength: 3, unit: 'binary' })), lengths)
      .map((values) => ({ type: 'string' as const, values })),
    fc
      .array(orNull(fc.constantFrom('1', '2.5', 'x', '')), lengths)
      .map((values) => ({ type: 'string' as const, values })),
    fc.array(orNull(fc.boolean()), lengths).map((values) => ({ type: 'boolean' as const, values })),
  );
};
const anySource = (name: string): fc.Arbitrary<MemorySource> =>
  fc.integer({ min: 1, max: 24 }).chain((rowCount) =>
    fc.tuple(anyValues(rowCount), anyValues(rowCount), anyValues(rowCount)).map((columns) => ({
      name,
      columns: columns.map((values, i) => ({ name: ['a', '__proto__', '</b>'][i] ?? '', values })),
    })),
  );

describe('any small pair gives a sound report', () => {
  test('valid, finite, with intervals around their values', async () => {
    await fc.assert(
      fc.asyncProperty(anySource('one'), anySource('two'), async (reference, current) => {
        const report = await compareDatasets(
          { reference, current },
          { signal: new AbortController().signal, onProgress: () => undefined },
        );
        expect(problemsOf(report)).toBe('');
        expect(JSON.parse(JSON.stringify(report))).toEqual(report);
        expect(unsound(report)).toEqual([]);
      }),
      { numRuns: 150, seed: 1 },
    );
  });
});

describe('a report', () => {
  let report: Report;
  beforeAll(async () => {
    const name = '</script><script>alert(1)</script>';
    const words = (seed: number) =>
      draws(seed, 400, (random) => `${level(random, [0.5, 0.5])}<!-- </SCRIPT>`);
    report = new Report(
      await judged({ [name]: words(1) }, { [name]: words(2) }, { title: `${name} $& "x" 'y'` }),
    );
  });

  test('is its data to JSON', () => {
    expect(report.toJSON()).toBe(report.data);
    expect(JSON.parse(JSON.stringify(report))).toEqual(JSON.parse(JSON.stringify(report.data)));
  });

  test('is a page in which names are inert', async () => {
    const html = await htmlOf(report);
    const bare = await htmlOf(new Report({ ...report.data, columns: [] }));
    expect(count(html, /<\/script/gi)).toBe(count(bare, /<\/script/gi));
    expect(html).not.toContain('<script>alert');
    expect(html).not.toContain('<!-- ');
    expect(html).not.toMatch(/__DRIFTGLASS_\w+__/);
    expect(islandOf(html)).toEqual(JSON.parse(JSON.stringify(report.data)));
    expect(html).toContain(
      '<title>&lt;/script&gt;&lt;script&gt;alert(1)&lt;/script&gt; $&amp; &quot;x&quot; &#39;y&#39;</title>',
    );
  });

  test('may be titled and named like the marks of the page', async () => {
    const title = '__DRIFTGLASS_REPORT__';
    const data = await judged(
      { __DRIFTGLASS_TITLE__: [1, 2, 3] },
      { __DRIFTGLASS_TITLE__: [1, 2, 3] },
      { title },
    );
    const html = await reportHtml(data);
    expect(html).toContain(`<title>${title}</title>`);
    expect(islandOf(html)).toEqual(JSON.parse(JSON.stringify(data)));
  });

  test('shows itself in a notebook', async () => {
    const display = (report as unknown as Record<symbol, () => Promise<Record<string, string>>>)[
      Symbol.for('Jupyter.display')
    ];
    const bundle = await display?.call(report);
    expect(bundle?.['text/plain']).toBe(report.data.summary.headline);
    const frame = bundle?.['text/html'] ?? '';
    const [, source = ''] =
      frame.match(
        /^<iframe sandbox="allow-scripts allow-downloads" style="[^"]*" srcdoc="([^"<>]*)"><\/iframe>$/,
      ) ?? [];
    expect(unescaped(source)).toBe(await htmlOf(report));
  });
});

test('inert JSON is JSON without the characters that markup has', () => {
  const value = { 'a<b': '</script>&\u2028\u2029', c: [1, null] };
  expect(inertJson(value)).not.toMatch(/[<>&\u2028\u2029]/);
  expect(JSON.parse(inertJson(value))).toEqual(value);
});

/** Numbers in a report that break what the contract says of them. */
function unsound(report: DriftReport): string[] {
  const problems: string[] = [];
  const share = (where: string, value: number | null) => {
    if (value !== null && !(value >= 0 && value <= 1)) problems.push(`${where}: ${value}`);
  };
  const around = (where: string, value: number, interval: Effect['interval'] | null) => {
    if (interval && !(interval[0] <= value && value <= interval[1]))
      problems.push(`${where}: ${value} is not within ${interval}`);
  };
  for (const { name, verdict, channels, measures, reference, current } of report.columns) {
    for (const [id, { pValue, adjustedPValue, effect }] of Object.entries(channels)) {
      share(`${name} ${id} p`, pValue);
      share(`${name} ${id} adjusted p`, adjustedPValue);
      if (effect) around(`${name} ${id}`, effect.value, effect.interval);
      if (pValue !== null && adjustedPValue !== null && adjustedPValue < pValue)
        problems.push(`${name} ${id}: adjusted below raw`);
    }
    for (const [id, measurement] of Object.entries(measures)) {
      if (measurement.kind === 'test') share(`${name} ${id} p`, measurement.pValue);
      if (measurement.kind === 'distance' && !(measurement.distance >= 0))
        problems.push(`${name} ${id}: ${measurement.distance}`);
    }
    for (const [side, summary] of [
      ['reference', reference],
      ['current', current],
    ] as const) {
      const { count, missingCount, infiniteCount } = summary;
      // of a column of an unsupported type nothing is read, so nothing is counted
      if (verdict !== 'skipped' && count + missingCount + infiniteCount !== report[side].rowCount)
        problems.push(`${name} ${side}: ${count} + ${missingCount} + ${infiniteCount} rows`);
    }
  }
  return problems;
}

function htmlOf(report: Report): Promise<string> {
  if (!existsSync(builtFile('report.html')))
    throw new Error('dist/report.html is not there; run npm run build first');
  return report.toHtml();
}

function islandOf(html: string): unknown {
  const island = html.match(/<script type="application\/json"[^>]*>([^<]*)<\/script>/)?.[1];
  return JSON.parse(island ?? 'null');
}

function unescaped(text: string): string {
  return text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&');
}

function count(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0;
}
