import { memo, useState } from 'react';
import type { DriftReport } from '../../core/contract.js';
import { ownTitle } from '../askedOptions.js';
import { AuthorNote } from '../components/AuthorNote.js';
import { BaselineLine } from '../components/BaselineLine.js';
import { ContentsLine } from '../components/ContentsLine.js';
import { CountStrip } from '../components/CountStrip.js';
import { DatasetLine } from '../components/DatasetLine.js';
import { DisguisedLine } from '../components/DisguisedLine.js';
import { ErrorLine } from '../components/ErrorLine.js';
import { FindingsGrid } from '../components/FindingsGrid.js';
import { GroupLines } from '../components/GroupLines.js';
import { ListToolbar } from '../components/ListToolbar.js';
import { Notes } from '../components/Notes.js';
import { OptionsPanel } from '../components/OptionsPanel.js';
import { ProfileLine } from '../components/ProfileLine.js';
import { RowsSheet } from '../components/RowsSheet.js';
import { SampleRowsLine } from '../components/SampleRowsLine.js';
import { SchemaLine } from '../components/SchemaLine.js';
import { WhatChanged } from '../components/WhatChanged.js';
import { formatSentence, formatTime } from '../format.js';
import type { Route } from '../route.js';
import { useStore } from '../store.js';
import { useFindings } from '../useFindings.js';

export function OverviewView({ report }: { report: DriftReport }) {
  const route = useStore((state) => state.route);
  const canRun = useStore((state) => state.sources !== null);
  const shownRows = useStore((state) => state.shownRows);
  const [showsOptions, setShowsOptions] = useState(false);
  const [scroller, setScroller] = useState<HTMLElement | null>(null);
  const findings = useFindings(report, route);
  return (
    <main className="scroller" ref={setScroller}>
      <Head report={report} verdicts={route.verdicts} channel={route.channel} group={route.group} />
      <ListToolbar
        route={route}
        shownCount={findings.length}
        totalCount={report.columns.length}
        onOptions={canRun ? () => setShowsOptions(true) : null}
      />
      <FindingsGrid
        findings={findings}
        route={route}
        scroller={scroller}
        profile={report.profile?.id ?? null}
      />
      {showsOptions && <OptionsPanel report={report} onClose={() => setShowsOptions(false)} />}
      {shownRows !== null && (
        <RowsSheet
          side={shownRows}
          dataset={report[shownRows]}
          onClose={() => useStore.setState({ shownRows: null })}
        />
      )}
    </main>
  );
}

/** What stands over the list; typing in the search field leaves it alone. */
const Head = memo(function Head({
  report,
  verdicts,
  channel,
  group,
}: { report: DriftReport } & Pick<Route, 'verdicts' | 'channel' | 'group'>) {
  const title = ownTitle(report);
  return (
    <section className="overview-head" aria-label="Summary">
      <p className="eyebrow">
        {title !== '' && <bdi>{title} · </bdi>}
        {formatTime(report.createdAt, true)} UTC
      </p>
      <h1
        className="headline"
        data-testid="headline"
        data-long={report.summary.headline.length > 110}
      >
        {formatSentence(report.summary.headline)}
      </h1>
      <ErrorLine />
      <div className="datasets">
        <DatasetLine side="reference" report={report} />
        <DatasetLine side="current" report={report} />
      </div>
      <AuthorNote report={report} column={null} />
      <div className="facts">
        {report.contents !== undefined && <ContentsLine contents={report.contents} />}
        <SampleRowsLine report={report} />
        <Notes report={report} />
        <SchemaLine report={report} />
        <DisguisedLine columns={report.columns} />
        {report.baseline !== null && (
          <BaselineLine baseline={report.baseline} columnCount={report.columns.length} />
        )}
        {report.profile !== null && (
          <ProfileLine profile={report.profile} columns={report.columns} />
        )}
      </div>
      <CountStrip summary={report.summary} alpha={report.options.alpha} verdicts={verdicts} />
      <WhatChanged report={report} channel={channel} />
      <GroupLines groups={report.groups ?? []} shown={group} />
    </section>
  );
});
