import { useVirtualizer } from '@tanstack/react-virtual';
import { type RefObject, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { usePrinting } from './usePrinting.js';

export interface RowGrid {
  body: RefObject<HTMLDivElement | null>;
  /** Rows to draw, with pixels from the top of the body. */
  items: { index: number; top: number }[];
  /** Brings a row into sight and puts the focus on it. */
  showRow(index: number): void;
}

/** Rows of one height in a page that scrolls: only those in sight exist, on paper all of them. */
export function useRowGrid({
  count,
  rowHeight,
  stickyHeight,
  scroller,
  firstShown,
  initialOffset,
}: {
  count: number;
  rowHeight: number;
  /** Of what stays over the rows. */
  stickyHeight: number;
  /** What scrolls around the rows; null until it is on the page. */
  scroller: HTMLElement | null;
  /** The row to begin at, once; -1 for none. */
  firstShown: number;
  initialOffset: () => number;
}): RowGrid {
  const body = useRef<HTMLDivElement>(null);
  const [bodyTop, setBodyTop] = useState(0);
  const isPrinting = usePrinting();
  useLayoutEffect(() => {
    const measure = () => setBodyTop(offsetWithin(body.current, scroller));
    measure();
    const observer = new ResizeObserver(measure);
    for (const element of scroller?.children ?? []) observer.observe(element);
    return () => observer.disconnect();
  }, [scroller]);
  const virtualizer = useVirtualizer({
    count,
    getScrollElement: () => scroller,
    estimateSize: () => rowHeight,
    overscan: 4,
    scrollMargin: bodyTop,
    scrollPaddingStart: stickyHeight,
    initialOffset,
  });

  function showRow(index: number) {
    virtualizer.scrollToIndex(index);
    requestAnimationFrame(() =>
      body.current?.querySelector<HTMLElement>(`[aria-rowindex="${index + 2}"]`)?.focus(),
    );
  }

  // biome-ignore lint/correctness/useExhaustiveDependencies: once, on the way back from a column
  useEffect(() => {
    if (bodyTop > 0 && firstShown >= 0) showRow(firstShown);
  }, [bodyTop > 0]);

  const items = isPrinting
    ? Array.from({ length: count }, (_, index) => ({ index, top: index * rowHeight }))
    : virtualizer.getVirtualItems().map(({ index, start }) => ({ index, top: start - bodyTop }));
  return { body, items, showRow };
}

/** Where a key leads from a row; null where it leads nowhere. */
export function movedRow(key: string, index: number, count: number): number | null {
  const page = 8;
  const to = {
    ArrowDown: index + 1,
    ArrowUp: index - 1,
    PageDown: index + page,
    PageUp: index - page,
    Home: 0,
    End: count - 1,
  }[key];
  return to === undefined ? null : Math.min(count - 1, Math.max(0, to));
}

function offsetWithin(element: HTMLElement | null, ancestor: HTMLElement | null): number {
  if (element === null || ancestor === null) return 0;
  const top = element.getBoundingClientRect().top - ancestor.getBoundingClientRect().top;
  return Math.round(top + ancestor.scrollTop);
}
