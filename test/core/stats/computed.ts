import type { NotComputable } from '../../../core/stats/outcome.js';

/** The answer of a statistic that must exist here. */
export function computed<Result extends { kind: string }>(
  result: Result | NotComputable,
): Exclude<Result, NotComputable> {
  if (result.kind === 'not computable') throw new Error(JSON.stringify(result));
  return result as Exclude<Result, NotComputable>;
}
