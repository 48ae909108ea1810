/** What a statistic answers where it does not exist: the data say nothing, and nobody did anything wrong. */

export interface NotComputable {
  kind: 'not computable';
  /** For people: lower case, no full stop. */
  reason: string;
}

export function notComputable(reason: string): NotComputable {
  return { kind: 'not computable', reason };
}
