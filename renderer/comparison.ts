/** Choosing files and running a comparison: what the open screen's buttons do. */

import type { CompareOptions, MeasuredColumn, Progress, Side, Source } from '../core/contract.js';
import { bridge } from './bridge.js';
import { compare, isCancelled, readInfo, toSentence, upload } from './engine.js';
import { startRoute, toHash } from './route.js';
import { type ChosenFile, go, useStore } from './store.js';

const uploads: Record<Side, AbortController | null> = { reference: null, current: null };
let running: AbortController | null = null;

/** Asks what the engine was started with, and begins with its pair if it has one. */
export async function connect(): Promise<void> {
  try {
    const info = await readInfo();
    useStore.setState({ info });
    if (info.pair !== null && useStore.getState().report === null) await comparePair(info.pair);
  } catch (error) {
    useStore.setState({ error: toSentence(error) });
  }
}

/** A file from a chooser or a drop: by its path in the window, else sent to the server. */
export async function chooseFile(side: Side, file: File): Promise<void> {
  clearSide(side);
  const path = bridge()?.pathForFile(file) ?? '';
  if (path !== '') {
    choose(side, { name: file.name, sizeBytes: file.size, source: { path }, sentShare: 1 });
    return;
  }
  const controller = new AbortController();
  uploads[side] = controller;
  const chosen: ChosenFile = { name: file.name, sizeBytes: file.size, source: null, sentShare: 0 };
  choose(side, chosen);
  const stillWanted = () => uploads[side] === controller;
  try {
    const answer = await upload(
      file,
      (sentShare) => stillWanted() && choose(side, { ...chosen, sentShare }),
      controller.signal,
    );
    if (stillWanted()) choose(side, { ...chosen, source: answer.source, sentShare: 1 });
  } catch (error) {
    if (isCancelled(error) || !stillWanted()) return;
    choose(side, null);
    useStore.setState({ error: toSentence(error) });
  }
}

/** Two files at once fill both sides, the first one the reference. */
export function chooseFiles(side: Side, files: File[]): void {
  const [first, second] = files;
  if (first === undefined) return;
  if (second === undefined) void chooseFile(side, first);
  else {
    void chooseFile('reference', first);
    void chooseFile('current', second);
  }
}

export function choosePath(side: Side, path: string): void {
  clearSide(side);
  const name =
    path
      .replace(/[/\\]+$/, '')
      .split(/[/\\]/)
      .pop() ?? path;
  choose(side, { name, sizeBytes: null, source: { path }, sentShare: 1 });
}

/** Paths from the window's own dialog: one fills the first free side, two fill both. */
export function choosePaths(paths: string[]): void {
  const [first, second] = paths;
  if (first === undefined) return;
  if (second !== undefined) {
    choosePath('reference', first);
    choosePath('current', second);
  } else {
    choosePath(useStore.getState().chosen.reference === null ? 'reference' : 'current', first);
  }
}

export function clearSide(side: Side): void {
  uploads[side]?.abort();
  uploads[side] = null;
  choose(side, null);
}

export function swapSides(): void {
  const { reference, current } = useStore.getState().chosen;
  if (isSending(reference) || isSending(current)) return;
  useStore.setState({ chosen: { reference: current, current: reference } });
}

export function isSending(file: ChosenFile | null): boolean {
  return file !== null && file.source === null;
}

export async function compareChosen(): Promise<void> {
  const { reference, current } = useStore.getState().chosen;
  if (reference?.source == null || current?.source == null) return;
  await run({ reference: reference.source, current: current.source });
}

/** A pair that is known by its paths: the sample, or the command line's. */
export async function comparePair(pair: {
  reference: Source;
  current: Source;
  title?: string;
}): Promise<void> {
  choosePath('reference', pair.reference.path);
  choosePath('current', pair.current.path);
  const { reference, current, title } = pair;
  await run({ reference, current, ...(title !== undefined && { options: { title } }) });
}

/** The same files again, judged otherwise; the person stays where they are. */
export async function compareAgain(options: CompareOptions): Promise<void> {
  const { sources } = useStore.getState();
  if (sources === null) return;
  await run({ ...sources, options }, true);
}

export function cancelComparison(): void {
  running?.abort();
}

interface Asked {
  reference: Source;
  current: Source;
  options?: CompareOptions;
}

async function run(asked: Asked, isAgain = false): Promise<void> {
  running?.abort();
  const controller = new AbortController();
  running = controller;
  useStore.setState({
    error: null,
    run: { scanShares: { reference: 0, current: 0 }, columnCount: null, columns: [] },
  });
  const progress = gather();
  try {
    const { report, reportId } = await compare(asked, progress.add, controller.signal);
    if (running !== controller) return;
    const { reference, current } = asked;
    useStore.setState({ report, reportId, run: null, sources: { reference, current } });
    if (isAgain) return;
    useStore.setState({ listScrollTop: 0, activeColumn: null });
    if (toHash(useStore.getState().route) !== toHash(startRoute)) go(startRoute);
  } catch (error) {
    if (running !== controller) return;
    useStore.setState({ run: null });
    if (!isAgain) go({ view: 'open' });
    if (!isCancelled(error)) useStore.setState({ error: toSentence(error) });
  } finally {
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
    useStore.setState({
      run: { scanShares: { ...scanShares }, columnCount, columns: [...columns] },
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

function choose(side: Side, file: ChosenFile | null): void {
  const { chosen } = useStore.getState();
  useStore.setState({ chosen: { ...chosen, [side]: file }, error: null });
}
