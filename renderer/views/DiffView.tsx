import { Button } from '@mantine/core';
import { IconArrowLeft } from '@tabler/icons-react';
import { useState } from 'react';
import type { Change, ColumnChange, DiffedReport, ReportDiff } from '../../core/contract.js';
import { ChangeIcon, ChangeMark, changeWords } from '../components/ChangeMark.js';
import { CountSwitch } from '../components/CountSwitch.js';
import { DiffNotes } from '../components/DiffNotes.js';
import { EffectChange } from '../components/EffectChange.js';
import { ErrorLine } from '../components/ErrorLine.js';
import { Name } from '../components/Name.js';
import { OptionChanges } from '../components/OptionChanges.js';
import { VerdictMark } from '../components/VerdictMark.js';
import { formatCount, formatCounted, formatSentence, formatTime } from '../format.js';
import { go, openColumn, useStore } from '../store.js';

const changes = Object.keys(changeWords) as Change[];
/** More rows than anyone reads at a time would only be slow. */
const mostRowCount = 200;

/** What changed from an earlier report to this one. */
export function DiffView({ diff }: { diff: ReportDiff }) {
  const hasReport = useStore((state) => state.report !== null);
  const [shown, setShown] = useState<Change[]>([]);
  const columns = diff.columns.filter(({ change }) =>
    shown.length === 0 ? change !== 'unchanged' : shown.includes(change),
  );
  const toggle = (change: Change) =>
    setShown(shown.includes(change) ? shown.filter((c) => c !== change) : [...shown, change]);
  return (
    <main className="scroller" data-testid="diff-view">
      <section className="overview-head" aria-label="Summary">
        {hasReport && (
          <div>
            <Button
              variant="subtle"
              color="gray"
              leftSection={<IconArrowLeft size={16} stroke={1.6} />}
              onClick={() => go({ view: 'overview', column: null })}
            >
              Back to the report
            </Button>
          </div>
        )}
        <h1 className="headline" data-testid="headline">
          {formatSentence(diff.headline)}
        </h1>
        <ErrorLine />
        <dl className="diffed">
          <Diffed term="Earlier" report={diff.earlier} />
          <Diffed term="Now" report={diff.later} />
        </dl>
        <div className="facts">
          <OptionChanges options={diff.options} />
          <DiffNotes diff={diff} />
        </div>
        <fieldset className="counts diff-counts">
          <legend className="unseen">Show only columns that changed so</legend>
          {changes.map((change) => (
            <CountSwitch
              key={change}
              className="diff-count"
              data-change={change}
              icon={<ChangeIcon change={change} />}
              count={diff.counts[change]}
              words={changeWords[change]}
              isShown={shown.includes(change)}
              onToggle={() => toggle(change)}
            />
          ))}
        </fieldset>
      </section>
      <Columns columns={columns} canOpen={hasReport} />
      <Lone title="Columns that the earlier report does not have" findings={diff.added} />
      <Lone title="Columns that only the earlier report has" findings={diff.removed} />
    </main>
  );
}

function Diffed({ term, report }: { term: string; report: DiffedReport }) {
  const { title, createdAt, reference, current, counts } = report;
  return (
    <div>
      <dt>{term}</dt>
      <dd>
        <Name text={title} className="dataset-name" />{' '}
        <span className="quiet">
          {formatTime(createdAt, true)} UTC · <Name text={reference.name} /> with{' '}
          {formatCounted(reference.rowCount, 'row')} against <Name text={current.name} /> with{' '}
          {formatCounted(current.rowCount, 'row')} · {formatCount(counts.drifted)} drifted
        </span>
      </dd>
    </div>
  );
}

function Columns({ columns, canOpen }: { columns: ColumnChange[]; canOpen: boolean }) {
  const [most, setMost] = useState(mostRowCount);
  const hiddenCount = Math.max(0, columns.length - most);
  if (columns.length === 0)
    return <p className="grid-empty">No column changed so; choose another count to see others.</p>;
  return (
    <section className="diff" aria-label="Columns">
      <table className="diff-table">
        <thead>
          <tr>
            <th scope="col">Column</th>
            <th scope="col">Change</th>
            <th scope="col">Verdict</th>
            <th scope="col">Effect, earlier and now</th>
            <th scope="col">Why</th>
          </tr>
        </thead>
        <tbody>
          {columns.slice(0, most).map((change) => (
            <Row key={change.name} change={change} canOpen={canOpen} />
          ))}
        </tbody>
      </table>
      {hiddenCount > 0 && (
        <Button variant="subtle" onClick={() => setMost(most + mostRowCount)}>
          Show more of {formatCounted(hiddenCount, 'column')}
        </Button>
      )}
    </section>
  );
}

function Row({ change, canOpen }: { change: ColumnChange; canOpen: boolean }) {
  const { name, earlier, later, reason } = change;
  return (
    <tr data-testid="change" data-column={name} data-change={change.change}>
      <th scope="row">
        {canOpen ? (
          <button type="button" className="link" onClick={() => openColumn(name)}>
            <Name text={name} className="column-name" />
          </button>
        ) : (
          <Name text={name} className="column-name" />
        )}
        <span className="column-kind">{later.kind}</span>
      </th>
      <td>
        <ChangeMark change={change.change} />
      </td>
      <td className="diff-verdicts">
        {earlier.verdict !== later.verdict && (
          <span className="quiet">
            was {earlier.verdict}
            {earlier.severity === 'none' ? '' : `, ${earlier.severity}`}
          </span>
        )}
        <VerdictMark verdict={later.verdict} severity={later.severity} />
      </td>
      <td>
        <EffectChange change={change} />
      </td>
      <td>
        <bdi className="reason" title={formatSentence(reason)}>
          {formatSentence(reason)}
        </bdi>
      </td>
    </tr>
  );
}

function Lone({ title, findings }: { title: string; findings: ReportDiff['added'] }) {
  if (findings.length === 0) return null;
  return (
    <section className="diff">
      <h2 className="panel-title">{title}</h2>
      <ul className="lone">
        {findings.slice(0, mostRowCount).map(({ name, verdict, reason }) => (
          <li key={name}>
            <VerdictMark verdict={verdict} />
            <Name text={name} className="column-name" />
            <bdi className="reason">{formatSentence(reason)}</bdi>
          </li>
        ))}
        {findings.length > mostRowCount && (
          <li className="quiet">and {formatCount(findings.length - mostRowCount)} more</li>
        )}
      </ul>
    </section>
  );
}
