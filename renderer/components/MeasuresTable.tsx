import type { Finding, Kind, MeasureId, Measurement } from '../../core/contract.js';
import { formatCount, formatDuration, formatNumber, formatPValue, formatTime } from '../format.js';

const names = {
  ks: 'Kolmogorov-Smirnov',
  wasserstein: 'Wasserstein-1',
  'chi-squared': 'Chi-squared',
  'cramers-v': 'Cramér’s V',
  psi: 'PSI',
  'jensen-shannon': 'Jensen-Shannon',
} satisfies Record<MeasureId, string>;

const order = Object.keys(names) as MeasureId[];

/** Every measure by its textbook definition, or why it cannot be computed. */
export function MeasuresTable({ kind, measures }: Pick<Finding, 'kind' | 'measures'>) {
  const present = order.flatMap((id) => {
    const measurement = measures[id];
    return measurement === undefined ? [] : [{ id, measurement }];
  });
  if (present.length === 0) return <p className="quiet">Nothing could be measured.</p>;
  return (
    <>
      <table className="plain measures">
        <thead>
          <tr>
            <th>Measure</th>
            <th className="number">Value</th>
            <th className="number">95 % interval</th>
            <th className="number" title="What 95 % of samples without drift stay below">
              Chance gives
            </th>
            <th className="number">p</th>
            <th className="number" title="p corrected over the same test of all columns">
              q
            </th>
            <th>Method</th>
          </tr>
        </thead>
        <tbody>
          {present.map(({ id, measurement }) => (
            <Line key={id} id={id} kind={kind} measurement={measurement} />
          ))}
        </tbody>
      </table>
      {measures.psi?.kind === 'distance' && <Bins kind={kind} measurement={measures.psi} />}
    </>
  );
}

interface LineProps {
  id: MeasureId;
  kind: Kind;
  measurement: Measurement;
}

function Line({ id, kind, measurement }: LineProps) {
  if (measurement.kind === 'not computable') {
    return (
      <tr>
        <th scope="row">{names[id]}</th>
        <td colSpan={6} className="quiet wide">
          {measurement.reason}
        </td>
      </tr>
    );
  }
  if (measurement.kind === 'test') {
    return (
      <tr title={sizes(measurement)}>
        <th scope="row">{names[id]}</th>
        <td className="number">{formatNumber(measurement.statistic)}</td>
        <td />
        <td />
        <td className="number">{formatPValue(measurement.pValue)}</td>
        <td className="number">{formatPValue(measurement.adjustedPValue)}</td>
        <td>
          {measurement.method}
          {measurement.degreesOfFreedom !== undefined &&
            `, ${formatCount(measurement.degreesOfFreedom)} df`}
        </td>
      </tr>
    );
  }
  const { distance, unit, interval, noiseFloor } = measurement;
  const isSpan = kind === 'datetime' && unit !== null;
  return (
    <tr title={sizes(measurement)}>
      <th scope="row">{names[id]}</th>
      <td className="number">
        {isSpan ? formatDuration(distance).replace('+', '') : formatNumber(distance)}
      </td>
      <td className="number">
        {interval !== null && `${formatNumber(interval[0], 3)} to ${formatNumber(interval[1], 3)}`}
      </td>
      <td className="number">{noiseFloor !== null && `≤ ${formatNumber(noiseFloor, 2)}`}</td>
      <td />
      <td />
      <td className="quiet">
        {id === 'psi' && psiBand(distance)}
        {unit !== null && !isSpan && <bdi>unit: {unit}</bdi>}
      </td>
    </tr>
  );
}

/** The bands that practitioners know; they ignore the sample sizes, so they decide nothing here. */
function psiBand(psi: number): string {
  if (psi < 0.1) return 'under 0.1: small';
  return psi < 0.25 ? '0.1 to 0.25: moderate' : 'over 0.25: large';
}

interface BinsProps {
  kind: Kind;
  measurement: Extract<Measurement, { kind: 'distance' }>;
}

function Bins({ kind, measurement }: BinsProps) {
  const { binEdges, referenceCounts, currentCounts } = measurement;
  if (binEdges === undefined || referenceCounts === undefined || currentCounts === undefined) {
    return null;
  }
  const write = (edge: number) =>
    kind === 'datetime' ? formatTime(edge, true) : formatNumber(edge);
  return (
    <details className="bins">
      <summary>{formatCount(referenceCounts.length)} bins of PSI and Jensen-Shannon</summary>
      <table className="plain">
        <thead>
          <tr>
            <th>Values</th>
            <th className="number">Reference</th>
            <th className="number">Current</th>
          </tr>
        </thead>
        <tbody>
          {referenceCounts.map((count, i) => {
            const label = binLabel(binEdges, i, write);
            return (
              <tr key={label}>
                <td>{label}</td>
                <td className="number">{formatCount(count)}</td>
                <td className="number">{formatCount(currentCounts[i] ?? 0)}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </details>
  );
}

/** Bin i holds (edge[i-1], edge[i]]; the first and the last are open. */
function binLabel(edges: number[], index: number, write: (edge: number) => string): string {
  const low = edges[index - 1];
  const high = edges[index];
  if (high === undefined) return low === undefined ? 'all' : `over ${write(low)}`;
  return low === undefined ? `up to ${write(high)}` : `over ${write(low)} to ${write(high)}`;
}

function sizes(measurement: { referenceCount: number; currentCount: number }): string {
  return `from ${formatCount(measurement.referenceCount)} reference and ${formatCount(measurement.currentCount)} current values`;
}
