import type { MantineColorScheme, MantineColorSchemeManager } from '@mantine/core';
import { storage } from './storage.js';

const key = 'driftglass-scheme';

/** Remembers light or dark where the page may store anything; a sandboxed report may not. */
export const schemeManager: MantineColorSchemeManager = {
  get: (fallback) => {
    const stored = storage()?.getItem(key);
    return stored === 'light' || stored === 'dark' ? stored : fallback;
  },
  set: (scheme: MantineColorScheme) => storage()?.setItem(key, scheme),
  subscribe: () => {},
  unsubscribe: () => {},
  clear: () => storage()?.removeItem(key),
};
