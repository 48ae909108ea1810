import type {
  CategoryChart,
  Charts,
  ColumnSummary,
  Dataset,
  DriftReport,
  Finding,
  Histogram,
  Measurement,
} from './contract.js';
import { headline } from './drift/reasons.js';
import { quoted } from './errors.js';
import { withSampleRows } from './withSampleRows.js';

/** What stands for values of few rows. */
export const rareValues = '(rare values)';
const dayMs = 86_400_000;

/**
 * The report without what tells of single rows, or of fewer than `below` with one value: such values are put together,
 * words of texts, sample rows and rows that were not read are left out, and so are the smallest and largest values, joint
 * counts of columns, and all else that is a single row's. Counts of a histogram are rounded to multiples of `below`.
 */
export function maskReport(report: DriftReport, below: number): DriftReport {
  const { cube: _, ...others } = withSampleRows(report, null);
  const { baseline, schema } = others;
  const columns = report.columns.map((finding) => maskFinding(finding, below));
  const byName = new Map(report.columns.map((finding) => [finding.name, finding]));
  return {
    ...others,
    reference: maskDataset(report.reference),
    current: maskDataset(report.current),
    summary: { ...report.summary, headline: headline(columns, schema) },
    notes: report.notes.map((note) => maskNote(note, report)),
    columns,
    baseline: baseline && {
      ...baseline,
      columns: baseline.columns.map((column) => {
        const finding = byName.get(column.name);
        return { ...column, reason: maskWords(column.reason, finding && keptOf(finding, below)) };
      }),
    },
  };
}

/** Messages about rows quote what stands in them. */
function maskDataset(dataset: Dataset): Dataset {
  return {
    ...dataset,
    rejectedRows: [],
    rejectedReasons: dataset.rejectedReasons.map(({ reason, rowCount }) => ({
      reason: withoutQuotes(reason),
      rowCount,
    })),
  };
}

function maskNote(note: string, { reference, current }: DriftReport): string {
  const reasons = [...reference.rejectedReasons, ...current.rejectedReasons];
  const plain = reasons.reduce(
    (text, { reason }) => text.replaceAll(quoted(reason), () => quoted(withoutQuotes(reason))),
    note,
  );
  // a condition may name a value
  return plain.replace(/'[^']*'/g, '…');
}

function withoutQuotes(text: string): string {
  return text.replace(/"[^"]*"|'[^']*'/g, '…');
}

function maskFinding(finding: Finding, below: number): Finding {
  const isKept = keptOf(finding, below);
  const words = (text: string) => maskWords(text, isKept);
  const { channels, charts, text } = finding;
  return {
    ...finding,
    reason: words(finding.reason),
    channels: {
      schema: channels.schema,
      missing: channels.missing,
      support: { ...channels.support, reason: words(channels.support.reason) },
      shape: { ...channels.shape, reason: words(channels.shape.reason) },
    },
    reference: maskSummary(finding.reference, isKept, below),
    current: maskSummary(finding.current, isKept, below),
    measures: Object.fromEntries(
      Object.entries(finding.measures).map(([id, measurement]) => [
        id,
        maskMeasurement(measurement, finding.kind === 'datetime', below),
      ]),
    ),
    charts: maskCharts(charts, finding, isKept, below),
    disguisedMissing: finding.disguisedMissing.filter(
      ({ referenceCount, currentCount }) => !isRare(referenceCount, currentCount, below),
    ),
    // where it begins and ends, and where its longest gap does, are single rows' times
    time: null,
    text: text && { ...text, risen: [], fallen: [] },
    causes: finding.causes.map((cause) => ({ ...cause, statement: words(cause.statement) })),
  };
}

type IsKept = (value: string) => boolean;

