import type { Channel, MeasureId } from '../../core/contract.js';

/** A number of the report that can be asked how it came about. */
export type WorkTopic =
  | { what: 'measure'; id: MeasureId }
  | { what: 'measure-q'; id: MeasureId }
  | { what: 'effect'; channel: Channel }
  | { what: 'p'; channel: Channel }
  | { what: 'q'; channel: Channel }
  | { what: 'statistic'; key: string };

/** How a number came about, and how to find it again. */
export interface Work {
  title: string;
  /** The question it answers, and where it is weak. */
  answers: string;
  /** Plain text; the lines are to stay apart. */
  formula: string;
  inputs: WorkInput[];
  /** What else has to be known, a sentence or two each. */
  notes: string[];
  /** Paper or book; null where the definition is all there is. */
  source: string | null;
  /** Python that prints `prints`, one a line; null where there is nothing to run. */
  snippet: string | null;
  prints: Printed[];
}

export interface WorkInput {
  label: string;
  value: string;
}

/** A number as the report has it, under the label that the snippet prints before it. */
export interface Printed {
  label: string;
  value: number;
}

/** What the families of measures fill in; the rest follows from column and report. */
export type WorkDefinition = Pick<Work, 'title' | 'answers' | 'formula' | 'source'>;
