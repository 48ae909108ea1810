import type { Pair, WordColumn } from '../column.js';
import type { TextProfile, WordChange } from '../contract.js';

const listedCount = 10;

/**
 * Which words of a text column are new, and which changed most.
 *
 * The share of unseen words is of current words (each counted once a value); what to expect of a
 * reference of this size without any drift is the share of its words that occur once (Good 1953, "The
 * population frequencies of species and the estimation of population parameters", Biometrika 40).
 */
export function textProfile({ reference, current }: Pair<WordColumn>): TextProfile | null {
  const total = (side: WordColumn) =>
    [...side.words.values()].reduce((sum, count) => sum + count, 0);
  const [referenceTotal, currentTotal] = [total(reference), total(current)];
  if (referenceTotal === 0 || currentTotal === 0) return null;
  let [unseen, once] = [0, 0];
  for (const [word, count] of current.words) if (!reference.words.has(word)) unseen += count;
  for (const count of reference.words.values()) if (count === 1) once++;
  const changes = wordChanges(reference, current);
  return {
    unseenWordShare: unseen / currentTotal,
    expectedUnseenWordShare: once / referenceTotal,
    risen: changes
      .filter(({ referenceShare, currentShare }) => currentShare > referenceShare)
      .slice(0, listedCount),
    fallen: changes
      .filter(({ referenceShare, currentShare }) => currentShare < referenceShare)
      .slice(0, listedCount),
  };
}

/** Words whose share of values changed by more than four standard errors, largest change first. */
function wordChanges(reference: WordColumn, current: WordColumn): WordChange[] {
  const changes: WordChange[] = [];
  for (const word of new Set([...reference.words.keys(), ...current.words.keys()])) {
    const [a, b] = [reference.words.get(word) ?? 0, current.words.get(word) ?? 0];
    const pooled = (a + b) / (reference.valueCount + current.valueCount);
    const error = Math.sqrt(
      pooled * (1 - pooled) * (1 / reference.valueCount + 1 / current.valueCount),
    );
    const change = {
      word,
      referenceShare: a / reference.valueCount,
      currentShare: b / current.valueCount,
    };
    if (Math.abs(change.currentShare - change.referenceShare) > 4 * error && a + b >= 10)
      changes.push(change);
  }
  const size = ({ referenceShare, currentShare }: WordChange) =>
    Math.abs(currentShare - referenceShare);
  return changes.sort((one, other) => size(other) - size(one) || (one.word < other.word ? -1 : 1));
}
