/** What is measured of a pair. */

export interface Figures {
  /** DuckDB's bare scan of both files, as a whole process and, in it, the queries alone. */
  scan: Run & { querySeconds: number };
  /** The command, from its start to its end. Null where it failed. */
  comparison: Run | null;
  stages: Stages | null;
  htmlBytes: number | null;
  /** Null where no Chromium is installed. */
  page: PageFigures | null;
  /** Why there is no comparison. */
  failure: string | null;
}

/** What one whole process used. */
export interface Run {
  wallSeconds: number;
  /** User and system. */
  cpuSeconds: number;
  peakBytes: number;
}

/** What a measured process noted by itself. */
export interface Notes {
  querySeconds?: number;
  stages?: Stages;
  columnCount?: number;
  /** Values and missing ones of the column and side that has fewest of them. */
  measuredRows?: number;
}

/** Seconds. Both sides are read at once, so these two are no sum. */
export type Stages = Record<
  'start' | 'reference' | 'current' | 'measure' | 'render' | 'close',
  number
>;

export interface PageFigures {
  /** From navigation until the first column stands there, and no task holds the page up any longer. */
  interactiveSeconds: number;
  /** Requests beside the page itself. */
  requestCount: number;
  list: ListFigures;
}

/** What the ranked list takes. */
export interface ListFigures {
  /** While it is scrolled by wheel; a screen of 60 Hz allows 60. */
  framesPerSecond: number;
  /** Scripting, style and layout after a key in the search field. */
  searchMs: number;
  /** Of the page's own objects, after scrolling and searching. */
  heapBytes: number;
  /** Of the renderer process; null where it cannot be told. */
  renderer: { ownBytes: number; wholeBytes: number } | null;
}
