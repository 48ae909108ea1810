import type { CategoryChart, Charts, Histogram, Kind } from '../../core/contract.js';
import { histogramPaths } from '../charts/histogramPaths.js';
import { levelShares } from '../charts/levelShares.js';
import { formatClock, formatCount, formatCounted, formatNumber, formatTime } from '../format.js';
import { useSection } from '../useSection.js';

/** Both distributions on one axis: the reference filled behind, the current as a line in front. */
export function Sparkline({ kind, charts }: { kind: Kind; charts: Charts }) {
  if (charts.categories !== undefined) return <LevelBars chart={charts.categories} />;
  if (charts.histogram !== undefined) return <Bins kind={kind} histogram={charts.histogram} />;
  return <Nothing />;
}

function Nothing() {
  const hasValues = useSection('values');
  return <span className="spark-none">{hasValues ? 'no values to draw' : 'left out'}</span>;
}

const width = 200;
const height = 36;

function Bins({ kind, histogram }: { kind: Kind; histogram: Histogram }) {
  const paths = histogramPaths(histogram, width, height);
  const low = histogram.binEdges[0] ?? 0;
  const high = histogram.binEdges.at(-1) ?? 0;
  const isWithinDay = formatTime(low) === formatTime(high);
  const label = (value: number) =>
    kind === 'datetime' ? formatTime(value, isWithinDay && value === low) : formatNumber(value, 3);
  return (
    <span className="spark">
      <svg viewBox={`0 0 ${width} ${height}`} preserveAspectRatio="none" aria-hidden="true">
        <path className="spark-reference" d={paths.reference} />
        <path className="spark-current" d={paths.current} />
        {paths.cut !== '' && <path className="spark-cut" d={paths.cut} />}
      </svg>
      <span className="spark-axis">
        <span>{label(low)}</span>
        {kind === 'text' && <span>characters</span>}
        <span>{kind === 'datetime' && isWithinDay ? formatClock(high) : label(high)}</span>
      </span>
    </span>
  );
}

function LevelBars({ chart }: { chart: CategoryChart }) {
  const levels = levelShares(chart, 12);
  const top = Math.max(...levels.flatMap((level) => [level.reference, level.current]), 1e-9);
  const slot = width / Math.max(levels.length, 2);
  const bar = Math.min(slot * 0.42, 24);
  const levelCount = chart.levels.length + chart.other.levelCount;
  const rise = (share: number) => (share === 0 ? 0 : Math.max(1, (share / top) * (height - 1)));
  return (
    <span className="spark">
      <svg viewBox={`0 0 ${width} ${height}`} preserveAspectRatio="none" aria-hidden="true">
        {levels.map((level, i) => (
          <g key={level.label} className={level.isRest ? 'spark-rest' : undefined}>
            <rect
              className="spark-reference"
              x={(i + 0.5) * slot - bar}
              y={height - rise(level.reference)}
              width={bar}
              height={rise(level.reference)}
            />
            <rect
              className="spark-current-bar"
              x={(i + 0.5) * slot}
              y={height - rise(level.current)}
              width={bar}
              height={rise(level.current)}
            />
          </g>
        ))}
        <line className="spark-ground" x1="0" x2={width} y1={height} y2={height} />
      </svg>
      <span className="spark-axis">
        {levelCount <= 2 ? (
          levels.map((level) => (
            <bdi key={level.label} className="spark-level spark-pair" title={level.label}>
              {level.label}
            </bdi>
          ))
        ) : (
          <>
            <bdi className="spark-level" title={levels[0]?.label}>
              {levels[0]?.label}
            </bdi>
            <span>
              {chart.newCount > 0 && `${formatCount(chart.newCount)} new · `}
              {formatCounted(levelCount, 'level')}
            </span>
          </>
        )}
      </span>
    </span>
  );
}
