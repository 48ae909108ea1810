import type { ReactNode } from 'react';
import { useStore } from '../store.js';
import { useSection } from '../useSection.js';
import type { WorkTopic } from '../work/work.js';

/** A number that shows how it came about. */
export function WorkButton({
  column,
  topic,
  of,
  tabIndex,
  children,
}: {
  column: string;
  topic: WorkTopic;
  /** Which number this is, for those who do not see where it stands. */
  of: string;
  tabIndex?: number;
  children: ReactNode;
}) {
  if (!useSection('measures')) return children;
  return (
    <button
      type="button"
      className="shown-work"
      data-testid="show-work"
      aria-haspopup="dialog"
      title={`${of}: how this number came about`}
      tabIndex={tabIndex}
      onClick={(event) => {
        // in the list a click elsewhere opens the column
        event.stopPropagation();
        useStore.setState({ work: { column, topic } });
      }}
      onKeyDown={(event) => {
        if (event.key === 'Enter' || event.key === ' ') event.stopPropagation();
      }}
    >
      {children}
      <span className="unseen"> {of}, show the work</span>
    </button>
  );
}