/** Which values may be named: those that are listed, and on no side are those of a few rows. */
function keptOf(
  { charts, reference, current }: Finding,
  below: number,
): IsKept & { all: string[] } {
  const kept = new Set<string>();
  const rare = new Set<string>();
  const look = (value: string, ...counts: [number, number]) =>
    (isRare(...counts, below) ? rare : kept).add(value);
  for (const { value, referenceCount, currentCount } of charts.categories?.levels ?? [])
    look(value, referenceCount, currentCount);
  for (const { value, count } of [
    ...(charts.categories?.newLevels ?? []),
    ...(charts.categories?.vanishedLevels ?? []),
    ...(reference.top ?? []),
    ...(current.top ?? []),
  ])
    look(value, count, 0);
  const all = [...kept].filter((value) => !rare.has(value));
  const known = new Set(all);
  return Object.assign((value: string) => known.has(value), { all });
}

function isRare(one: number, other: number, below: number): boolean {
  return (one > 0 && one < below) || (other > 0 && other < below);
}

/** A range's ends are single rows', and a value in quotes may be a rare one. */
function maskWords(text: string, isKept: (IsKept & { all: string[] }) | undefined): string {
  const ranged = text.replace(/(reference’s range), [-\d.e\u202f]+ to [-\d.e\u202f]*\d/g, '$1');
  const kept = (isKept?.all ?? []).map(quoted).sort((a, b) => b.length - a.length);
  const parts: string[] = [];
  const held = kept.reduce(
    (held, name) =>
      held.split(name).join(held.includes(name) ? `\0${parts.push(name) - 1}\0` : name),
    ranged.replaceAll('\0', ''),
  );
  // from the first quote to the last, because a value may have quotes in it
  const masked = held.replace(/"[\s\S]*"/, rareValues);
  return masked.replace(/\0(\d+)\0/g, (_, part) => parts[Number(part)] ?? '');
}

function maskSummary(summary: ColumnSummary, isKept: IsKept, below: number): ColumnSummary {
  const { extremes: _, ...rest } = summary;
  const { count, quantiles, top } = rest;
  const isFew = count > 0 && count < below;
  const isSafe = (share: number) =>
    share > 0.01 && share < 0.99 && Math.min(share, 1 - share) * count >= below;
  return {
    ...rest,
    min: null,
    max: null,
    ...(isFew && { mean: null, standardDeviation: null }),
    quantiles:
      quantiles &&
      Object.fromEntries(Object.entries(quantiles).filter(([share]) => isSafe(Number(share)))),
    top: top && foldCounts(top, isKept),
  };
}

function foldCounts(
  levels: { value: string; count: number }[],
  isKept: IsKept,
): { value: string; count: number }[] {
  const rare = levels.filter(({ value }) => !isKept(value));
  if (rare.length === 0) return levels;
  const count = rare.reduce((sum, level) => sum + level.count, 0);
  return [...levels.filter(({ value }) => isKept(value)), { value: rareValues, count }];
}

function maskMeasurement(measurement: Measurement, isTime: boolean, below: number): Measurement {
  if (measurement.kind === 'test' && measurement.at !== undefined) {
    const { at } = measurement;
    const rounded = isTime ? Math.round(at / dayMs) * dayMs : Number(at.toPrecision(3));
    return { ...measurement, at: rounded };
  }
  if (measurement.kind !== 'distance') return measurement;
  const { binEdges, referenceCounts = [], currentCounts = [], ...rest } = measurement;
  const isAnyRare = [...referenceCounts, ...currentCounts].some((n) => isRare(n, 0, below));
  return binEdges === undefined || isAnyRare ? rest : measurement;
}

function maskCharts(charts: Charts, finding: Finding, isKept: IsKept, below: number): Charts {
  const { histogram, ecdf, categories, hours, weekdays } = charts;
  const coarse = (counts: number[]) => counts.map((count) => toMultiple(count, below));
  const profile = (of: { reference: number[]; current: number[] }) => ({
    reference: coarse(of.reference),
    current: coarse(of.current),
  });
  return {
    ...(histogram && { histogram: maskHistogram(histogram, below) }),
    ...(ecdf && { ecdf: maskCurves(ecdf, finding, below) }),
    ...(categories && { categories: maskCategories(categories, isKept) }),
    ...(hours && { hours: profile(hours) }),
    ...(weekdays && { weekdays: profile(weekdays) }),
  };
}

