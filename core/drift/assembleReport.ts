import type { Pair } from '../column.js';
import type {
  Baseline,
  Dataset,
  DriftReport,
  ResolvedOptions,
  SchemaDifference,
} from '../contract.js';
import { judge } from './judge.js';
import { withLimits } from './limits.js';
import type { ColumnEvidence } from './measureColumn.js';
import { profileSummary } from './profileVerdict.js';
import { summarize } from './reasons.js';
import { reportNotes } from './reportNotes.js';

/** Everything that is known when all columns are measured. */
export interface ReportParts {
  version: string;
  createdAt: string;
  options: ResolvedOptions;
  datasets: Pair<Dataset>;
  /** Both sides are the same file. */
  isSameFile: boolean;
  /** So many rows at their beginnings are the same; 0 where that says nothing. */
  sameFirstRowCount: number;
  /** Which rows were asked for. */
  conditions: Pair<string | null>;
  /** Columns of both sides, those that were not asked for included. */
  sharedCount: number;
  schema: SchemaDifference;
  columns: ColumnEvidence[];
  /** Of the reference against itself, where it was asked for. */
  baseline: Baseline | null;
}

/** Judges the columns and puts the report together. */
export function assembleReport(given: ReportParts): DriftReport {
  const { version, createdAt, options, datasets } = given;
  const parts = { ...given, columns: given.columns.map((column) => withLimits(column, options)) };
  const { findings, pValues } = judge(parts.columns, options);
  const retyped = parts.columns.flatMap(({ column, channels }) => {
    const { schema } = channels;
    if (schema.status !== 'measured') return [];
    const typeOf = (dataset: Dataset, wanted: string) =>
      dataset.columns.find(({ name }) => name === wanted)?.storageType ?? '';
    const { name } = column;
    const to = typeOf(datasets.current, options.renames[name] ?? name);
    return [{ name, from: typeOf(datasets.reference, name), to }];
  });
  const schema = { ...parts.schema, retyped };
  return {
    schemaVersion: 1,
    tool: { name: 'driftglass', version },
    createdAt,
    options,
    reference: datasets.reference,
    current: datasets.current,
    summary: summarize(findings, pValues, options.alpha, schema),
    schema,
    notes: reportNotes(parts),
    columns: findings,
    baseline: parts.baseline,
    profile:
      options.profile &&
      profileSummary(
        parts.columns.flatMap(({ profile }) => profile ?? []),
        findings,
      ),
  };
}
