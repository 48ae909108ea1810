import type { TopLevelSpec } from 'vega-lite';
import type { Histogram, Kind } from '../../core/contract.js';
import { convention } from '../conventions.js';
import { formatCount, formatNumber, formatShare, formatTimeWithin } from '../format.js';
import { type AxisScale, axisUnit, inUnit, linear, unitTitle } from './axisScale.js';
import { shareLabel } from './config.js';
import { histogramShares } from './histogramPaths.js';
import { shareTop } from './shareTop.js';

/** What a bar's height is: the share of the bin's values, their number, or the share by unit of the axis. */
export type BinHeight = 'share' | 'count' | 'density';

/** Bins of one axis: the reference as bars, the current as their outline. */
export function histogramSpec(
  histogram: Histogram,
  kind: Kind,
  height: BinHeight = 'share',
  scale: AxisScale = linear,
): TopLevelSpec {
  const { binEdges } = histogram;
  const shares = histogramShares(histogram);
  const unit = axisUnit(kind, binEdges, scale);
  const at = (edge: number) => edge / unit;
  const heights = binHeights({ ...histogram, binEdges: binEdges.map(at) }, height);
  const span = (binEdges.at(-1) ?? 0) - (binEdges[0] ?? 0);
  const write = (value: number) =>
    kind === 'datetime' ? formatTimeWithin(value, span) : formatNumber(value);
  const bins = shares.reference.map((reference, i) => {
    const start = binEdges[i] ?? 0;
    const end = binEdges[i + 1] ?? start;
    const current = shares.current[i] ?? 0;
    return {
      start: at(start),
      end: at(end),
      reference: heights.reference[i] ?? 0,
      current: heights.current[i] ?? 0,
      values: `${write(start)} to ${write(end)}`,
      referenceText: `${formatShare(reference)}  (${formatCount(histogram.referenceCounts[i] ?? 0)})`,
      currentText: `${formatShare(current)}  (${formatCount(histogram.currentCounts[i] ?? 0)})`,
    };
  });
  const outline = [
    { at: at(binEdges[0] ?? 0), share: 0 },
    ...bins.map((bin) => ({ at: bin.start, share: bin.current })),
    { at: at(binEdges.at(-1) ?? 0), share: 0 },
  ];
  const x = axisX(kind, scale, unit);
  const { top, cutBin } = shareTop(heights.reference, heights.current);
  const y = {
    type: 'quantitative',
    axis: heightAxes[height],
    ...(cutBin === null ? {} : { scale: { domain: [0, top], nice: false } }),
  };
  return {
    height: 220,
    ...inUnit(unit, ['start', 'end', 'at']),
    data: { values: bins },
    layer: [
      {
        mark: { type: 'rect', style: 'reference', clip: cutBin !== null },
        encoding: {
          x: { field: 'start', ...x },
          x2: { field: 'end' },
          y: { field: 'reference', ...y },
          y2: { datum: 0 },
        },
      },
      {
        data: { values: outline },
        mark: { type: 'line', interpolate: 'step-after', style: 'current', clip: cutBin !== null },
        encoding: { x: { field: 'at', ...x }, y: { field: 'share', ...y } },
      },
      {
        mark: { type: 'rect', style: 'hover' },
        encoding: {
          x: { field: 'start', ...x },
          x2: { field: 'end' },
          y: { value: 0 },
          y2: { value: 'height' },
          tooltip: [
            { field: 'values', title: kind === 'text' ? 'Characters' : 'Values' },
            { field: 'referenceText', title: 'Reference' },
            { field: 'currentText', title: 'Current' },
          ],
        },
      },
    ],
  } as TopLevelSpec;
}

const heightAxes: Record<BinHeight, object> = {
  share: { title: 'share of values', labelExpr: shareLabel },
  count: { title: 'values' },
  density: { title: 'share by unit', format: '~g' },
};

/** Of both sides by bin, as they are drawn. */
export function binHeights(
  histogram: Histogram,
  height: BinHeight,
): { reference: number[]; current: number[] } {
  const { binEdges, referenceCounts, currentCounts } = histogram;
  if (height === 'count') return { reference: referenceCounts, current: currentCounts };
  const { reference, current } = histogramShares(histogram);
  if (height === 'share') return { reference, current };
  const byUnit = (share: number, i: number) => {
    const width = (binEdges[i + 1] ?? 1) - (binEdges[i] ?? 0);
    // edges that are next to each other among all numbers may be the same
    return width > 0 ? share / width : 0;
  };
  return { reference: reference.map(byUnit), current: current.map(byUnit) };
}

/** What a tick of the axis of times shows, by the step between ticks. */
function timeFormats(dayAndMonth: string): object {
  const day = { week: dayAndMonth, date: dayAndMonth, day: dayAndMonth };
  const clock = { hours: '%H:%M', minutes: '%H:%M', seconds: '%H:%M:%S', milliseconds: '.%L' };
  return { year: '%Y', quarter: '%B', month: '%B', ...day, ...clock };
}

/** Times are UTC, as the files have them. Where values are divided by a unit, the title tells it. */
export function axisX(kind: Kind, scale: AxisScale = linear, unit = 1) {
  if (kind === 'datetime' && unit === 1)
    return {
      type: 'temporal',
      scale: { type: 'utc' },
      axis: { title: null, format: timeFormats(convention().dayAndMonth) },
    };
  const isLength = kind === 'text' || kind === 'identifier';
  const title = unitTitle(kind, unit) ?? (isLength ? 'characters' : null);
  if (scale.type === 'linear')
    return { type: 'quantitative', scale: { zero: false, nice: false }, axis: { title } };
  const axis = { title, format: '~s', tickCount: 6 };
  const drawn = scale.type === 'symlog' ? { ...scale, constant: scale.constant / unit } : scale;
  return { type: 'quantitative', scale: { ...drawn, nice: false }, axis };
}
