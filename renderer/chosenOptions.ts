import type { CompareOptions, Source } from '../core/contract.js';

const usual: CompareOptions = {
  alpha: 0.05,
  correction: 'bh',
  limit: 0.1,
  missingLimit: 0.05,
  supportLimit: 0.01,
  bins: 10,
  baseline: false,
  seed: 1,
  cube: true,
};

/** What differs from the defaults. */
export function chosenOptions(options: CompareOptions): CompareOptions {
  return Object.fromEntries(
    Object.entries(options).filter(
      ([key, value]) =>
        value !== undefined && value !== usual[key as keyof CompareOptions] && !isEmpty(value),
    ),
  );
}

/** Without columns to compare there is nothing to compare, so `columns` is never empty. */
function isEmpty(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).length === 0;
}

/** By its shown name where a path would only say where a copy was kept. */
export function shownPath({ name, path }: Source): string {
  return name ?? path;
}
