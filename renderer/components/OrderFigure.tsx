import { useMemo } from 'react';
import type { Charts, Finding } from '../../core/contract.js';
import { linear, logScale } from '../charts/axisScale.js';
import { ecdfTable, qqTable } from '../charts/chartTables.js';
import { ecdfSpec } from '../charts/ecdfSpec.js';
import { qqPoints } from '../charts/qqPoints.js';
import { qqSpec } from '../charts/qqSpec.js';
import { formatNumber, formatTime } from '../format.js';
import { chooseChart, useStore } from '../store.js';
import { ChartChoice } from './ChartChoice.js';
import { Figure } from './Figure.js';

const orders = [
  { value: 'cumulative', label: 'Cumulative' },
  { value: 'quantiles', label: 'Quantile-quantile' },
] as const;

/** Both sides in order: as cumulative curves with the widest gap, or quantile against quantile. */
export function OrderFigure({
  finding,
  ecdf,
}: {
  finding: Finding;
  ecdf: NonNullable<Charts['ecdf']>;
}) {
  const { kind } = finding;
  const { order, isLogarithmic } = useStore((state) => state.chartChoices);
  const points = useMemo(() => qqPoints(finding), [finding]);
  const isQq = order === 'quantiles' && points.length > 0;
  const spec = useMemo(() => {
    const scale = (isLogarithmic && logScale(kind, ecdf)) || linear;
    return isQq ? qqSpec(points, kind, scale) : ecdfSpec(ecdf, finding, scale);
  }, [finding, ecdf, kind, isQq, points, isLogarithmic]);
  return (
    <Figure
      finding={finding}
      title={isQq ? 'Quantiles against each other' : 'Cumulative distribution'}
      spec={spec}
      table={() => (isQq ? qqTable(points, kind) : ecdfTable(ecdf, kind))}
      choices={
        points.length > 0 && (
          <ChartChoice
            label="How the order of the values is drawn"
            choices={orders}
            value={isQq ? 'quantiles' : 'cumulative'}
            onChange={(next) => chooseChart({ order: next })}
          />
        )
      }
    >
      {isQq ? (
        'Each dot is one quantile, from 1 % to 99 %. On the line both sides are the same; above it the current values are larger.'
      ) : (
        <Gap finding={finding} />
      )}
    </Figure>
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
