import { useSyncExternalStore } from 'react';
import { flushSync } from 'react-dom';

const schemeAttribute = 'data-mantine-color-scheme';
const listeners = new Set<() => void>();
let isPrinting = false;
let screenScheme: string | null = null;

/** True while the page is being printed, when what is normally drawn on demand must all be there. */
export function usePrinting(): boolean {
  return useSyncExternalStore(subscribe, () => isPrinting);
}

function subscribe(listener: () => void): () => void {
  if (listeners.size === 0) {
    window.addEventListener('beforeprint', begin);
    window.addEventListener('afterprint', end);
  }
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    window.removeEventListener('beforeprint', begin);
    window.removeEventListener('afterprint', end);
  };
}

/** Paper is light, whatever the screen is. */
function begin(): void {
  if (isPrinting) return;
  screenScheme = document.documentElement.getAttribute(schemeAttribute);
  document.documentElement.setAttribute(schemeAttribute, 'light');
  // charts are drawn before the paper's own rules hold, so the page takes its width already
  document.documentElement.dataset.printing = 'true';
  tell(true);
}

function end(): void {
  if (!isPrinting) return;
  if (screenScheme !== null) document.documentElement.setAttribute(schemeAttribute, screenScheme);
  delete document.documentElement.dataset.printing;
  tell(false);
}

/** At once: printing takes its picture right after the event, before React would render by itself. */
function tell(value: boolean): void {
  isPrinting = value;
  flushSync(() => {
    for (const listener of listeners) listener();
  });
}
