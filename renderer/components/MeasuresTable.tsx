import { Fragment } from 'react';
import type { Finding, Kind, MeasureId, Measurement } from '../../core/contract.js';
import {
  formatCount,
  formatCounted,
  formatDuration,
  formatNumber,
  formatPValue,
  formatSentence,
  formatTime,
} from '../format.js';
import { type MeasureGroup, measureGroups, measureNames, measureUnit } from '../measureNames.js';
import { WorkButton } from './WorkButton.js';

/** Every measure by its textbook definition, or why it cannot be computed. */
export function MeasuresTable({ finding }: { finding: Finding }) {
  const { kind, measures } = finding;
  const groups = measureGroups.filter(({ ids }) => ids.some((id) => measures[id] !== undefined));
  if (groups.length === 0) return <p className="quiet">Nothing could be measured.</p>;
  const binned = measures.psi?.kind === 'distance' ? measures.psi : measures['jensen-shannon'];
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
          {groups.map((group) => (
            <Group key={group.title} group={group} finding={finding} />
          ))}
        </tbody>
      </table>
      {binned?.kind === 'distance' && <Bins kind={kind} measurement={binned} />}
    </>
  );
}

function Group({ group, finding }: { group: MeasureGroup; finding: Finding }) {
  return (
    <Fragment>
      <tr className="measure-group">
        <th colSpan={7} scope="rowgroup">
          {group.title}
        </th>
      </tr>
      {group.ids.map((id) => {
        const measurement = finding.measures[id];
        if (measurement === undefined) return null;
        return <Line key={id} id={id} finding={finding} measurement={measurement} />;
      })}
    </Fragment>
  );
}

interface LineProps {
  id: MeasureId;
  finding: Finding;
  measurement: Measurement;
}

function Line({ id, finding: { name, kind }, measurement }: LineProps) {
  const title = measureNames[id];
  const work = { column: name, topic: { what: 'measure', id } } as const;
  if (measurement.kind === 'not computable') {
    return (
      <tr>
        <th scope="row">{measureNames[id]}</th>
        <td colSpan={6} className="quiet wide">
          <WorkButton {...work} of={title}>
            not computable
          </WorkButton>
          : {formatSentence(measurement.reason)}
        </td>
      </tr>
    );
  }
  if (measurement.kind === 'test') {
    return (
      <tr title={sizes(measurement)}>
        <th scope="row">{measureNames[id]}</th>
        <td className="number">
          <WorkButton {...work} of={title}>
            {measurement.statistic === null ? '∞' : formatNumber(measurement.statistic)}
          </WorkButton>
        </td>
        <td />
        <td />
        <td className="number">
          <WorkButton {...work} of={`p of ${title}`}>
            {formatPValue(measurement.pValue)}
          </WorkButton>
        </td>
        <td className="number">
          {measurement.adjustedPValue !== null && (
            <WorkButton column={name} topic={{ what: 'measure-q', id }} of={`q of ${title}`}>
              {formatPValue(measurement.adjustedPValue)}
            </WorkButton>
          )}
        </td>
        <td title={measurement.note === undefined ? undefined : formatSentence(measurement.note)}>
          {measurement.method}
          {measurement.degreesOfFreedom !== undefined &&
            `, ${formatNumber(measurement.degreesOfFreedom)} df`}
        </td>
      </tr>
    );
  }
  const { distance, interval, noiseFloor } = measurement;
  const unit = measureUnit(id, kind);
  const isSpan = kind === 'datetime' && id === 'wasserstein';
  return (
    <tr title={sizes(measurement)}>
      <th scope="row">{measureNames[id]}</th>
      <td className="number">
        <WorkButton {...work} of={title}>
          {isSpan ? formatDuration(distance).replace('+', '') : formatNumber(distance)}
        </WorkButton>
      </td>
      <td className="number">
        {interval !== null && `${formatNumber(interval[0], 3)} to ${formatNumber(interval[1], 3)}`}
      </td>
      <td className="number">{noiseFloor !== null && `≤ ${formatNumber(noiseFloor, 2)}`}</td>
      <td />
      <td />
      <td className="quiet">
        {id === 'psi' && psiBand(distance)}
        {unit !== null && !isSpan && `in ${unit}`}
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
      <summary>{formatCounted(referenceCounts.length, 'bin')} of the distances of shares</summary>
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
              <tr key={binEdges[i] ?? 'last'}>
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
