/** Choosing files and how they are read: what the places of the open screen do. */

import type { Kind, Side, Source } from '../core/contract.js';
import { bridge } from './bridge.js';
import { isCancelled, toSentence, upload } from './engine.js';
import { mayBeReport, showReport, showReportFile } from './openingReport.js';
import { type PastedTable, pastedName } from './pastedTable.js';
import { sourceName } from './sourceName.js';
import { type ChosenFile, useStore } from './store.js';

const uploads: Record<Side, AbortController | null> = { reference: null, current: null };

/** A file from a chooser or a drop: by its path in the window, else sent to the server. */
export async function chooseFile(side: Side, file: File): Promise<void> {
  const path = bridge()?.pathForFile(file) ?? '';
  if (path === '') return send(side, file);
  clearSide(side);
  choose(side, { name: file.name, sizeBytes: file.size, source: { path }, sentShare: 1 });
}

/** Two files at once fill both sides, the first one the reference; a file to be split is one alone. */
export function chooseFiles(side: Side, files: File[]): void {
  const [first, second] = files;
  if (first === undefined) return;
  if (second === undefined && mayBeReport(first.name))
    void showReportFile(first, () => void chooseFile(side, first));
  else if (second === undefined || useStore.getState().split !== null) void chooseFile(side, first);
  else {
    void chooseFile('reference', first);
    void chooseFile('current', second);
  }
}

/** What was pasted goes the way of a file, as CSV. */
export async function choosePasted(side: Side, { csv }: PastedTable): Promise<void> {
  const file = new File([csv], pastedName, { type: 'text/csv' });
  await send(side, file, { delimiter: ',', quote: '"' });
}

export function choosePath(side: Side, path: string): void {
  const choose = () => chooseSource(side, { path });
  if (mayBeReport(path)) void showReport({ path }, choose);
  else choose();
}

/** A file that the engine can reach by itself. */
export function chooseSource(side: Side, source: Source): void {
  clearSide(side);
  choose(side, { name: sourceName(source), sizeBytes: null, source, sentShare: 1 });
}

/** Paths from the window's own dialog: one fills the first free side, two fill both. */
export function choosePaths(paths: string[]): void {
  const [first, second] = paths;
  if (first === undefined) return;
  const { split } = useStore.getState();
  if (second !== undefined && split === null) {
    choosePath('reference', first);
    choosePath('current', second);
  } else choosePath(freeSide() ?? (split === null ? 'current' : 'reference'), first);
}

/** Where the next file goes; null where none is free. */
export function freeSide(): Side | null {
  const { chosen, split } = useStore.getState();
  if (chosen.reference === null) return 'reference';
  return chosen.current === null && split === null ? 'current' : null;
}

/** Kinds were set for the columns of this file too, so they go with it. */
export function clearSide(side: Side): void {
  uploads[side]?.abort();
  uploads[side] = null;
  if (useStore.getState().chosen[side] !== null) useStore.setState({ kinds: {} });
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

/** The chosen file, read otherwise. */
export function readOtherwise(side: Side, source: Source, kinds: Record<string, Kind>): void {
  const file = useStore.getState().chosen[side];
  useStore.setState({ kinds });
  if (file !== null) choose(side, { ...file, source });
}

/** In the browser the server needs the bytes; a name of its own says what a stored copy's cannot. */
async function send(side: Side, file: File, reading?: Source['reading']): Promise<void> {
  clearSide(side);
  const controller = new AbortController();
  uploads[side] = controller;
  const chosen: ChosenFile = { name: file.name, sizeBytes: file.size, source: null, sentShare: 0 };
  choose(side, chosen);
  const stillWanted = () => uploads[side] === controller;
  try {
    const { source } = await upload(
      file,
      (sentShare) => stillWanted() && choose(side, { ...chosen, sentShare }),
      controller.signal,
    );
    const named = { ...source, name: file.name, ...(reading !== undefined && { reading }) };
    if (stillWanted()) choose(side, { ...chosen, source: named, sentShare: 1 });
  } catch (error) {
    if (isCancelled(error) || !stillWanted()) return;
    choose(side, null);
    useStore.setState({ error: toSentence(error) });
  }
}

function choose(side: Side, file: ChosenFile | null): void {
  const { chosen } = useStore.getState();
  useStore.setState({ chosen: { ...chosen, [side]: file }, error: null });
}
