import type { CompareOptions, DriftReport } from '../core/contract.js';

/** The options of a report as one asks for them, so that the same comparison can run again. */
export function askedOptions(report: DriftReport): CompareOptions {
  const { title: _, columns, timestamp, profile, sample, splitBy, ...others } = report.options;
  const title = ownTitle(report);
  return {
    ...others,
    ...(title !== '' && { title }),
    ...(columns !== null && { columns }),
    ...(timestamp !== null && { timestamp }),
    ...(profile !== null && { profile }),
    ...(sample !== null && { sample }),
    ...(splitBy !== null && { splitBy }),
  };
}

/** The title that a person gave; one that only repeats the names or the split says nothing new. */
export function ownTitle({ options, reference, current }: DriftReport): string {
  const isNames = options.title.includes(reference.name) && options.title.includes(current.name);
  const { splitBy } = options;
  const isSplit = splitBy !== null && options.title.endsWith(` split by ${splitBy.column}`);
  return isNames || isSplit ? '' : options.title;
}

/** With more values of one column that mean *missing*. */
export function withMissingValue(
  options: CompareOptions,
  column: string,
  value: string,
): CompareOptions {
  const given = ownValue(options.missingValues, column) ?? [];
  if (given.includes(value)) return options;
  return { ...options, missingValues: { ...options.missingValues, [column]: [...given, value] } };
}

/** With a column that is called otherwise in the current file. */
export function withRename(
  options: CompareOptions,
  reference: string,
  current: string,
): CompareOptions {
  return { ...options, renames: withEntry(options.renames, reference, current) };
}

/** Without it, and so without the column, which is then on neither side of a pair. */
export function withoutRename(options: CompareOptions, name: string): CompareOptions {
  const { columns, exclude, timestamp, ...others } = options;
  const left = columns?.filter((column) => column !== name) ?? [];
  return {
    ...others,
    ...(left.length > 0 && { columns: left }),
    exclude: exclude?.filter((column) => column !== name) ?? [],
    ...(timestamp !== undefined && timestamp !== name && { timestamp }),
    renames: withEntry(options.renames, name, undefined),
    kinds: withEntry(options.kinds, name, undefined),
    limits: withEntry(options.limits, name, undefined),
    binEdges: withEntry(options.binEdges, name, undefined),
    missingValues: withEntry(options.missingValues, name, undefined),
  };
}

/** Without a column; what is set for it waits until it is compared again. */
export function withoutColumn(options: CompareOptions, name: string): CompareOptions {
  const { exclude = [] } = options;
  return exclude.includes(name) ? options : { ...options, exclude: [...exclude, name] };
}

/** What is set by the reference's names, by the names of one side's own file; `back` the other way. */
export function byOwnNames<T>(
  values: Record<string, T>,
  renames: Record<string, string>,
  way: 'forth' | 'back' = 'forth',
): Record<string, T> {
  const pairs = Object.entries(renames).map(([reference, current]) =>
    way === 'forth' ? ([reference, current] as const) : ([current, reference] as const),
  );
  const names = new Map(pairs);
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [names.get(name) ?? name, value]),
  );
}

/** A column may be called `constructor`. */
export function ownValue<T>(values: Record<string, T> | undefined, name: string): T | undefined {
  return values !== undefined && Object.hasOwn(values, name) ? values[name] : undefined;
}

/** Copied entry by entry, so that a column called `__proto__` is one like any other. */
export function withEntry<T>(
  values: Record<string, T> | undefined,
  column: string,
  value: T | undefined,
): Record<string, T> {
  const kept = Object.entries(values ?? {}).filter(([name]) => name !== column);
  return Object.fromEntries(value === undefined ? kept : [...kept, [column, value]]);
}
