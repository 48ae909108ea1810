import { create } from 'zustand';
import type {
  AppInfo,
  DriftReport,
  Kind,
  MeasuredColumn,
  Side,
  Source,
  Verdict,
} from '../core/contract.js';
import { fromHash, type Route, startRoute, toHash } from './route.js';
import type { WorkTopic } from './work/work.js';

/** One chosen file; `source` is null while it is on its way to the server. */
export interface ChosenFile {
  name: string;
  sizeBytes: number | null;
  source: Source | null;
  sentShare: number;
}

/** As in a form; what is empty is left to the engine. */
export interface ChosenSplit {
  column: string;
  at: string;
}

export interface Run {
  sources: Record<Side, Source>;
  /** Null where the total is unknown. */
  scanShares: Record<Side, number | null>;
  columnCount: number | null;
  columns: MeasuredColumn[];
}

export interface State {
  /** `report`: an exported file, which opens and runs nothing. */
  mode: 'app' | 'report';
  info: AppInfo | null;
  chosen: Record<Side, ChosenFile | null>;
  /** Kinds that were set while looking at the chosen files, by column name. */
  kinds: Record<string, Kind>;
  /** Not null: the reference's place takes one file, and this column splits it into both sides. */
  split: ChosenSplit | null;
  error: string | null;
  run: Run | null;
  report: DriftReport | null;
  reportId: string | null;
  route: Route;
  /** Where the list stood, for the way back from a column. */
  listScrollTop: number;
  activeColumn: string | null;
  /** What the report that is shown was made of; null in an exported one. */
  sources: Record<Side, Source> | null;
  /** Whose rows are shown, read and not. */
  shownRows: Side | null;
  /** The number whose work is shown. */
  work: ShownWork | null;
}

export interface ShownWork {
  column: string;
  topic: WorkTopic;
}

export const useStore = create<State>(() => ({
  mode: 'app',
  info: null,
  chosen: { reference: null, current: null },
  kinds: {},
  split: null,
  error: null,
  run: null,
  report: null,
  reportId: null,
  route: startRoute,
  listScrollTop: 0,
  activeColumn: null,
  sources: null,
  shownRows: null,
  work: null,
}));

/** A step that Back undoes. */
export function go(change: Partial<Route>): void {
  const route = { ...useStore.getState().route, ...change };
  useStore.setState({ route, error: null });
  writeHash(route, 'push');
}

/** A step that Back skips: typing in a search field, stepping from column to column. */
export function adjust(change: Partial<Route>): void {
  const route = { ...useStore.getState().route, ...change };
  useStore.setState({ route });
  writeHash(route, 'replace');
}

export function openColumn(name: string): void {
  useStore.setState({ activeColumn: name });
  go({ view: 'column', column: name });
}

export function closeColumn(): void {
  go({ view: 'overview', column: null });
}

export function toggleVerdict(verdict: Verdict): void {
  const { verdicts } = useStore.getState().route;
  go({
    verdicts: verdicts.includes(verdict)
      ? verdicts.filter((other) => other !== verdict)
      : [...verdicts, verdict],
  });
}

/** Keeps the route and the address the same; call once. */
export function followHash(): void {
  const read = () => useStore.setState({ route: fromHash(window.location.hash) });
  window.addEventListener('hashchange', read);
  window.addEventListener('popstate', read);
  read();
}

function writeHash(route: Route, how: 'push' | 'replace'): void {
  const hash = toHash(route);
  if (hash === window.location.hash) return;
  try {
    if (how === 'push') window.history.pushState(null, '', hash);
    else window.history.replaceState(null, '', hash);
  } catch {
    // A sandboxed frame without an origin may not touch its address; the store alone holds the route there.
  }
}
