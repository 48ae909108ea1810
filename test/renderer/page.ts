/** A page under test: its server stands in, and its elements are found and used. */
import { act, createElement } from 'react';
import { createRoot, type Root } from 'react-dom/client';
import { afterEach, beforeEach, vi } from 'vitest';
import type { CompareEvent, DriftReport, Preview, Source } from '../../core/contract.js';
import { App } from '../../renderer/App.js';
import { followHash, useStore } from '../../renderer/store.js';
import { examplePreview, exampleReport } from './exampleReport.js';

/** The application in a page of its own for each test of a file, at 1280 x 4000, with nothing kept from the one before. */
export interface Page {
  render(): Promise<void>;
  /** Shows an exported report; `hash` is its address. */
  show(report: DriftReport, hash?: string): Promise<DriftReport>;
}

export function preparePage(): Page {
  const start = useStore.getState();
  let root: Root;
  beforeEach(() => {
    vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true);
    // the list asks for its size, which only a layout would know
    vi.spyOn(HTMLElement.prototype, 'clientHeight', 'get').mockReturnValue(4_000);
    vi.spyOn(HTMLElement.prototype, 'clientWidth', 'get').mockReturnValue(1_280);
    const container = document.createElement('div');
    document.body.append(container);
    root = createRoot(container);
  });
  afterEach(async () => {
    await act(() => root.unmount());
    document.body.replaceChildren();
    useStore.setState(start, true);
    window.location.hash = '';
    vi.useRealTimers();
    vi.restoreAllMocks();
    vi.unstubAllGlobals();
  });
  const render = () => act(async () => root.render(createElement(App)));
  return {
    render,
    show: async (report, hash = '') => {
      window.location.hash = hash;
      useStore.setState({ mode: 'report', report });
      followHash();
      await render();
      return report;
    },
  };
}

export interface Server {
  asked: Source[];
  compared: unknown[];
  signals: AbortSignal[];
  next: Preview;
  error: string | null;
  hold: boolean;
  release(preview: Preview): void;
}

export function stubServer(): Server {
  const held: ((response: Response) => void)[] = [];
  const state: Server = {
    asked: [],
    compared: [],
    signals: [],
    next: examplePreview,
    error: null,
    hold: false,
    release: (preview) => {
      for (const answer of held) answer(Response.json(preview));
    },
  };
  vi.stubGlobal('fetch', (url: string, { body, signal }: { body: string; signal: AbortSignal }) => {
    const asked = JSON.parse(body);
    if (url === 'api/compare') {
      state.compared.push(asked);
      const done: CompareEvent = { type: 'report', reportId: 'r', report: exampleReport(3) };
      return Promise.resolve(new Response(JSON.stringify(done)));
    }
    state.asked.push(asked.source);
    state.signals.push(signal);
    // a server may answer in spite of an abort
    if (state.hold) return new Promise<Response>((resolve) => held.push(resolve));
    if (state.error === null) return Promise.resolve(Response.json(named(state.next, asked)));
    const refusal = { code: 'bad-option', message: state.error };
    return Promise.resolve(Response.json(refusal, { status: 400 }));
  });
  return state;
}

function named(preview: Preview, { source }: { source: Source }): Preview {
  const { names = [] } = source.reading ?? {};
  const columns = preview.columns.map((column, i) => ({
    ...column,
    name: names[i] ?? column.name,
  }));
  return { ...preview, columns };
}

export function testId(id: string): HTMLElement | null {
  return document.querySelector<HTMLElement>(`[data-testid="${id}"]`);
}

export function testIds(id: string): HTMLElement[] {
  return [...document.querySelectorAll<HTMLElement>(`[data-testid="${id}"]`)];
}

/** Columns of the list, as it ranks them. */
export function listedColumns(): string[] {
  return testIds('row').map((row) => row.dataset.column ?? '');
}

export async function wait(ms: number): Promise<void> {
  await act(() => vi.advanceTimersByTimeAsync(ms));
}

export async function click(element: Element | null | undefined): Promise<void> {
  if (element == null) throw new Error('nothing to click');
  await act(async () => (element as HTMLElement).click());
  await wait(10);
}

export async function select(name: string, value: string): Promise<void> {
  await change(document.querySelector(`select[name=${name}]`), value);
}

export async function change(
  element: HTMLSelectElement | null | undefined,
  value: string,
): Promise<void> {
  if (element == null) throw new Error('nothing to choose from');
  element.value = value;
  await act(() => void element.dispatchEvent(new Event('change', { bubbles: true })));
}

export async function type(name: string, value: string): Promise<void> {
  await setValue(document.querySelector<HTMLTextAreaElement>(`textarea[name=${name}]`), value);
}

/** As React sees typing: the value is set behind its back, then told. */
export async function setValue(
  element: HTMLInputElement | HTMLTextAreaElement | null,
  value: string,
): Promise<void> {
  if (element === null) throw new Error('nothing to type into');
  const { set } = Object.getOwnPropertyDescriptor(Object.getPrototypeOf(element), 'value') ?? {};
  set?.call(element, value);
  await act(() => void element.dispatchEvent(new Event('input', { bubbles: true })));
}
