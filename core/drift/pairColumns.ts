import type { Pair } from '../column.js';
import type { ColumnSchema, Dataset, ResolvedOptions, SchemaDifference } from '../contract.js';
import { DriftError, messages } from '../errors.js';

export interface ColumnPairing {
  /** Columns to compare, in the reference's order. */
  columns: { name: string; index: Pair<number> }[];
  schema: SchemaDifference;
}

/**
 * Pairs columns by name and lists what stands on one side only.
 *
 * @throws {DriftError} when nothing is shared, a named column is unknown, or none is left
 */
export function pairColumns(datasets: Pair<Dataset>, options: ResolvedOptions): ColumnPairing {
  const { reference, current } = datasets;
  const currentIndex = new Map(current.columns.map(({ name }, index) => [name, index]));
  const referenceNames = new Set(reference.columns.map(({ name }) => name));
  const shared = reference.columns.flatMap(({ name }, index) => {
    const other = currentIndex.get(name);
    return other === undefined ? [] : [{ name, index: { reference: index, current: other } }];
  });
  if (shared.length === 0) {
    const names = (dataset: Dataset) => dataset.columns.map(({ name }) => name);
    throw new DriftError(
      'no-shared-columns',
      messages.noSharedColumns(names(reference), names(current)),
    );
  }
  const known = shared.map(({ name }) => name);
  for (const name of [
    ...(options.columns ?? []),
    ...options.exclude,
    ...(options.timestamp === null ? [] : [options.timestamp]),
    ...[options.kinds, options.limits, options.binEdges, options.missingValues].flatMap(
      Object.keys,
    ),
  ]) {
    if (!known.includes(name))
      throw new DriftError('unknown-column', messages.unknownColumn(name, known));
  }
  const excluded = new Set(options.exclude);
  const included = new Set(options.columns ?? known);
  const columns = shared.filter(({ name }) => included.has(name) && !excluded.has(name));
  if (columns.length === 0) throw new DriftError('no-columns-left', messages.noColumnsLeft());

  const removed = reference.columns.filter(({ name }) => !currentIndex.has(name));
  const added = current.columns.filter(({ name }) => !referenceNames.has(name));
  return {
    columns,
    schema: { added, removed, retyped: [], renamed: suggestRenames(removed, added) },
  };
}

/** Names that are the same but for case and punctuation. */
function suggestRenames(
  removed: ColumnSchema[],
  added: ColumnSchema[],
): SchemaDifference['renamed'] {
  const plain = (name: string) => name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
  const byPlainName = new Map(added.map(({ name }) => [plain(name), name]));
  return removed.flatMap(({ name }) => {
    const to = byPlainName.get(plain(name));
    const why = 'the same name but for case and punctuation';
    return to === undefined || plain(name) === '' ? [] : [{ from: name, to, why }];
  });
}
