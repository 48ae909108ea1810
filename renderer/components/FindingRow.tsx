import { memo } from 'react';
import type { Finding } from '../../core/contract.js';
import { formatSentence, formatShare } from '../format.js';
import { openColumn } from '../store.js';
import { missingShare } from '../useFindings.js';
import { useLinked } from '../useLinked.js';
import { EffectBar } from './EffectBar.js';
import { KindIcon } from './KindIcon.js';
import { LinkedSparkline } from './LinkedSparkline.js';
import { Name } from './Name.js';
import { ProfileMark } from './ProfileMark.js';
import { SelectedDifference } from './SelectedDifference.js';
import { Sparkline } from './Sparkline.js';
import { VerdictMark } from './VerdictMark.js';

interface Props {
  finding: Finding;
  index: number;
  /** Pixels from the top of the list's body. */
  top: number;
  isActive: boolean;
  hasProfile: boolean;
}

/** One column of the data in the list. */
export const FindingRow = memo(function FindingRow({
  finding,
  index,
  top,
  isActive,
  hasProfile,
}: Props) {
  const chosen = useLinked();
  const isLinked = chosen?.linked.places.has(finding.name) ?? false;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a virtual list cannot be a table element
    // biome-ignore lint/a11y/useKeyWithClickEvents: the grid around it handles the keys
    <div
      role="row"
      className="row"
      data-testid="row"
      data-column={finding.name}
      data-verdict={finding.verdict}
      aria-rowindex={index + 2}
      tabIndex={isActive ? 0 : -1}
      style={{ transform: `translateY(${top}px)` }}
      onClick={() => openColumn(finding.name)}
    >
      <Cell name="column">
        <Name text={finding.name} className="column-name" />
        <span className="column-kind">
          <KindIcon kind={finding.kind} />
          {finding.kind}
        </span>
      </Cell>
      <Cell name="verdict">
        <VerdictMark verdict={finding.verdict} severity={finding.severity} />
      </Cell>
      <Cell name="reference">
        {chosen !== null && isLinked ? (
          <LinkedSparkline {...chosen} name={finding.name} />
        ) : (
          <Sparkline kind={finding.kind} charts={finding.charts} />
        )}
      </Cell>
      <Cell name="effect">
        {chosen === null ? (
          <EffectBar
            effect={finding.effect}
            verdict={finding.verdict}
            work={{
              column: finding.name,
              topic: { what: 'effect', channel: finding.channel ?? 'shape' },
              tabIndex: isActive ? 0 : -1,
            }}
          />
        ) : (
          <SelectedDifference {...chosen} name={finding.name} />
        )}
      </Cell>
      {hasProfile && (
        <Cell name="profile">
          <ProfileMark profile={finding.profile} />
        </Cell>
      )}
      <Cell name="missing">
        <Missing finding={finding} />
      </Cell>
      <Cell name="why">
        <span className="reason" title={formatSentence(finding.reason)}>
          {formatSentence(finding.reason)}
        </span>
      </Cell>
    </div>
  );
});

function Cell({ name, children }: { name: string; children: React.ReactNode }) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: see FindingRow
    // biome-ignore lint/a11y/useFocusableInteractive: the row takes the focus, cells have nothing to act on
    <div role="gridcell" className={`cell-${name}`}>
      {children}
    </div>
  );
}

function Missing({ finding }: { finding: Finding }) {
  const reference = missingShare(finding.reference);
  const current = missingShare(finding.current);
  if (reference === 0 && current === 0) return <span className="quiet">none</span>;
  return (
    <span className="missing-pair">
      <span>{formatShare(reference)}</span>
      <span className="missing-current">→ {formatShare(current)}</span>
    </span>
  );
}
