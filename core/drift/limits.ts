import type { Kind, ResolvedOptions } from '../contract.js';
import type { Evidence } from './evidence.js';
import type { ColumnEvidence } from './measureColumn.js';

/** From where on a difference of shape matters: of the column, of its kind, of all. */
export function shapeLimit(name: string, kind: Kind, options: ResolvedOptions): number {
  return options.limits[name] ?? options.kindLimits[kind] ?? options.limit;
}

/** The same evidence, to be judged by the limits of these options. What it was taken from stays as it is. */
export function withLimits(evidence: ColumnEvidence, options: ResolvedOptions): ColumnEvidence {
  const { column, channels } = evidence;
  const { missing, support, shape } = channels;
  const measures = Object.fromEntries(
    Object.entries(column.measures).map(([id, measurement]) => [id, { ...measurement }]),
  );
  return {
    ...evidence,
    column: { ...column, measures },
    channels: {
      ...channels,
      missing: limited(missing, options.missingLimit),
      support: limited(support, options.supportLimit),
      shape: limited(shape, shapeLimit(column.name, column.kind, options)),
    },
  };
}

function limited(evidence: Evidence, limit: number): Evidence {
  if (evidence.status !== 'measured') return evidence;
  return { ...evidence, effect: { ...evidence.effect, limit } };
}
