import type { Pair } from '../column.js';
import type {
  Baseline,
  Dataset,
  DriftReport,
  ResolvedOptions,
  SchemaDifference,
} from '../contract.js';
import { judge } from './judge.js';
import type { ColumnEvidence } from './measureColumn.js';
import { profileSummary } from './profileVerdict.js';
import { summarize } from './reasons.js';
import { counted, list, number } from './words.js';

/** Everything that is known when all columns are measured. */
export interface ReportParts {
  version: string;
  createdAt: string;
  options: ResolvedOptions;
  datasets: Pair<Dataset>;
  /** Both sides are the same file. */
  isSameFile: boolean;
  schema: SchemaDifference;
  columns: ColumnEvidence[];
  /** Of the reference against itself, where it was asked for. */
  baseline: Baseline | null;
}

/** Judges the columns and puts the report together. */
export function assembleReport(parts: ReportParts): DriftReport {
  const { version, createdAt, options, datasets } = parts;
  const { findings, pValues } = judge(parts.columns, options);
  const retyped = parts.columns.flatMap(({ column, channels }) => {
    const { schema } = channels;
    if (schema.status !== 'measured') return [];
    const typeOf = (dataset: Dataset) =>
      dataset.columns.find(({ name }) => name === column.name)?.storageType ?? '';
    return [{ name: column.name, from: typeOf(datasets.reference), to: typeOf(datasets.current) }];
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
    notes: notes(parts),
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

function notes({ isSameFile, datasets, columns }: ReportParts): string[] {
  const found: string[] = [];
  if (isSameFile) found.push('Reference and current are the same file, so nothing can differ.');
  for (const side of ['reference', 'current'] as const) {
    const { rejectedRowCount, rowCount } = datasets[side];
    if (rejectedRowCount > 0) {
      found.push(
        `${counted(rejectedRowCount, 'row')} of the ${side} file could not be read and ${rejectedRowCount === 1 ? 'is' : 'are'} in no number below (${counted(rowCount, 'row')} ${rowCount === 1 ? 'was' : 'were'} read).`,
      );
    }
    const unparsed = columns.filter(({ column }) => column[side].unparsedCount > 0);
    if (unparsed.length > 0) {
      const count = unparsed.reduce((sum, { column }) => sum + column[side].unparsedCount, 0);
      found.push(
        `${counted(count, 'value')} of the ${side} file in ${list(unparsed.map(({ column }) => column.name))} ${count === 1 ? 'is' : 'are'} no number or date and ${count === 1 ? 'counts' : 'count'} as missing.`,
      );
    }
  }
  const { reference, current } = datasets;
  if (
    Math.max(reference.rowCount, current.rowCount) > 0 &&
    Math.min(reference.rowCount, current.rowCount) < 30
  ) {
    found.push(
      `With ${number(reference.rowCount)} and ${number(current.rowCount)} rows only very large changes can be told from chance.`,
    );
  }
  return found;
}
