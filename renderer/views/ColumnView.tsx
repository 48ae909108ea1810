import { ActionIcon, Button } from '@mantine/core';
import { IconArrowLeft, IconBulb, IconChevronDown, IconChevronUp } from '@tabler/icons-react';
import { type RefObject, useEffect, useRef } from 'react';
import type { Cause, Channel, DriftReport, Finding } from '../../core/contract.js';
import { AuthorNote } from '../components/AuthorNote.js';
import { ChannelCard } from '../components/ChannelCard.js';
import { ColumnCharts } from '../components/ColumnCharts.js';
import { ColumnOptions } from '../components/ColumnOptions.js';
import { DisguisedMissing } from '../components/DisguisedMissing.js';
import { ErrorLine } from '../components/ErrorLine.js';
import { ExtremesTable } from '../components/ExtremesTable.js';
import { KindIcon } from '../components/KindIcon.js';
import { LevelsTable } from '../components/LevelsTable.js';
import { MeasuresTable } from '../components/MeasuresTable.js';
import { Name } from '../components/Name.js';
import { OneSidedLevels } from '../components/OneSidedLevels.js';
import { ProfileCard } from '../components/ProfileCard.js';
import { StatisticsTable } from '../components/StatisticsTable.js';
import { TextPanel } from '../components/TextPanel.js';
import { TimePanel } from '../components/TimePanel.js';
import { VerdictMark } from '../components/VerdictMark.js';
import { formatCount, formatSentence, formatShare } from '../format.js';
import { adjust, closeColumn, useStore } from '../store.js';
import { useFindings } from '../useFindings.js';
import { useSection } from '../useSection.js';

const channels: Channel[] = ['shape', 'missing', 'support', 'schema'];

export function ColumnView({ report, finding }: { report: DriftReport; finding: Finding }) {
  const title = useRef<HTMLHeadingElement>(null);
  const neighbours = useNeighbours(report, finding);
  useColumnKeys(neighbours);
  useEffect(() => title.current?.focus(), []);
  return (
    <main className="scroller" data-testid="column-view">
      <div className="column-bar">
        <Button
          data-testid="back"
          variant="subtle"
          color="gray"
          leftSection={<IconArrowLeft size={16} stroke={1.6} />}
          title="Back to all columns (Escape)"
          onClick={closeColumn}
        >
          All columns
        </Button>
        <span className="spring" />
        <span className="quiet">
          {formatCount(neighbours.position + 1)} of {formatCount(neighbours.count)}
        </span>
        <Step label="Previous column (k)" name={neighbours.previous} Icon={IconChevronUp} />
        <Step label="Next column (j)" name={neighbours.next} Icon={IconChevronDown} />
      </div>
      <ColumnArticle report={report} finding={finding} title={title} />
    </main>
  );
}

/** All that is known of a column; on paper one follows the other. */
export function ColumnArticle({
  report,
  finding,
  title,
}: {
  report: DriftReport;
  finding: Finding;
  title?: RefObject<HTMLHeadingElement | null>;
}) {
  const hasCharts = useSection('charts');
  const hasMeasures = useSection('measures');
  return (
    <article className="column">
      <header className="column-head">
        <p className="eyebrow column-kind">
          <KindIcon kind={finding.kind} />
          {finding.kind}
        </p>
        <h1 className="column-title" tabIndex={-1} ref={title}>
          <Name text={finding.name} />
        </h1>
        <div className="column-verdict">
          <VerdictMark verdict={finding.verdict} severity={finding.severity} />
          <p className="column-reason">
            <bdi>{formatSentence(finding.reason)}</bdi>
          </p>
        </div>
        <ErrorLine />
      </header>
      <AuthorNote key={finding.name} report={report} column={finding.name} />
      <Causes causes={finding.causes} />
      <div className="channels">
        {channels.map((channel) => (
          <ChannelCard
            key={channel}
            column={finding.name}
            channel={channel}
            finding={finding.channels[channel]}
            isDeciding={finding.channel === channel}
          />
        ))}
      </div>
      <DisguisedMissing report={report} finding={finding} />
      <ColumnOptions report={report} finding={finding} />
      {hasCharts ? <ColumnCharts finding={finding} /> : <LevelsTable finding={finding} />}
      <div className="sides">
        <ProfileCard finding={finding} summary={report.profile} />
        {finding.time !== null && <TimePanel time={finding.time} />}
        {finding.text !== null && <TextPanel text={finding.text} />}
        <OneSidedLevels finding={finding} />
        <ExtremesTable finding={finding} />
      </div>
      <div className="numbers">
        <section className="panel">
          <h2 className="panel-title">Both sides</h2>
          <StatisticsTable finding={finding} />
        </section>
        {hasMeasures && (
          <section className="panel">
            <h2 className="panel-title">Measures, by their textbook definitions</h2>
            <MeasuresTable finding={finding} />
          </section>
        )}
      </div>
    </article>
  );
}

function Causes({ causes }: { causes: Cause[] }) {
  if (causes.length === 0) return null;
  return (
    <section className="causes">
      {causes.map((cause) => (
        <p key={cause.id} className="fact">
          <IconBulb size={16} stroke={1.7} aria-hidden />
          <span>
            <bdi>{formatSentence(cause.statement)}</bdi>{' '}
            <span className="quiet">
              Explains {formatShare(cause.explainedShare)} of the drift.
            </span>
          </span>
        </p>
      ))}
    </section>
  );
}

function Step({
  label,
  name,
  Icon,
}: {
  label: string;
  name: string | null;
  Icon: typeof IconChevronUp;
}) {
  return (
    <ActionIcon
      aria-label={label}
      title={label}
      disabled={name === null}
      onClick={() => name !== null && step(name)}
    >
      <Icon size={17} stroke={1.7} />
    </ActionIcon>
  );
}

interface Neighbours {
  previous: string | null;
  next: string | null;
  position: number;
  count: number;
}

/** In the order of the list as it is filtered and sorted; of the whole report when the column is filtered out. */
function useNeighbours(report: DriftReport, finding: Finding): Neighbours {
  const route = useStore((state) => state.route);
  const listed = useFindings(report, route);
  const findings = listed.includes(finding) ? listed : report.columns;
  const position = findings.indexOf(finding);
  return {
    previous: findings[position - 1]?.name ?? null,
    next: findings[position + 1]?.name ?? null,
    position,
    count: findings.length,
  };
}

function useColumnKeys({ previous, next }: Neighbours): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || isInMenu(event.target)) return;
      if (event.key === 'Escape') closeColumn();
      if (event.key === 'j' && next !== null) step(next);
      if (event.key === 'k' && previous !== null) step(previous);
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [previous, next]);
}

/** An open menu, a sheet and a field have these keys for themselves. */
function isInMenu(target: EventTarget | null): boolean {
  const owners = '[role=menu], dialog, input:not([type=radio]), select, textarea';
  return target instanceof Element && target.closest(owners) !== null;
}

function step(name: string): void {
  useStore.setState({ activeColumn: name });
  adjust({ column: name });
}
