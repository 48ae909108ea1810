import type { DriftReport, Finding } from '../../core/contract.js';
import { hourLabels, weekdayLabels } from '../charts/profileSpec.js';
import { columnCode } from './columnCode.js';
import { type Counts, countsCode, countsOf } from './countsCode.js';
import type { PythonPart } from './python.js';

/** What the shape channel compared: values, or counts; `folding` puts rare levels together, as its test does. */
export type ShapeData =
  | { of: 'values'; data: PythonPart }
  | { of: 'counts'; data: PythonPart; folding: string[] };

/** Values of numbers, times and lengths; counts of levels, hours or weekdays. */
export function shapeData(finding: Finding, report: DriftReport): ShapeData {
  const counts = profileCounts(finding);
  if (counts === null && finding.charts.categories === undefined) {
    return { of: 'values', data: columnCode(finding, report) };
  }
  const known = counts ?? countsOf(finding);
  const folding = known !== null && !hasRareLevels(known) ? [] : [foldCode];
  return { of: 'counts', data: countsCode(known, finding, report), folding };
}

/** How many looks at a column of times there were: the time axis, hours, weekdays. Each p pays for all. */
export function lookCount({ kind, charts, channels, reference, current }: Finding): number {
  if (kind !== 'datetime' || channels.shape.pValueMethod === null) return 1;
  const hasAxis = periodsOverlap(
    [reference.min, reference.max, current.min, current.max].map((time) =>
      Date.parse(String(time)),
    ),
  );
  return [hasAxis, charts.hours, charts.weekdays].filter(Boolean).length;
}

/** Whether the shorter period lies at least half inside the other. */
function periodsOverlap([a = 0, b = 0, c = 0, d = 0]: number[]): boolean {
  const shared = Math.min(b, d) - Math.max(a, c);
  return shared >= 0 && shared >= 0.5 * Math.min(b - a, d - c);
}

function profileCounts({ charts, channels }: Finding): Counts | null {
  const method = channels.shape.pValueMethod ?? '';
  const profile = method.endsWith('hour of day')
    ? { levels: hourLabels, counts: charts.hours }
    : method.endsWith('weekday')
      ? { levels: weekdayLabels, counts: charts.weekdays }
      : null;
  if (profile?.counts === undefined) return null;
  return { levels: profile.levels, binEdges: null, ...profile.counts };
}

/** Fewer than 5 expected rows on a side. */
function hasRareLevels({ reference, current }: Counts): boolean {
  const sum = (counts: number[]) => counts.reduce((rows, count) => rows + count, 0);
  const [n, m] = [sum(reference), sum(current)];
  const needed = (5 * (n + m)) / Math.min(n, m);
  return reference.some((count, i) => count + (current[i] ?? 0) < needed);
}

const foldCode = `def fold(reference, current):
    """Levels with fewer than 5 expected rows on a side, put together."""
    totals, rows = reference + current, 0
    smallest = needed = 5 * totals.sum() / min(reference.sum(), current.sum())
    for total in np.unique(totals[totals < needed]):
        rows += totals[totals == total].sum()
        if rows > 0.5 * totals.sum():
            smallest = max(total, 1)
            break
    kept = totals >= smallest
    if 0 < totals[~kept].sum() < needed and kept.sum() > 2:
        kept[np.flatnonzero(kept)[totals[kept].argmin()]] = False
    if totals[~kept].sum() == 0:
        return reference[kept], current[kept]
    return tuple(np.append(side[kept], side[~kept].sum()) for side in (reference, current))

reference, current = fold(reference, current)`;
