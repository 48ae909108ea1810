/** Two reports held against each other. Part of the contract (contract.ts gives all of it). */

import type { Channel, Effect, Kind, Severity, Verdict } from './finding.js';

/** What `driftglass diff --json` writes, and the island inside its page. The earlier report comes first, everywhere. */
export interface ReportDiff {
  type: 'diff';
  schemaVersion: 1;
  earlier: DiffedReport;
  later: DiffedReport;
  /** One sentence that a manager can read. */
  headline: string;
  /** What stands in the way of comparing verdicts, most important first. */
  notes: string[];
  options: OptionChange[];
  /** Columns of both reports: what got worse first, what did not change last. */
  columns: ColumnChange[];
  counts: Record<Change, number>;
  /** Compared only in the later report, or only in the earlier one. */
  added: LoneFinding[];
  removed: LoneFinding[];
}

/**
 * `new`: drifted, and was not. `resolved`: stable, and had drifted. `worsened` and `eased`: the intervals of an effect that
 * is not stable lie apart, or one more channel drifted. `untold`: this cannot be said, because the column was judged by
 * other limits, was skipped, or has too few rows now.
 */
export type Change = 'new' | 'worsened' | 'untold' | 'eased' | 'resolved' | 'unchanged';

export interface DiffedReport {
  title: string;
  toolVersion: string;
  createdAt: string;
  reference: { name: string; rowCount: number };
  current: { name: string; rowCount: number };
  counts: Record<Verdict, number>;
}

/** An option that differs, as JSON; null where a report does not have it. */
export interface OptionChange {
  option: string;
  /** Of options by column or by kind: which one. */
  of: string | null;
  earlier: string | null;
  later: string | null;
  /** Whether verdicts depend on it. */
  judges: boolean;
}

export interface ColumnChange {
  name: string;
  change: Change;
  /** Words with numbers, for a colleague. */
  reason: string;
  /** The channel that the change is about. */
  channel: Channel | null;
  earlier: ColumnState;
  later: ColumnState;
}

export interface ColumnState {
  kind: Kind;
  verdict: Verdict;
  severity: Severity;
  /** Of the channel that the change is about. */
  effect: Effect | null;
}

export interface LoneFinding {
  name: string;
  verdict: Verdict;
  reason: string;
}
