import { useMemo } from 'react';
import type { Finding, Histogram } from '../../core/contract.js';
import { axisUnit, linear, logHistogram, logScale } from '../charts/axisScale.js';
import { edgeParts } from '../charts/brushParts.js';
import { histogramTable } from '../charts/chartTables.js';
import { type BinHeight, binHeights, histogramSpec } from '../charts/histogramSpec.js';
import { binChoices, mergeBins, nearestChoice } from '../charts/mergeBins.js';
import { shareTop } from '../charts/shareTop.js';
import { formatCount, formatCounted, formatNumber, formatShare, formatTime } from '../format.js';
import { chooseChart, useStore } from '../store.js';
import { useBrushable } from '../useBrushable.js';
import { BrushNote } from './BrushNote.js';
import { ChartChoice } from './ChartChoice.js';
import { type Brush, Figure } from './Figure.js';

const titles: Partial<Record<Finding['kind'], string>> = {
  datetime: 'Rows over time (UTC)',
  text: 'Lengths in characters',
  identifier: 'Lengths in characters',
};

/** The histogram of both sides, in as many bins and on the axis that were chosen. */
export function DistributionFigure({
  finding,
  histogram,
}: {
  finding: Finding;
  histogram: Histogram;
}) {
  const { kind, charts } = finding;
  const choices = useStore((state) => state.chartChoices);
  const brushable = useBrushable(finding);
  const drawn = useMemo(() => {
    const { ecdf } = charts;
    const log = choices.isLogarithmic ? logScale(kind, ecdf) : null;
    const isLog = log !== null && ecdf !== undefined;
    const whole = isLog ? logHistogram(ecdf, finding, log) : histogram;
    // bins of an axis that is not even have no common unit
    const height = isLog && choices.height === 'density' ? 'share' : choices.height;
    const merged = mergeBins(whole, nearestChoice(whole, choices.binCount));
    const scale = isLog ? log : linear;
    const unit = axisUnit(kind, merged.binEdges, scale);
    return { isLog, whole, merged, height, unit, spec: histogramSpec(merged, kind, height, scale) };
  }, [finding, histogram, kind, charts, choices]);
  const brush: Brush | null =
    brushable === null
      ? null
      : {
          linked: brushable.linked,
          parts: (place) => edgeParts(brushable.column, drawn.unit, place),
        };
  return (
    <Figure
      finding={finding}
      title={titles[kind] ?? 'Distribution'}
      spec={drawn.spec}
      table={() => histogramTable(drawn.merged, kind)}
      choices={<Choices finding={finding} {...drawn} />}
      brush={brush}
    >
      {drawn.isLog
        ? 'Bins are even on the logarithmic axis; their shares are read off the cumulative curves.'
        : null}
      <Outside histogram={drawn.merged} height={drawn.height} isTime={kind === 'datetime'} />
      <BrushNote finding={finding} isBrushable />
    </Figure>
  );
}

const heights: { value: BinHeight; label: string }[] = [
  { value: 'share', label: 'Share' },
  { value: 'count', label: 'Count' },
  { value: 'density', label: 'Density' },
];

const axes = [
  { value: 'linear', label: 'Linear' },
  { value: 'log', label: 'Log' },
] as const;

function Choices({
  finding,
  whole,
  merged,
  height,
  isLog,
}: {
  finding: Finding;
  whole: Histogram;
  merged: Histogram;
  height: BinHeight;
  isLog: boolean;
}) {
  const { kind, charts } = finding;
  const counts = binChoices(whole).map((count) => ({ value: `${count}`, label: `${count}` }));
  const canLog = logScale(kind, charts.ecdf) !== null;
  const shown = heights.filter(
    ({ value }) => value !== 'density' || (kind === 'numeric' && !isLog),
  );
  return (
    <>
      {counts.length > 1 && (
        <span className="figure-choice">
          Bins
          <ChartChoice
            label="Number of bins"
            choices={counts}
            value={`${merged.referenceCounts.length}`}
            onChange={(count) => chooseChart({ binCount: Number(count) })}
          />
        </span>
      )}
      <ChartChoice
        label="Height of the bars"
        choices={shown}
        value={height}
        onChange={(next) => chooseChart({ height: next })}
      />
      {canLog && (
        <ChartChoice
          label="Axis of the values"
          choices={axes}
          value={isLog ? 'log' : 'linear'}
          onChange={(axis) => chooseChart({ isLogarithmic: axis === 'log' })}
        />
      )}
    </>
  );
}

/** What the histogram does not show, in words. */
function Outside({
  histogram,
  height,
  isTime,
}: {
  histogram: Histogram;
  height: BinHeight;
  isTime: boolean;
}) {
  const write = (value: number | undefined) =>
    isTime ? formatTime(value ?? 0) : formatNumber(value);
  const { below, above, binEdges } = histogram;
  const sides = ({ reference, current }: { reference: number; current: number }) =>
    `${formatCount(reference)} reference and ${formatCounted(current, 'current value')}`;
  const parts = [
    ...(below.reference + below.current > 0 ? [`${sides(below)} below ${write(binEdges[0])}`] : []),
    ...(above.reference + above.current > 0
      ? [`${sides(above)} above ${write(binEdges.at(-1))}`]
      : []),
  ];
  const drawn = binHeights(histogram, height);
  const { cutBin } = shareTop(drawn.reference, drawn.current);
  const highest =
    cutBin === null ? 0 : Math.max(drawn.reference[cutBin] ?? 0, drawn.current[cutBin] ?? 0);
  const top = height === 'share' ? formatShare(highest) : formatNumber(highest);
  return (
    <>
      {cutBin !== null && ` The highest bar is cut off; it goes up to ${top}. `}
      {parts.length > 0 && ` Not drawn: ${parts.join('; ')}.`}
    </>
  );
}
