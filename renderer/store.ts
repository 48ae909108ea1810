import { create } from 'zustand';
import type {
  AppInfo,
  DriftReport,
  Kind,
  MeasuredColumn,
  ReportDiff,
  Side,
  Source,
  Verdict,
} from '../core/contract.js';
import type { ChangeHistory } from './changeHistory.js';
import type { BinHeight } from './charts/histogramSpec.js';
import { fromHash, type Route, type Selection, startRoute, toHash } from './route.js';
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
  /** Of what is shown, judged otherwise: that stays on the page until the answer is there. */
  isAgain: boolean;
  sources: Record<Side, Source>;
  /** Null where the total is unknown. */
  scanShares: Record<Side, number | null>;
  columnCount: number | null;
  columns: MeasuredColumn[];
}

/** How a column's charts are drawn; the same for all columns, until the page is left. */
export interface ChartChoices {
  binCount: number;
  height: BinHeight;
  isLogarithmic: boolean;
  order: 'cumulative' | 'quantiles';
  levels: 'bars' | 'slope' | 'difference';
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
  /** What is printed instead of it: with what was chosen for paper alone. */
  printed: DriftReport | null;
  reportId: string | null;
  /** The report held against an earlier one; in a page of a diff there is no more than this. */
  diff: ReportDiff | null;
  /** The two that it is of; null in a page of a diff. */
  diffed: Diffed | null;
  route: Route;
  /** Where the list stood, for the way back from a column. */
  listScrollTop: number;
  activeColumn: string | null;
  /** What the report that is shown was made of; null in an exported one. */
  sources: Record<Side, Source> | null;
  /** Changes of its options, to be undone. */
  history: ChangeHistory;
  /** Whose rows are shown, read and not. */
  shownRows: Side | null;
  /** The number whose work is shown. */
  work: ShownWork | null;
  chartChoices: ChartChoices;
  /** Where a column was opened from, and closing it leads. */
  listView: 'overview' | 'quality';
}

export interface Diffed {
  earlier: DriftReport;
  later: DriftReport;
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
  printed: null,
  reportId: null,
  diff: null,
  diffed: null,
  route: startRoute,
  listScrollTop: 0,
  activeColumn: null,
  sources: null,
  history: { past: [], future: [] },
  shownRows: null,
  work: null,
  chartChoices: {
    binCount: 40,
    height: 'share',
    isLogarithmic: false,
    order: 'cumulative',
    levels: 'bars',
  },
  listView: 'overview',
}));

/** Whether a first run has the page; one that is done again leaves it to the report. */
export function hasRunningView({ run }: State): boolean {
  return run !== null && !run.isAgain;
}

export function chooseChart(change: Partial<ChartChoices>): void {
  useStore.setState({ chartChoices: { ...useStore.getState().chartChoices, ...change } });
}

/** A step that Back undoes. */
export function go(change: Partial<Route>): void {
  const route = { ...useStore.getState().route, ...change };
  useStore.setState({ route, error: null });
  replaceNow();
  writeHash(route, 'push');
}

/** A step that Back skips: typing in a search field, stepping from column to column. */
export function adjust(change: Partial<Route>): void {
  const route = { ...useStore.getState().route, ...change };
  useStore.setState({ route });
  replaceSoon(route);
}

export function openColumn(name: string): void {
  const { view } = useStore.getState().route;
  useStore.setState({
    activeColumn: name,
    listView: view === 'quality' ? 'quality' : 'overview',
  });
  go({ view: 'column', column: name });
}

export function closeColumn(): void {
  go({ view: useStore.getState().listView, column: null });
}

/** Rows that all charts follow from now on; null for all rows again. An order by what was selected ends with it. */
export function select(selection: Selection | null): void {
  const { sort } = useStore.getState().route;
  go({
    selection,
    ...(selection === null && sort === 'selected' && { sort: 'rank', descending: false }),
  });
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
  const read = () => {
    forgetReplacing();
    useStore.setState({ route: fromHash(window.location.hash) });
  };
  window.addEventListener('pagehide', replaceNow);
  window.addEventListener('hashchange', read);
  window.addEventListener('popstate', read);
  read();
}

/** Of an address that only replaces another: it waits until nobody types, for that takes longer than to search. */
const addressDelayMs = 200;
let writeLater: { timer: number; route: Route } | null = null;

function replaceSoon(route: Route): void {
  forgetReplacing();
  writeLater = { timer: window.setTimeout(replaceNow, addressDelayMs), route };
}

function replaceNow(): void {
  const later = writeLater;
  forgetReplacing();
  if (later) writeHash(later.route, 'replace');
}

function forgetReplacing(): void {
  if (writeLater) window.clearTimeout(writeLater.timer);
  writeLater = null;
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
