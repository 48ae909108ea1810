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

/** The title that a person gave; one that only repeats the two names says nothing new. */
export function ownTitle({ options, reference, current }: DriftReport): string {
  const isNames = options.title.includes(reference.name) && options.title.includes(current.name);
  return isNames ? '' : options.title;
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
