import type { TopLevelSpec } from 'vega-lite';
import type { Histogram, Kind } from '../../core/contract.js';
import { formatCount, formatNumber, formatShare, formatTimeWithin } from '../format.js';
import { shareLabel } from './config.js';
import { histogramShares } from './histogramPaths.js';
import { shareTop } from './shareTop.js';

/** Shares by bin: the reference as bars, the current as their outline, on one axis. */
export function histogramSpec(histogram: Histogram, kind: Kind): TopLevelSpec {
  const { binEdges } = histogram;
  const shares = histogramShares(histogram);
  const span = (binEdges.at(-1) ?? 0) - (binEdges[0] ?? 0);
  const write = (value: number) =>
    kind === 'datetime' ? formatTimeWithin(value, span) : formatNumber(value);
  const bins = shares.reference.map((reference, i) => {
    const start = binEdges[i] ?? 0;
    const end = binEdges[i + 1] ?? start;
    const current = shares.current[i] ?? 0;
    return {
      start,
      end,
      reference,
      current,
      values: `${write(start)} to ${write(end)}`,
      referenceText: `${formatShare(reference)}  (${formatCount(histogram.referenceCounts[i] ?? 0)})`,
      currentText: `${formatShare(current)}  (${formatCount(histogram.currentCounts[i] ?? 0)})`,
    };
  });
  const outline = [
    { at: binEdges[0] ?? 0, share: 0 },
    ...bins.map((bin) => ({ at: bin.start, share: bin.current })),
    { at: binEdges.at(-1) ?? 0, share: 0 },
  ];
  const x = axisX(kind);
  const { top, cutBin } = shareTop(shares.reference, shares.current);
  const y = {
    type: 'quantitative',
    axis: { title: 'share of values', labelExpr: shareLabel },
    ...(cutBin === null ? {} : { scale: { domain: [0, top], nice: false } }),
  };
  return {
    height: 220,
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

/** Times are UTC, as the files have them. */
export function axisX(kind: Kind) {
  if (kind === 'datetime')
    return { type: 'temporal', scale: { type: 'utc' }, axis: { title: null } };
  const title = kind === 'text' ? 'characters' : null;
  return { type: 'quantitative', scale: { zero: false, nice: false }, axis: { title } };
}
