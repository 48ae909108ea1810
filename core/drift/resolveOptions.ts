import type { CompareOptions, Correction, Kind, ResolvedOptions } from '../contract.js';
import { DriftError, messages } from '../errors.js';

export const kinds: readonly Kind[] = [
  'numeric',
  'categorical',
  'datetime',
  'boolean',
  'text',
  'identifier',
];
export const corrections: readonly Correction[] = ['bh', 'holm', 'none'];

/** Fills in the defaults. @throws {DriftError} `bad-option` naming the first one out of range */
export function resolveOptions(options: CompareOptions, title: string): ResolvedOptions {
  const resolved: ResolvedOptions = {
    title: options.title ?? title,
    columns: options.columns ?? null,
    exclude: options.exclude ?? [],
    kinds: byColumn(options.kinds),
    alpha: options.alpha ?? 0.05,
    correction: options.correction ?? 'bh',
    limit: options.limit ?? 0.1,
    limits: byColumn(options.limits),
    missingLimit: 0.05,
    supportLimit: 0.01,
    bins: options.bins ?? 10,
    seed: options.seed ?? 1,
  };
  const { alpha, correction, limit, limits, bins, seed } = resolved;
  need(alpha > 0 && alpha < 1, `alpha must lie between 0 and 1 (got ${alpha})`);
  need(
    corrections.includes(correction),
    `correction must be one of ${corrections.join(', ')} (got ${correction})`,
  );
  need(limit > 0, `limit must be above 0 (got ${limit})`);
  for (const [name, value] of Object.entries(limits)) {
    need(value > 0, `the limit of ${name} must be above 0 (got ${value})`);
  }
  for (const [name, kind] of Object.entries(resolved.kinds)) {
    need(
      kinds.includes(kind),
      `the kind of ${name} must be one of ${kinds.join(', ')} (got ${kind})`,
    );
  }
  need(
    Number.isInteger(bins) && bins >= 2 && bins <= 1000,
    `bins must be a whole number from 2 to 1000 (got ${bins})`,
  );
  need(
    Number.isInteger(seed) && seed >= 0,
    `seed must be a whole number of at least 0 (got ${seed})`,
  );
  return resolved;
}

/** Without a prototype, or a column called "constructor" would find something. */
function byColumn<T>(values: Record<string, T> | undefined): Record<string, T> {
  return Object.assign(Object.create(null), values);
}

function need(holds: boolean, what: string): void {
  if (!holds) throw new DriftError('bad-option', messages.badOption(what));
}