function toMultiple(count: number, below: number): number {
  return Math.round(count / below) * below;
}

/** Without outer bins that end at a few rows, and with edges on a tenth of a bin. */
function maskHistogram(histogram: Histogram, below: number): Histogram {
  const binEdges = [...histogram.binEdges];
  const reference = [...histogram.referenceCounts];
  const current = [...histogram.currentCounts];
  const outer = { below: { ...histogram.below }, above: { ...histogram.above } };
  for (const [side, take] of [
    ['below', 'shift'],
    ['above', 'pop'],
  ] as const) {
    const beyond = outer[side];
    while (reference.length > 1 && isRare(beyond.reference, beyond.current, below)) {
      beyond.reference += reference[take]() ?? 0;
      beyond.current += current[take]() ?? 0;
      binEdges[take]();
    }
  }
  const width = ((binEdges.at(-1) ?? 0) - (binEdges[0] ?? 0)) / reference.length;
  const step = 10 ** Math.floor(Math.log10(width / 10));
  const round = (edge: number) => Number((Math.round(edge / step) * step).toPrecision(12));
  const coarse = (count: number) => toMultiple(count, below);
  const sides = (of: Histogram['below']) => ({
    reference: coarse(of.reference),
    current: coarse(of.current),
  });
  const rounded = binEdges.map(round);
  const isAscending = rounded.every((edge, i) => i === 0 || edge > (rounded[i - 1] as number));
  return {
    binEdges: isAscending ? rounded : binEdges,
    referenceCounts: reference.map(coarse),
    currentCounts: current.map(coarse),
    below: sides(outer.below),
    above: sides(outer.above),
  };
}

type Curves = NonNullable<Charts['ecdf']>;

/** Without the points that few rows of a side lie beyond; the others stand at rounded values. */
function maskCurves(
  { values, reference, current }: Curves,
  finding: Finding,
  below: number,
): Curves {
  const step = ((values.at(-1) ?? 0) - (values[0] ?? 0)) / 1000;
  const isSafe = (curve: number[], count: number, i: number) => {
    const share = curve[i] ?? 0;
    const isEnd = share === 1 && (curve[i - 1] ?? 0) < 1;
    return !isEnd && !isRare(Math.round(share * count), Math.round((1 - share) * count), below);
  };
  const kept = values.flatMap((_, i) =>
    isSafe(reference, finding.reference.count, i) && isSafe(current, finding.current.count, i)
      ? [i]
      : [],
  );
  const round = (value: number) =>
    step > 0 ? Number((Math.round(value / step) * step).toPrecision(6)) : value;
  const pick = (list: number[]) => (list.length === 0 ? [] : kept.map((i) => list[i] as number));
  return { values: pick(values).map(round), reference: pick(reference), current: pick(current) };
}

function maskCategories(chart: CategoryChart, isKept: IsKept): CategoryChart {
  const rare = chart.levels.filter(({ value }) => !isKept(value));
  const sum = (key: 'referenceCount' | 'currentCount') =>
    rare.reduce((total, level) => total + level[key], 0);
  const folded = {
    value: rareValues,
    referenceCount: sum('referenceCount'),
    currentCount: sum('currentCount'),
  };
  const levels = chart.levels.filter(({ value }) => isKept(value));
  return {
    ...chart,
    levels: rare.length === 0 ? levels : [...levels, folded],
    newLevels: foldCounts(chart.newLevels, isKept),
    vanishedLevels: foldCounts(chart.vanishedLevels, isKept),
  };
}
