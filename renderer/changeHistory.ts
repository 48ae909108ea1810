import type { CompareOptions, Side, Source } from '../core/contract.js';
import { askedOptions } from './askedOptions.js';
import { useStore } from './store.js';

/** What was asked for. The engine keeps what it read, so that asking again takes moments. */
export type Step = Record<Side, Source> & { options: CompareOptions };

/** Changes of options, and those that were undone; the nearest to now at the ends that meet. */
export interface ChangeHistory {
  past: Step[];
  future: Step[];
}

export const noHistory: ChangeHistory = { past: [], future: [] };
const mostStepCount = 50;

/** What the report that is shown was asked by; null where nothing can run again. */
export function shownStep(): Step | null {
  const { report, sources } = useStore.getState();
  return report === null || sources === null ? null : { ...sources, options: askedOptions(report) };
}

/** After a change from `step`: what was undone before is gone. */
export function withStep({ past }: ChangeHistory, step: Step | null): ChangeHistory {
  return { past: step === null ? past : [...past, step].slice(-mostStepCount), future: [] };
}

/** Where undoing or doing again leads; null where it leads nowhere. */
export function moved(
  { past, future }: ChangeHistory,
  shown: Step | null,
  way: 'undo' | 'redo',
): { step: Step; history: ChangeHistory } | null {
  const step = way === 'undo' ? past.at(-1) : future[0];
  if (step === undefined || shown === null) return null;
  const history =
    way === 'undo'
      ? { past: past.slice(0, -1), future: [shown, ...future] }
      : { past: [...past, shown], future: future.slice(1) };
  return { step, history };
}
