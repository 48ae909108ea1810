import { memo, type ReactNode } from 'react';
import type { ColumnSummary, Finding } from '../../core/contract.js';
import { formatCount, formatNumber, formatPoints, formatShare, formatTime } from '../format.js';
import { type QualityRow, type Remark, zeroShare } from '../qualityRows.js';
import { openColumn } from '../store.js';
import { missingShare } from '../useFindings.js';
import { KindIcon } from './KindIcon.js';
import { Name } from './Name.js';

/** One column of the datasets: the reference above, the current side below. */
export const QualityLine = memo(function QualityLine({
  row,
  index,
  top,
  isActive,
}: {
  row: QualityRow;
  index: number;
  /** Pixels from the top of the list's body. */
  top: number;
  isActive: boolean;
}) {
  const { name, finding, kind, types, remarks } = row;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a virtual list cannot be a table element
    // biome-ignore lint/a11y/useKeyWithClickEvents: the grid around it handles the keys
    <div
      role="row"
      className="row"
      data-testid="quality-row"
      data-column={name}
      data-opens={finding !== null}
      aria-rowindex={index + 2}
      tabIndex={isActive ? 0 : -1}
      style={{ transform: `translateY(${top}px)` }}
      onClick={() => finding !== null && openColumn(name)}
    >
      <Cell name="column">
        <Name text={name} className="column-name" />
        {kind !== null && (
          <span className="column-kind">
            <KindIcon kind={kind} />
            {kind}
          </span>
        )}
      </Cell>
      <Cell name="type">
        <Types {...types} />
      </Cell>
      <Cell name="missing">{finding && <Missing finding={finding} />}</Cell>
      <Cell name="distinct">
        {finding && (
          <Both
            reference={formatCount(finding.reference.distinctCount)}
            current={formatCount(finding.current.distinctCount)}
          />
        )}
      </Cell>
      <Cell name="range">
        {finding && <Both reference={range(finding.reference)} current={range(finding.current)} />}
      </Cell>
      <Cell name="zeros">
        {finding && <Both reference={zeros(finding.reference)} current={zeros(finding.current)} />}
      </Cell>
      <Cell name="remarks">
        <span className="remarks">
          {remarks.map((remark) => (
            <Words key={`${remark.text} ${remark.names.join()}`} {...remark} />
          ))}
        </span>
      </Cell>
    </div>
  );
});

function Cell({ name, children }: { name: string; children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: see QualityLine
    // biome-ignore lint/a11y/useFocusableInteractive: the row takes the focus, cells have nothing to act on
    <div role="gridcell" className={`cell-quality-${name}`}>
      {children}
    </div>
  );
}

/** One line where both sides are the same. */
function Both({ reference, current }: { reference: string; current: string }) {
  if (reference === '' && current === '') return null;
  const isSame = reference === current;
  return (
    <span className="quality-pair">
      <bdi className={isSame ? 'quiet' : undefined} title={reference}>
        {reference || '–'}
      </bdi>
      {!isSame && (
        <span className="quality-current" title={current}>
          → <bdi>{current || '–'}</bdi>
        </span>
      )}
    </span>
  );
}

function Types({ reference, current }: { reference: string | null; current: string | null }) {
  return (
    <span className="quality-pair code">
      <bdi className="name" title={reference ?? current ?? ''}>
        {reference ?? '–'}
      </bdi>
      {reference !== current && (
        <span className="quality-current name" title={current ?? ''}>
          → <bdi>{current ?? '–'}</bdi>
        </span>
      )}
    </span>
  );
}

function Missing({ finding }: { finding: Finding }) {
  const [reference, current] = [missingShare(finding.reference), missingShare(finding.current)];
  if (reference === 0 && current === 0) return <span className="quiet">none</span>;
  return (
    <span className="quality-pair" data-verdict={finding.channels.missing.verdict}>
      <span>
        {formatShare(reference)} → {formatShare(current)}
      </span>
      {reference !== current && (
        <span className="quality-difference">{formatPoints(current - reference)}</span>
      )}
    </span>
  );
}

function range({ min, max }: ColumnSummary): string {
  if (min === null || max === null) return '';
  const write = (value: number | string) =>
    typeof value === 'number' ? formatNumber(value) : formatTime(value);
  return min === max ? write(min) : `${write(min)} to ${write(max)}`;
}

function zeros(summary: ColumnSummary): string {
  const share = zeroShare(summary);
  if (share === null) return '';
  return share === 0 ? 'none' : formatShare(share);
}

const mostNameCount = 2;

function Words({ text, names }: Remark) {
  return (
    <span className="remark">
      {text}{' '}
      {names.slice(0, mostNameCount).map((name) => (
        <Name key={name} text={name} className="code" />
      ))}
      {names.length > mostNameCount && <> +{names.length - mostNameCount}</>}
    </span>
  );
}
