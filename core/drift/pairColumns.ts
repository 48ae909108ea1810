import type { Pair } from '../column.js';
import type { ColumnSchema, Dataset, ResolvedOptions, SchemaDifference } from '../contract.js';
import { DriftError, messages } from '../errors.js';

export interface ColumnPairing {
  /** Columns to compare, by the reference's names and in its order. */
  columns: { name: string; index: Pair<number> }[];
  /** Columns of both sides, those that are not asked for included. */
  sharedCount: number;
  schema: SchemaDifference;
}

/**
 * Pairs columns by name, or as `renames` says, and lists what stands on one side only. A column that the sides are
 * split by is not compared.
 *
 * @throws {DriftError} when nothing is shared, a named column is unknown, or none is left
 */
export function pairColumns(datasets: Pair<Dataset>, options: ResolvedOptions): ColumnPairing {
  const { reference, current } = datasets;
  const shared = shareColumns(datasets, options.renames);
  if (shared.length === 0) {
    throw new DriftError(
      'no-shared-columns',
      messages.noSharedColumns(namesOf(reference), namesOf(current)),
    );
  }
  const known = shared.map(({ name }) => name);
  checkNames(known, options);
  const excluded = new Set([
    ...options.exclude,
    ...(options.splitBy === null ? [] : [options.splitBy.column]),
  ]);
  const included = new Set(options.columns ?? known);
  const columns = shared.filter(({ name }) => included.has(name) && !excluded.has(name));
  if (columns.length === 0) throw new DriftError('no-columns-left', messages.noColumnsLeft());

  const isShared = {
    reference: new Set(shared.map(({ index }) => index.reference)),
    current: new Set(shared.map(({ index }) => index.current)),
  };
  const alone = (side: keyof Pair<Dataset>): ColumnSchema[] =>
    datasets[side].columns.filter((_, index) => !isShared[side].has(index));
  const schema = { added: alone('current'), removed: alone('reference'), retyped: [], renamed: [] };
  return { columns, sharedCount: shared.length, schema };
}

/** A column that is renamed is no more found by its own name. */
function shareColumns(
  { reference, current }: Pair<Dataset>,
  renames: Record<string, string>,
): ColumnPairing['columns'] {
  const currentIndex = new Map(current.columns.map(({ name }, index) => [name, index]));
  const taken = new Map<string, string>();
  for (const [from, to] of Object.entries(renames)) {
    if (!reference.columns.some(({ name }) => name === from))
      throw badRename(from, to, messages.columnUnknown(from, namesOf(reference)));
    if (!currentIndex.has(to))
      throw badRename(from, to, messages.columnUnknown(to, namesOf(current)));
    if (taken.has(to)) throw badRename(from, to, 'two columns would get one name');
    taken.set(to, from);
  }
  return reference.columns.flatMap(({ name }, index) => {
    const to = renames[name] ?? name;
    const other = taken.has(to) && taken.get(to) !== name ? undefined : currentIndex.get(to);
    return other === undefined ? [] : [{ name, index: { reference: index, current: other } }];
  });
}

function checkNames(known: readonly string[], options: ResolvedOptions): void {
  for (const name of [
    ...(options.columns ?? []),
    ...options.exclude,
    ...(options.timestamp === null ? [] : [options.timestamp]),
    ...[options.kinds, options.limits, options.binEdges, options.missingValues].flatMap(
      Object.keys,
    ),
  ]) {
    if (!known.includes(name))
      throw new DriftError('unknown-column', messages.unknownColumn(name, [...known]));
  }
}

function namesOf({ columns }: Dataset): string[] {
  return columns.map(({ name }) => name);
}

function badRename(from: string, to: string, why: string): DriftError {
  return new DriftError('bad-option', messages.badRename(from, to, why));
}
