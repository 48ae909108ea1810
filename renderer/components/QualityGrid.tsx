import type { KeyboardEvent } from 'react';
import type { QualityRow, QualitySortKey } from '../qualityRows.js';
import { openColumn, useStore } from '../store.js';
import { movedRow, useRowGrid } from '../useRowGrid.js';
import { QualityLine } from './QualityLine.js';

const rowHeight = 54;
/** The toolbar and the headings, which stay over the rows. */
const stickyHeight = 92;

const headings: { name: string; label: string; sort?: QualitySortKey }[] = [
  { name: 'column', label: 'Column', sort: 'name' },
  { name: 'type', label: 'Type' },
  { name: 'missing', label: 'Missing', sort: 'missing' },
  { name: 'distinct', label: 'Distinct', sort: 'distinct' },
  { name: 'range', label: 'Range' },
  { name: 'zeros', label: 'Zeros', sort: 'zeros' },
  { name: 'remarks', label: 'Stands out' },
];

/** All columns of both sides. Only the rows in sight exist. */
export function QualityGrid({
  rows,
  sort,
  onSort,
  scroller,
}: {
  rows: QualityRow[];
  sort: QualitySortKey;
  onSort: (sort: QualitySortKey) => void;
  scroller: HTMLElement | null;
}) {
  const activeColumn = useStore((state) => state.activeColumn);
  const found = rows.findIndex(({ name }) => name === activeColumn);
  const activeIndex = Math.max(0, found);
  const { body, items, showRow } = useRowGrid({
    count: rows.length,
    rowHeight,
    stickyHeight,
    scroller,
    firstShown: found,
    initialOffset: () => 0,
  });

  function onKeyDown(event: KeyboardEvent) {
    const index = movedRow(event.key, activeIndex, rows.length);
    const row = rows[index ?? activeIndex];
    if (row === undefined || isButton(event.target)) return;
    if (event.key === 'Enter' && row.finding !== null) openColumn(row.name);
    else if (index === null) return;
    else {
      useStore.setState({ activeColumn: row.name });
      showRow(index);
    }
    event.preventDefault();
  }

  return (
    // biome-ignore lint/a11y/useSemanticElements: a virtual list cannot be a table element
    <div
      className="grid quality-grid"
      role="grid"
      tabIndex={-1}
      aria-label="Schema and quality of the columns"
      aria-rowcount={rows.length + 1}
      aria-colcount={headings.length}
      onKeyDown={onKeyDown}
    >
      {/* biome-ignore lint/a11y/useSemanticElements: see above */}
      {/* biome-ignore lint/a11y/useFocusableInteractive: its buttons take the focus */}
      <div className="grid-head" role="row" aria-rowindex={1}>
        {headings.map(({ name, label, sort: key }) => (
          // biome-ignore lint/a11y/useSemanticElements: see above
          // biome-ignore lint/a11y/useFocusableInteractive: its button takes the focus
          <div
            key={name}
            role="columnheader"
            className={`cell-quality-${name}`}
            aria-sort={key !== undefined && key === sort ? 'other' : 'none'}
          >
            {key === undefined ? (
              label
            ) : (
              <button
                type="button"
                className="heading"
                onClick={() => onSort(sort === key ? 'position' : key)}
              >
                {label}
                <span className="heading-order">{sort === key ? '↓' : ''}</span>
              </button>
            )}
          </div>
        ))}
      </div>
      {/* biome-ignore lint/a11y/useSemanticElements: see above */}
      <div
        role="rowgroup"
        className="grid-body"
        ref={body}
        style={{ height: rows.length * rowHeight }}
      >
        {items.map(({ index, top }) => {
          const row = rows[index];
          if (row === undefined) return null;
          const isActive = index === activeIndex;
          return (
            <QualityLine key={row.name} row={row} index={index} top={top} isActive={isActive} />
          );
        })}
      </div>
      {rows.length === 0 && (
        <p className="grid-empty">No column fits these filters; show all, or search for less.</p>
      )}
    </div>
  );
}

function isButton(target: EventTarget): boolean {
  return target instanceof Element && target.closest('button') !== null;
}
