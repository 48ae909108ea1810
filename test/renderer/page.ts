/** A page under test: its server stands in, and its elements are found and used. */
import { act } from 'react';
import { vi } from 'vitest';
import type { CompareEvent, Preview, Source } from '../../core/contract.js';
import { examplePreview, exampleReport } from './exampleReport.js';

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
