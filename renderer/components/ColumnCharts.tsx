import { type ReactNode, useMemo } from 'react';
import type { TopLevelSpec } from 'vega-lite';
import type { CategoryChart, Finding, Histogram } from '../../core/contract.js';
import { ecdfSpec } from '../charts/ecdfSpec.js';
import { histogramShares } from '../charts/histogramPaths.js';
import { histogramSpec } from '../charts/histogramSpec.js';
import { levelSpec } from '../charts/levelSpec.js';
import { hourLabels, profileSpec, weekdayLabels } from '../charts/profileSpec.js';
import { shareTop } from '../charts/shareTop.js';
import {
  formatCount,
  formatCounted,
  formatName,
  formatNumber,
  formatShare,
  formatTime,
} from '../format.js';
import { LevelsTable } from './LevelsTable.js';
import { VegaChart } from './VegaChart.js';

/** The charts that a column's kind has. */
export function ColumnCharts({ finding }: { finding: Finding }) {
  const { kind, charts } = finding;
  const drawn = useMemo(() => {
    const { histogram, ecdf, categories, hours, weekdays } = charts;
    return {
      histogram: histogram && histogramSpec(histogram, kind),
      ecdf: ecdf && ecdfSpec(ecdf, finding),
      categories: categories && levelSpec(categories),
      hours: hours && profileSpec(hours, hourLabels),
      weekdays: weekdays && profileSpec(weekdays, weekdayLabels),
    };
  }, [kind, charts, finding]);
  const { histogram, categories } = charts;
  return (
    <div className="charts">
      {drawn.histogram && histogram && (
        <Figure
          finding={finding}
          title={histogramTitle[kind] ?? 'Distribution'}
          spec={drawn.histogram}
        >
          <Outside histogram={histogram} isTime={kind === 'datetime'} />
        </Figure>
      )}
      {drawn.ecdf && (
        <Figure finding={finding} title="Cumulative distribution" spec={drawn.ecdf}>
          <Gap finding={finding} />
        </Figure>
      )}
      {drawn.categories && categories && (
        <Figure finding={finding} title="Shares by level" spec={drawn.categories}>
          {turnover(categories)}
        </Figure>
      )}
      {drawn.hours && <Figure finding={finding} title="By hour of day (UTC)" spec={drawn.hours} />}
      {drawn.weekdays && <Figure finding={finding} title="By weekday" spec={drawn.weekdays} />}
      <LevelsTable finding={finding} />
    </div>
  );
}

/** How many levels are on one side only. */
function turnover({ newCount, vanishedCount }: CategoryChart): string {
  const parts = [
    ...(newCount > 0 ? [`${formatCounted(newCount, 'level')} only in the current`] : []),
    ...(vanishedCount > 0
      ? [`${formatCounted(vanishedCount, 'level')} only in the reference`]
      : []),
  ];
  return parts.length === 0 ? '' : `${parts.join(', ')}.`;
}

const histogramTitle: Partial<Record<Finding['kind'], string>> = {
  datetime: 'Rows over time (UTC)',
  text: 'Lengths in characters',
  identifier: 'Lengths in characters',
};

function Figure({
  title,
  spec,
  finding,
  children,
}: {
  title: string;
  finding: Finding;
  spec: TopLevelSpec;
  children?: ReactNode;
}) {
  const label = `${title} of ${formatName(finding.name)}, reference and current on one axis. ${finding.reason}`;
  return (
    <figure className="figure">
      <figcaption className="figure-head">
        <h2>{title}</h2>
        <span className="legend">
          <span className="swatch-reference" aria-hidden="true" /> reference
          <span className="swatch-current" aria-hidden="true" /> current
        </span>
      </figcaption>
      <VegaChart spec={spec} label={label} />
      <p className="figure-note">{children}</p>
    </figure>
  );
}

function Gap({ finding }: { finding: Finding }) {
  const { ks } = finding.measures;
  if (ks?.kind !== 'test' || ks.at === undefined) return null;
  const at = finding.kind === 'datetime' ? formatTime(ks.at, true) : formatNumber(ks.at);
  return (
    <>
      The widest gap, D = {formatNumber(ks.statistic, 3)}, is at {at}.
    </>
  );
}

/** What the histogram does not show, in words. */
function Outside({ histogram, isTime }: { histogram: Histogram; isTime: boolean }) {
  const write = (value: number | undefined) =>
    isTime ? formatTime(value ?? 0) : formatNumber(value);
  const { below, above, binEdges } = histogram;
  const sides = ({ reference, current }: { reference: number; current: number }) =>
    `${formatCount(reference)} reference and ${formatCount(current)} current`;
  const parts = [
    ...(below.reference + below.current > 0
      ? [`${sides(below)} values below ${write(binEdges[0])}`]
      : []),
    ...(above.reference + above.current > 0
      ? [`${sides(above)} values above ${write(binEdges.at(-1))}`]
      : []),
  ];
  const shares = histogramShares(histogram);
  const { cutBin } = shareTop(shares.reference, shares.current);
  const highest =
    cutBin === null ? 0 : Math.max(shares.reference[cutBin] ?? 0, shares.current[cutBin] ?? 0);
  return (
    <>
      {cutBin !== null && `The highest bar is cut off; it goes up to ${formatShare(highest)}. `}
      {parts.length > 0 && `Not drawn: ${parts.join('; ')}.`}
    </>
  );
}
