import {
  type KeyboardEvent,
  type PointerEvent,
  type ReactNode,
  useId,
  useRef,
  useState,
} from 'react';
import { type BrushPart, binAt, movedRange } from '../charts/brushParts.js';
import type { ChartPlace } from '../charts/chartPlace.js';
import { binWords, cubeColumn, type LinkedCube, partWords, selectedCounts } from '../linkedCube.js';
import { select, useStore } from '../store.js';
import { useLinked } from '../useLinked.js';

interface Range {
  anchor: number;
  head: number;
}

/** A chart whose bins can be selected: by dragging, by a click, or by keys. */
export function BrushLayer({
  linked,
  name,
  place,
  parts,
  children,
}: {
  linked: LinkedCube;
  name: string;
  place: ChartPlace | null;
  parts: BrushPart[];
  children: ReactNode;
}) {
  const chosen = useLinked();
  const asked = useStore((state) => state.route.selection);
  const own = chosen?.selection.column === name ? chosen.selection : null;
  const [draft, setDraft] = useState<Range | null>(null);
  // what a click would select: bins of the cube may be wider than the bars
  const [hovered, setHovered] = useState<number | null>(null);
  // by keys: a pointer shows by itself where it is
  const [isFocused, setFocused] = useState(false);
  const isPointing = useRef(false);
  const listbox = useRef<HTMLDivElement>(null);
  const layer = useRef<HTMLDivElement>(null);
  const id = useId();
  const column = cubeColumn(linked, name);
  if (column === null) return children;
  const binCount = column.referenceCounts.length - 1;
  const shownBins = Array.from({ length: binCount }, (_, bin) => bin).filter(
    (bin) => column.levels === undefined || bin < column.levels.length || hasRows(bin),
  );
  const range: Range = draft ?? {
    anchor: own === null || own.from >= binCount ? 0 : own.from,
    head: own === null || own.from >= binCount ? 0 : own.to - 1,
  };
  const [first, last] = [Math.min(range.anchor, range.head), Math.max(range.anchor, range.head)];
  const isMarked = (bin: number) =>
    draft === null ? own !== null && bin >= own.from && bin < own.to : bin >= first && bin <= last;

  function hasRows(bin: number): boolean {
    return (column?.referenceCounts[bin] ?? 0) + (column?.currentCounts[bin] ?? 0) > 0;
  }

  function choose({ anchor, head }: Range) {
    const [from, to] = [Math.min(anchor, head), Math.max(anchor, head) + 1];
    setDraft(null);
    const isSame = own !== null && own.from === from && own.to === to;
    select(isSame ? null : { column: name, from, to });
  }

  function pointedBin(event: PointerEvent, isNear: boolean): number | null {
    const box = layer.current?.getBoundingClientRect();
    if (box === undefined || place === null) return null;
    const [x, y] = [event.clientX - box.left - place.left, event.clientY - box.top - place.top];
    return binAt(parts, x, y, isNear);
  }

  function onPointerDown(event: PointerEvent<HTMLDivElement>) {
    const bin = event.button === 0 ? pointedBin(event, false) : null;
    if (bin === null) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    event.preventDefault();
    isPointing.current = true;
    listbox.current?.focus({ preventScroll: true });
    isPointing.current = false;
    setFocused(false);
    setDraft({ anchor: bin, head: bin });
  }

  function onPointerMove(event: PointerEvent) {
    if (draft === null || event.buttons === 0) {
      setHovered(event.pointerType === 'mouse' ? pointedBin(event, false) : null);
      return;
    }
    const bin = pointedBin(event, true);
    if (bin !== null && bin !== draft.head) setDraft({ ...draft, head: bin });
  }

  function onKeyDown(event: KeyboardEvent) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const { key } = event;
    setFocused(true);
    const isClearing = key === 'Escape' && (draft !== null || asked !== null);
    const moved = movedRange(key, event.shiftKey, range, shownBins.length);
    if (key === 'Enter' || key === ' ') choose(range);
    else if (isClearing) {
      setDraft(null);
      if (asked !== null) select(null);
    } else if (moved !== null) setDraft(moved);
    else return;
    // the page has these keys too
    event.preventDefault();
    event.stopPropagation();
  }

  const words = (bin: number) => {
    const counts = selectedCounts(linked, { column: name, from: bin, to: bin + 1 }, name);
    return `${binWords(linked, name, bin)}: ${counts === null ? '' : partWords(counts, linked)}`;
  };
  return (
    <div
      className="brush"
      ref={layer}
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerUp={() => draft !== null && choose(draft)}
      onPointerCancel={() => setDraft(null)}
      onPointerLeave={() => setHovered(null)}
    >
      {children}
      <div
        className="brush-bins"
        ref={listbox}
        role="listbox"
        tabIndex={0}
        data-testid="brush"
        aria-label="Rows to select. Arrow keys move, Shift extends, Enter selects, Escape clears."
        aria-multiselectable="true"
        aria-activedescendant={`${id}-${range.head}`}
        style={
          place === null
            ? {}
            : { left: place.left, top: place.top, width: place.width, height: place.height }
        }
        onKeyDown={onKeyDown}
        data-keys={isFocused}
        onFocus={() => setFocused(!isPointing.current)}
        onBlur={() => {
          setFocused(false);
          setDraft(null);
        }}
      >
        {shownBins.map((bin) => {
          const own = parts.filter((part) => part.bin === bin);
          return (
            // biome-ignore lint/a11y/useFocusableInteractive: the list box has the focus and names its active option
            <div key={bin} id={`${id}-${bin}`} role="option" aria-selected={isMarked(bin)}>
              <span className="unseen">{words(bin)}</span>
              {own.map(({ left, top, width, height }) => (
                <span
                  key={top}
                  className="brush-part"
                  data-marked={isMarked(bin)}
                  data-active={isFocused && bin === range.head}
                  data-hovered={draft === null && bin === hovered}
                  style={{ left, top, width, height }}
                />
              ))}
            </div>
          );
        })}
      </div>
    </div>
  );
}
