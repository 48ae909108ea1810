import type { CompareOptions, ResolvedOptions } from '../core/contract.js';

/** The options of a report as one asks for them, so that the same comparison can run again. */
export function askedOptions(resolved: ResolvedOptions): CompareOptions {
  const { columns, timestamp, profile, ...others } = resolved;
  return {
    ...others,
    ...(columns !== null && { columns }),
    ...(timestamp !== null && { timestamp }),
    ...(profile !== null && { profile }),
  };
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

/** A column may be called `constructor`. */
export function ownValue<T>(values: Record<string, T> | undefined, name: string): T | undefined {
  return values !== undefined && Object.hasOwn(values, name) ? values[name] : undefined;
}
