/** What the address says: where the person is and how the list is narrowed. Lives behind `#`, so it works on file://. */

import type { Kind, Verdict } from '../core/contract.js';

export type View = 'open' | 'overview' | 'column';
export const sortKeys = ['rank', 'name', 'kind', 'effect', 'missing'] as const;
export type SortKey = (typeof sortKeys)[number];

export interface Route {
  view: View;
  column: string | null;
  verdicts: Verdict[];
  kinds: Kind[];
  sort: SortKey;
  descending: boolean;
  search: string;
}

export const allVerdicts = [
  'drifted',
  'inconclusive',
  'stable',
  'skipped',
] as const satisfies Verdict[];
export const allKinds = [
  'numeric',
  'categorical',
  'boolean',
  'datetime',
  'text',
  'identifier',
] as const satisfies Kind[];

export const startRoute: Route = {
  view: 'overview',
  column: null,
  verdicts: [],
  kinds: [],
  sort: 'rank',
  descending: false,
  search: '',
};

export function toHash(route: Route): string {
  const query = new URLSearchParams();
  if (route.view === 'column' && route.column !== null) query.set('name', route.column);
  if (route.verdicts.length > 0) query.set('verdict', route.verdicts.join(','));
  if (route.kinds.length > 0) query.set('kind', route.kinds.join(','));
  if (route.sort !== 'rank') query.set('sort', route.sort);
  if (route.descending) query.set('descending', '1');
  if (route.search !== '') query.set('search', route.search);
  const text = query.toString();
  return `#/${route.view}${text === '' ? '' : `?${text}`}`;
}

/** Anything that is not understood falls back to the start. */
export function fromHash(hash: string): Route {
  const [path = '', text = ''] = hash.replace(/^#\/?/, '').split('?', 2);
  const query = new URLSearchParams(text);
  const column = query.get('name');
  const sort = query.get('sort');
  return {
    view:
      path === 'open' ? 'open' : path === 'column' && column !== null ? 'column' : startRoute.view,
    column: path === 'column' ? column : null,
    verdicts: among(allVerdicts, query.get('verdict')),
    kinds: among(allKinds, query.get('kind')),
    sort: sortKeys.find((key) => key === sort) ?? startRoute.sort,
    descending: query.get('descending') === '1',
    search: query.get('search') ?? '',
  };
}

function among<T extends string>(allowed: readonly T[], text: string | null): T[] {
  const wanted = new Set((text ?? '').split(','));
  return allowed.filter((item) => wanted.has(item));
}
