/** Running a comparison, for the first time or again. */

import type { CompareOptions, MeasuredColumn, Progress, Side, Source } from '../core/contract.js';
import { withNotesOf } from './authorNotes.js';
import { type ChangeHistory, moved, noHistory, shownStep, withStep } from './changeHistory.js';
import { chooseSource, readOtherwise } from './choosing.js';
import { compare, isCancelled, readInfo, toSentence } from './engine.js';
import { showReport } from './openingReport.js';
import { startRoute, toHash } from './route.js';
import { go, type Run, useStore } from './store.js';

let running: AbortController | null = null;
/** A wait that people notice. */
const noticedMs = 200;

/** Asks what the engine was started with, and begins with its pair if it has one. */
export async function connect(): Promise<void> {
  try {
    const info = await readInfo();
    useStore.setState({ info });
    if (useStore.getState().report !== null) return;
    if (info.report !== null) await showReport(info.report);
    else if (info.pair !== null) await comparePair(info.pair);
  } catch (error) {
    useStore.setState({ error: toSentence(error) });
  }
}

export async function compareChosen(): Promise<void> {
  const { chosen, split, kinds } = useStore.getState();
  const reference = chosen.reference?.source;
  const current = split === null ? chosen.current?.source : reference;
  if (reference == null || current == null) return;
  const at = split?.at.trim();
  const options: CompareOptions = {
    ...(Object.keys(kinds).length > 0 && { kinds }),
    ...(split !== null && { splitBy: { column: split.column, ...(at && { at }) } }),
  };
  await run({ reference, current, ...(Object.keys(options).length > 0 && { options }) });
}

/** A pair that is known by its paths: the sample, or the command line's. */
export async function comparePair(pair: {
  reference: Source;
  current: Source;
  title?: string;
}): Promise<void> {
  const { reference, current, title } = pair;
  useStore.setState({ split: null });
  chooseSource('reference', reference);
  chooseSource('current', current);
  await run({ reference, current, ...(title !== undefined && { options: { title } }) });
}

/** The same files again, judged or filtered otherwise; the person stays where they are. */
export async function compareAgain(
  options: CompareOptions,
  changed?: Record<Side, Source>,
): Promise<void> {
  const { sources, history } = useStore.getState();
  if (sources === null) return;
  for (const side of ['reference', 'current'] as const)
    if (changed) chooseAsRead(side, changed[side], options);
  await run({ ...(changed ?? sources), options }, withStep(history, shownStep()));
}

/** Where the file is still chosen, a new comparison starts from how it was read last. */
function chooseAsRead(side: Side, source: Source, { kinds = {} }: CompareOptions): void {
  if (useStore.getState().chosen[side]?.source?.path === source.path)
    readOtherwise(side, source, kinds);
}

/** Takes the last change of options back. */
export function undo(): Promise<void> {
  return move('undo');
}

export function redo(): Promise<void> {
  return move('redo');
}

async function move(way: 'undo' | 'redo'): Promise<void> {
  const { history, run: running } = useStore.getState();
  const to = running === null ? moved(history, shownStep(), way) : null;
  if (to !== null) await run(to.step, to.history);
}

/** Ctrl or Cmd with Z, and with Shift to do again; a field and a sheet have these keys for themselves. */
export function followUndoKeys(): void {
  window.addEventListener('keydown', (event) => {
    const isUndo = event.key.toLowerCase() === 'z' && (event.ctrlKey || event.metaKey);
    const { target } = event;
    const isOwned =
      target instanceof Element && target.closest('input, select, textarea, dialog') !== null;
    if (!isUndo || event.altKey || isOwned) return;
    event.preventDefault();
    void move(event.shiftKey ? 'redo' : 'undo');
  });
}

/** The same files again, one of them read otherwise. */
export async function compareReadOtherwise(
  side: Side,
  source: Source,
  options: CompareOptions,
): Promise<void> {
  const { sources, history } = useStore.getState();
  if (sources === null) return;
  const isSplit = options.splitBy !== undefined;
  const changed: Side[] = isSplit ? ['reference', 'current'] : [side];
  for (const each of changed) chooseAsRead(each, source, options);
  const next = Object.fromEntries(changed.map((each) => [each, source]));
  await run({ ...sources, ...next, options }, withStep(history, shownStep()));
}

export function cancelComparison(): void {
  running?.abort();
}

interface Asked {
  reference: Source;
  current: Source;
  options?: CompareOptions;
}

/** @param history - where this is a change of what is shown: how to take it back */
async function run(asked: Asked, history: ChangeHistory | null = null): Promise<void> {
  const isAgain = history !== null;
  running?.abort();
  const controller = new AbortController();
  running = controller;
  const start: Run = {
    isAgain,
    sources: { reference: asked.reference, current: asked.current },
    scanShares: { reference: 0, current: 0 },
    columnCount: null,
    columns: [],
  };
  useStore.setState({ error: null, run: isAgain ? null : start });
  // what is judged again at once needs no view of its progress
  const waiting = isAgain ? setTimeout(() => useStore.setState({ run: start }), noticedMs) : null;
  const progress = gather();
  try {
    const { report, reportId } = await compare(asked, progress.add, controller.signal);
    if (running !== controller) return;
    const { reference, current } = asked;
    const earlier = isAgain ? useStore.getState().report : null;
    useStore.setState({
      ...{ report: withNotesOf(report, earlier), reportId, diff: null, diffed: null, run: null },
      ...{ sources: { reference, current }, history: history ?? noHistory },
    });
    if (isAgain) return;
    useStore.setState({ listScrollTop: 0, activeColumn: null });
    if (toHash(useStore.getState().route) !== toHash(startRoute)) go(startRoute);
  } catch (error) {
    if (running !== controller) return;
    useStore.setState({ run: null });
    if (!isAgain) go({ view: 'open' });
    if (!isCancelled(error)) useStore.setState({ error: toSentence(error) });
  } finally {
    if (waiting !== null) clearTimeout(waiting);
    progress.stop();
    if (running === controller) running = null;
  }
}

/** Collects progress and shows it ten times a second, however many columns there are. */
function gather(): { add: (progress: Progress) => void; stop: () => void } {
  const scanShares: Record<Side, number | null> = { reference: 0, current: 0 };
  const columns: MeasuredColumn[] = [];
  let columnCount: number | null = null;
  let timer: ReturnType<typeof setTimeout> | null = null;
  const show = () => {
    timer = null;
    const { run } = useStore.getState();
    if (run === null) return;
    useStore.setState({
      run: { ...run, scanShares: { ...scanShares }, columnCount, columns: [...columns] },
    });
  };
  return {
    add: (progress) => {
      if (progress.stage === 'scan') scanShares[progress.side] = progress.share;
      else {
        columns.push(progress.column);
        columnCount = progress.columnCount;
      }
      timer ??= setTimeout(show, 100);
    },
    stop: () => {
      if (timer !== null) clearTimeout(timer);
    },
  };
}
