import { create } from 'zustand';
import { type ConventionId, conventionIds, writeBy } from './conventions.js';
import { storage } from './storage.js';

const key = 'driftglass-numbers';

/** The reader's own choice, in an exported report too: never part of the report. */
export const useWriting = create<{ convention: ConventionId }>(() => {
  const stored = storage()?.getItem(key);
  const convention = conventionIds.find((id) => id === stored) ?? 'plain';
  writeBy(convention);
  return { convention };
});

export function chooseConvention(convention: ConventionId): void {
  storage()?.setItem(key, convention);
  writeBy(convention);
  useWriting.setState({ convention });
}
