import { Button, Progress } from '@mantine/core';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useRef } from 'react';
import type { MeasuredColumn, Side } from '../../core/contract.js';
import { cancelComparison } from '../comparison.js';
import { KindIcon } from '../components/KindIcon.js';
import { Name } from '../components/Name.js';
import { stageSentence } from '../components/RunStrip.js';
import { Sparkline } from '../components/Sparkline.js';
import { formatCount, formatNumber, formatShare } from '../format.js';
import { sourceName } from '../sourceName.js';
import { type Run, useStore } from '../store.js';
import { missingShare } from '../useFindings.js';

/** A comparison on its way: how far it is, and the columns that are measured already. */
export function RunningView() {
  const run = useStore((state) => state.run);
  if (run === null) return null;
  return (
    <main className="running">
      <section className="running-head" aria-label="Progress">
        <div className="running-title">
          <h1 className="headline">{stageSentence(run)}</h1>
          <Button data-testid="cancel" onClick={cancelComparison}>
            Cancel
          </Button>
        </div>
        <div className="running-bars">
          <ScanBar side="reference" run={run} />
          <ScanBar side="current" run={run} />
          <MeasureBar run={run} />
        </div>
      </section>
      <MeasuredList columns={run.columns} />
      {run.columns.length === 0 && (
        <p className="measured-empty">Columns appear here as soon as they are measured.</p>
      )}
    </main>
  );
}

function ScanBar({ side, run }: { side: Side; run: Run }) {
  const share = run.columnCount === null ? run.scanShares[side] : 1;
  return (
    <div className="running-bar">
      <span className="running-label">
        <span className={`swatch-${side}`} aria-hidden="true" />
        <Name text={sourceName(run.sources[side])} />
        <span className="spring" />
        <span className="quiet">{share === null ? 'reading' : formatShare(round(share))}</span>
      </span>
      <Progress
        size="sm"
        value={(share ?? 1) * 100}
        animated={share === null}
        aria-label={`Reading of the ${side} file`}
      />
    </div>
  );
}

function MeasureBar({ run }: { run: Run }) {
  const { columnCount, columns } = run;
  return (
    <div className="running-bar">
      <span className="running-label">
        Columns measured
        <span className="spring" />
        <span className="quiet" role="status">
          {columnCount === null
            ? 'after the first scan'
            : `${formatCount(columns.length)} of ${formatCount(columnCount)}`}
        </span>
      </span>
      <Progress
        size="sm"
        value={columnCount === null ? 0 : (columns.length / columnCount) * 100}
        aria-label="Columns measured"
      />
    </div>
  );
}

const rowHeight = 62;

function MeasuredList({ columns }: { columns: MeasuredColumn[] }) {
  const scroller = useRef<HTMLUListElement>(null);
  const virtualizer = useVirtualizer({
    count: columns.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 6,
  });
  return (
    <ul className="measured" ref={scroller} aria-label="Measured columns">
      <li
        className="measured-space"
        aria-hidden="true"
        style={{ height: columns.length * rowHeight }}
      />
      {virtualizer.getVirtualItems().map(({ index, start }) => {
        const column = columns[index];
        if (column === undefined) return null;
        return (
          <li
            key={column.name}
            className="measured-row"
            style={{ transform: `translateY(${start}px)` }}
          >
            <span className="measured-name">
              <Name text={column.name} className="column-name" />
              <span className="column-kind">
                <KindIcon kind={column.kind} />
                {column.kind}
              </span>
            </span>
            <Sparkline kind={column.kind} charts={column.charts} />
            <span className="quiet measured-words">{measuredWords(column)}</span>
          </li>
        );
      })}
    </ul>
  );
}

/** What is known before the verdict, which waits for all columns. */
function measuredWords({ reference, current }: MeasuredColumn): string {
  const missing = `missing ${formatShare(missingShare(reference))} → ${formatShare(missingShare(current))}`;
  if (reference.mean !== null && current.mean !== null) {
    return `mean ${formatNumber(reference.mean)} → ${formatNumber(current.mean)} · ${missing}`;
  }
  const distinct = `${formatCount(reference.distinctCount)} → ${formatCount(current.distinctCount)} distinct`;
  return `${distinct} · ${missing}`;
}

function round(share: number): number {
  return Math.round(share * 100) / 100;
}
