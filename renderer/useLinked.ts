import { useMemo } from 'react';
import { type LinkedCube, linkedCube, validSelection } from './linkedCube.js';
import type { Selection } from './route.js';
import { useStore } from './store.js';

/** What is selected of the report that is shown; null where nothing is, or where nothing can be. */
export function useLinked(): { linked: LinkedCube; selection: Selection } | null {
  const report = useStore((state) => state.printed ?? state.report);
  const asked = useStore((state) => state.route.selection);
  return useMemo(() => {
    const linked = report === null || asked === null ? null : linkedCube(report);
    const selection = validSelection(linked, asked);
    return linked === null || selection === null ? null : { linked, selection };
  }, [report, asked]);
}
