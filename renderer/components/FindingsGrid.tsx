import { type KeyboardEvent, memo, type ReactNode, useEffect } from 'react';
import type { Finding, ProfileId } from '../../core/contract.js';
import { effectPosition } from '../charts/effectPosition.js';
import { profileNames } from '../measureNames.js';
import type { Route, SortKey } from '../route.js';
import { go, openColumn, useStore } from '../store.js';
import { startsDescending } from '../useFindings.js';
import { useLinked } from '../useLinked.js';
import { movedRow, useRowGrid } from '../useRowGrid.js';
import { FindingRow } from './FindingRow.js';

const rowHeight = 66;
/** The toolbar and the headings, which stay over the list. */
const stickyHeight = 92;

/** The ranked columns. Only the rows in sight exist, so a thousand scroll as well as ten. */
export function FindingsGrid({
  findings,
  route,
  scroller,
  profile,
}: {
  findings: Finding[];
  route: Route;
  /** What scrolls around the list; null until it is on the page. */
  scroller: HTMLElement | null;
  /** Another tool whose verdicts have a column of their own. */
  profile: ProfileId | null;
}) {
  const activeColumn = useStore((state) => state.activeColumn);
  const found = findings.findIndex((finding) => finding.name === activeColumn);
  const activeIndex = Math.max(0, found);
  useKeptScroll(scroller);
  const { body, items, showRow } = useRowGrid({
    count: findings.length,
    rowHeight,
    stickyHeight,
    scroller,
    firstShown: found,
    initialOffset: () => useStore.getState().listScrollTop,
  });

  function onKeyDown(event: KeyboardEvent) {
    const index = movedRow(event.key, activeIndex, findings.length);
    const finding = findings[index ?? activeIndex];
    if (finding === undefined) return;
    if (event.key === 'Enter') openColumn(finding.name);
    else if (index === null) return;
    else {
      useStore.setState({ activeColumn: finding.name });
      showRow(index);
    }
    event.preventDefault();
  }

  return (
    // biome-ignore lint/a11y/useSemanticElements: a virtual list cannot be a table element
    <div
      className="grid"
      role="grid"
      tabIndex={-1}
      aria-label="Columns"
      aria-rowcount={findings.length + 1}
      aria-colcount={profile === null ? 6 : 7}
      data-profile={profile !== null}
      onKeyDown={onKeyDown}
    >
      <Headings sort={route.sort} isDescending={route.descending} profile={profile} />
      {/* biome-ignore lint/a11y/useSemanticElements: see above */}
      <div
        role="rowgroup"
        className="grid-body"
        ref={body}
        style={{ height: findings.length * rowHeight }}
      >
        {items.map(({ index, top }) => {
          const finding = findings[index];
          if (finding === undefined) return null;
          return (
            <FindingRow
              // by place: another search changes the rows that are there, which takes less than new ones
              key={index}
              finding={finding}
              index={index}
              top={top}
              isActive={index === activeIndex}
              hasProfile={profile !== null}
            />
          );
        })}
      </div>
      {findings.length === 0 && (
        <p className="grid-empty">No column fits these filters; show all, or search for less.</p>
      )}
    </div>
  );
}

/** A key in the search field leaves them alone. */
const Headings = memo(function Headings({
  profile,
  ...order
}: Order & { profile: ProfileId | null }) {
  const isLinked = useLinked() !== null;
  return (
    // biome-ignore lint/a11y/useSemanticElements: see FindingsGrid
    // biome-ignore lint/a11y/useFocusableInteractive: its buttons take the focus
    <div className="grid-head" role="row" aria-rowindex={1}>
      <Heading name="column" label="Column" sortKey="name" {...order} />
      <Heading name="verdict" label="Verdict" sortKey="rank" {...order} />
      <Heading name="reference" label="Reference and current" {...order} />
      {isLinked ? (
        <Heading name="effect" label="Difference" sortKey="selected" {...order}>
          <span className="difference-note">all rows → selected</span>
        </Heading>
      ) : (
        <Heading name="effect" label="Effect" sortKey="effect" {...order}>
          <span className="effect-ticks" aria-hidden="true">
            {[1, 2, 4, 16].map((ratio) => (
              <span key={ratio} style={{ left: `${effectPosition(ratio) * 100}%` }}>
                {ratio === 1 ? 'limit' : `×${ratio}`}
              </span>
            ))}
          </span>
        </Heading>
      )}
      {profile !== null && <Heading name="profile" label={profileNames[profile]} {...order} />}
      <Heading name="missing" label="Missing" sortKey="missing" {...order} />
      <Heading name="why" label="Why" {...order} />
    </div>
  );
});

interface Order {
  sort: SortKey;
  isDescending: boolean;
}

function Heading({
  name,
  label,
  sortKey,
  sort,
  isDescending,
  children,
}: Order & {
  name: string;
  label: string;
  sortKey?: SortKey;
  children?: ReactNode;
}) {
  const isSorted = sortKey !== undefined && sort === sortKey;
  const order = isDescending ? 'descending' : 'ascending';
  return (
    // biome-ignore lint/a11y/useSemanticElements: see FindingsGrid
    // biome-ignore lint/a11y/useFocusableInteractive: its button takes the focus
    <div role="columnheader" className={`cell-${name}`} aria-sort={isSorted ? order : 'none'}>
      {sortKey === undefined ? (
        label
      ) : (
        <button
          type="button"
          className="heading"
          onClick={() =>
            go({
              sort: sortKey,
              descending: isSorted ? !isDescending : startsDescending(sortKey),
            })
          }
        >
          {label}
          <span className="heading-order">{isSorted ? (isDescending ? '↓' : '↑') : ''}</span>
        </button>
      )}
      {children}
    </div>
  );
}

/** Brings the list back to where it stood before a column was opened. */
function useKeptScroll(scroller: HTMLElement | null): void {
  useEffect(() => {
    if (scroller === null) return;
    scroller.scrollTop = useStore.getState().listScrollTop;
    const keep = () => useStore.setState({ listScrollTop: scroller.scrollTop });
    scroller.addEventListener('scroll', keep, { passive: true });
    return () => scroller.removeEventListener('scroll', keep);
  }, [scroller]);
}
