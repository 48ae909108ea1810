import type { Channel, Effect } from '../contract.js';

/** What one channel of one column shows, before it is judged together with all the others. */
export type Evidence =
  /** Judged by size and certainty. */
  | {
      status: 'measured';
      effect: Effect;
      /** Null: a fact that needs no test (a type changed). */
      pValue: number | null;
      pValueMethod: string | null;
      /** Values on each side behind the effect. */
      referenceCount: number;
      currentCount: number;
      /** What the difference is, as the beginning of a sentence. */
      difference: string;
      /** The difference explains the other channels' as well: all values changed by one factor. */
      isRescaled: boolean;
      /** What the effect measures, e.g. "of the reference's spread". */
      unit: string;
      /** What of the column was compared, where that is not all of it, as a sentence. */
      scope?: string;
    }
  /** Nothing that could differ, so stable without a test. */
  | { status: 'clear'; reason: string }
  /** Not judged for this kind, or not computable. */
  | { status: 'skipped'; reason: string };

export type ChannelEvidence = Record<Channel, Evidence>;
