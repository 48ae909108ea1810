import {
  type CompareOptions,
  type Correction,
  kinds,
  mostSampleRows,
  type ResolvedOptions,
} from '../contract.js';
import { badOption } from '../errors.js';
import { measures } from './measures.js';

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
    kindLimits: options.kindLimits ?? {},
    missingLimit: options.missingLimit ?? 0.05,
    supportLimit: options.supportLimit ?? 0.01,
    bins: options.bins ?? 10,
    binEdges: byColumn(options.binEdges),
    missingValues: byColumn(options.missingValues),
    measures: options.measures ?? [],
    baseline: options.baseline ?? false,
    timestamp: options.timestamp ?? null,
    profile: options.profile ?? null,
    sample: options.sample ?? null,
    renames: byColumn(options.renames),
    splitBy: options.splitBy ?? null,
    seed: options.seed ?? 1,
    ...(options.cube === false && { cube: false }),
    ...(options.sampleRows !== undefined && { sampleRows: options.sampleRows }),
  };
  const { alpha, correction, limit, limits, bins, seed } = resolved;
  need(alpha > 0 && alpha < 1, `alpha must lie between 0 and 1 (got ${alpha})`);
  need(
    corrections.includes(correction),
    `correction must be one of ${corrections.join(', ')} (got ${correction})`,
  );
  need(limit > 0, `limit must be above 0 (got ${limit})`);
  for (const channel of ['missingLimit', 'supportLimit'] as const) {
    const value = resolved[channel];
    need(value > 0 && value < 1, `${channel} must lie between 0 and 1 (got ${value})`);
  }
  for (const [kind, value] of Object.entries(resolved.kindLimits)) {
    need(
      kinds.some((known) => known === kind),
      `kindLimits must be by ${kinds.join(', ')} (got ${kind})`,
    );
    need(value > 0, `the limit of ${kind} columns must be above 0 (got ${value})`);
  }
  for (const [name, edges] of Object.entries(resolved.binEdges)) {
    const ascend = edges.every(
      (edge, i) => Number.isFinite(edge) && (i === 0 || edge > (edges[i - 1] as number)),
    );
    need(
      edges.length > 0 && ascend,
      `the bin edges of ${name} must be ascending numbers (got ${edges.join(', ') || 'none'})`,
    );
  }
  need(
    resolved.measures === 'all' || Array.isArray(resolved.measures),
    `measures must be all, or a list of ids (got ${resolved.measures})`,
  );
  const unknown =
    resolved.measures === 'all'
      ? undefined
      : resolved.measures.find((id) => !measures.some((row) => row.id === id));
  need(
    unknown === undefined,
    `measures must be among ${measures.map((row) => row.id).join(', ')} (got ${unknown})`,
  );
  need(
    resolved.profile === null || resolved.profile === 'evidently',
    `profile must be evidently (got ${resolved.profile})`,
  );
  const { timestamp, baseline, sample, sampleRows = 1, splitBy } = resolved;
  need(
    timestamp === null || baseline,
    'timestamp says by which time the baseline is split; ask for the baseline too, or leave it out',
  );
  need(
    sample === null || (Number.isSafeInteger(sample) && sample >= 1),
    `sample must be a whole number of at least 1 (got ${sample})`,
  );
  need(
    Number.isSafeInteger(sampleRows) && sampleRows >= 1 && sampleRows <= mostSampleRows,
    `sampleRows must be a whole number from 1 to ${mostSampleRows} (got ${sampleRows})`,
  );
  need(splitBy === null || splitBy.column !== '', 'splitBy must name a column (got none)');
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
    Number.isSafeInteger(seed) && seed >= 0,
    `seed must be a whole number of at least 0 (got ${seed})`,
  );
  return resolved;
}

/** Without a prototype, or a column called "constructor" would find something. */
function byColumn<T>(values: Record<string, T> | undefined): Record<string, T> {
  return Object.assign(Object.create(null), values);
}

function need(holds: boolean, what: string): void {
  if (!holds) throw badOption(what);
}
