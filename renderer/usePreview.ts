import { useEffect, useRef, useState } from 'react';
import type { Preview, Source } from '../core/contract.js';
import { preview, toSentence } from './engine.js';

export interface PreviewState {
  /** The last one of this file, also while the next is on its way or where that failed. */
  preview: Preview | null;
  error: string | null;
  isLoading: boolean;
}

const settleMs = 250;
const nothing: PreviewState = { preview: null, error: null, isLoading: false };

/** The beginning of a file as it would be read, asked for again once `source` has settled. */
export function usePreview(source: Source | null): PreviewState {
  const asked = source === null ? null : JSON.stringify(source);
  const path = source?.path ?? null;
  const [state, setState] = useState<{ asked: string; path: string; shown: PreviewState } | null>(
    null,
  );
  const isKnown = useRef(false);
  useEffect(() => {
    if (asked === null || path === null) return;
    const controller = new AbortController();
    const show = (next: (before: Preview | null) => PreviewState) => {
      if (controller.signal.aborted) return;
      isKnown.current = true;
      setState((before) => {
        const last = before?.path === path ? before.shown.preview : null;
        return { asked, path, shown: next(last) };
      });
    };
    const ask = () =>
      preview(JSON.parse(asked) as Source, controller.signal).then(
        (answer) => show(() => ({ preview: answer, error: null, isLoading: false })),
        (error: unknown) =>
          show((last) => ({ preview: last, error: toSentence(error), isLoading: false })),
      );
    const timer = setTimeout(() => void ask(), isKnown.current ? settleMs : 0);
    return () => {
      clearTimeout(timer);
      controller.abort();
    };
  }, [asked, path]);
  if (asked === null) return nothing;
  if (state === null || state.path !== path) return { ...nothing, isLoading: true };
  return state.asked === asked ? state.shown : { ...state.shown, isLoading: true };
}
