import { useState } from 'react';
import type { DriftReport } from '../../core/contract.js';
import { CountStrip } from '../components/CountStrip.js';
import { DatasetLine } from '../components/DatasetLine.js';
import { ErrorLine } from '../components/ErrorLine.js';
import { FindingsGrid } from '../components/FindingsGrid.js';
import { ListToolbar } from '../components/ListToolbar.js';
import { Notes } from '../components/Notes.js';
import { SchemaLine } from '../components/SchemaLine.js';
import { formatTime } from '../format.js';
import { useStore } from '../store.js';
import { useFindings } from '../useFindings.js';

export function OverviewView({ report }: { report: DriftReport }) {
  const route = useStore((state) => state.route);
  const [scroller, setScroller] = useState<HTMLElement | null>(null);
  const findings = useFindings(report.columns, route);
  const title = ownTitle(report);
  return (
    <main className="scroller" ref={setScroller}>
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
          {report.summary.headline}
        </h1>
        <ErrorLine />
        <div className="datasets">
          <DatasetLine side="reference" dataset={report.reference} />
          <DatasetLine side="current" dataset={report.current} />
        </div>
        <div className="facts">
          <Notes notes={report.notes} />
          <SchemaLine schema={report.schema} />
        </div>
        <CountStrip
          summary={report.summary}
          alpha={report.options.alpha}
          verdicts={route.verdicts}
        />
      </section>
      <ListToolbar route={route} shownCount={findings.length} totalCount={report.columns.length} />
      <FindingsGrid findings={findings} route={route} scroller={scroller} />
    </main>
  );
}

/** The title that a person gave; one that only repeats the two names says nothing new. */
function ownTitle({ options, reference, current }: DriftReport): string {
  const isNames = options.title.includes(reference.name) && options.title.includes(current.name);
  return isNames ? '' : options.title;
}
