/** What the address says: where the person is and how the list is narrowed. Lives behind `#`, so it works on file://. */

import { type Channel, channels, type Kind, type Verdict, verdicts } from '../core/contract.js';

export type View = 'open' | 'overview' | 'quality' | 'column' | 'diff';
export const sortKeys = ['rank', 'name', 'kind', 'effect', 'missing', 'selected'] as const;
export type SortKey = (typeof sortKeys)[number];

export interface Route {
  view: View;
  column: string | null;
  verdicts: Verdict[];
  kinds: Kind[];
  sort: SortKey;
  descending: boolean;
  search: string;
  /** Only columns that drifted in this channel. */
  channel: Channel | null;
  /** Only columns of this group, by its place in the report. */
  group: number | null;
  /** In the view of schema and quality: only columns for which one of these is true. */
  traits: Trait[];
  /** Rows that all charts follow. */
  selection: Selection | null;
}

/** Rows by one column's bins in the report's cube, from `from` up to, and without, `to`. */
export interface Selection {
  column: string;
  from: number;
  to: number;
}

export const allTraits = ['changed', 'missing', 'constant', 'retyped', 'one-sided'] as const;
export type Trait = (typeof allTraits)[number];
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
  channel: null,
  group: null,
  traits: [],
  selection: null,
};

export function toHash(route: Route): string {
  const query = new URLSearchParams();
  if (route.view === 'column' && route.column !== null) query.set('name', route.column);
  if (route.verdicts.length > 0) query.set('verdict', route.verdicts.join(','));
  if (route.kinds.length > 0) query.set('kind', route.kinds.join(','));
  if (route.sort !== 'rank') query.set('sort', route.sort);
  if (route.descending) query.set('descending', '1');
  if (route.search !== '') query.set('search', route.search);
  if (route.channel !== null) query.set('channel', route.channel);
  if (route.group !== null) query.set('group', String(route.group + 1));
  if (route.traits.length > 0) query.set('show', route.traits.join(','));
  if (route.selection !== null) {
    const { column, from, to } = route.selection;
    query.set('select', column);
    query.set('bins', from + 1 === to ? `${to}` : `${from + 1}-${to}`);
  }
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
      path === 'open' || path === 'diff' || path === 'quality'
        ? path
        : path === 'column' && column !== null
          ? 'column'
          : startRoute.view,
    column: path === 'column' ? column : null,
    verdicts: among(verdicts, query.get('verdict')),
    kinds: among(allKinds, query.get('kind')),
    sort: sortKeys.find((key) => key === sort) ?? startRoute.sort,
    descending: query.get('descending') === '1',
    search: query.get('search') ?? '',
    channel: channels.find((channel) => channel === query.get('channel')) ?? null,
    group: /^[1-9]\d{0,5}$/.test(query.get('group') ?? '') ? Number(query.get('group')) - 1 : null,
    traits: among(allTraits, query.get('show')),
    selection: toSelection(query.get('select'), query.get('bins')),
  };
}

function toSelection(column: string | null, bins: string | null): Selection | null {
  const [, first, last = first] = /^([1-9]\d?)(?:-([1-9]\d?))?$/.exec(bins ?? '') ?? [];
  const [from, to] = [Number(first) - 1, Number(last)];
  return column !== null && from < to ? { column, from, to } : null;
}

function among<T extends string>(allowed: readonly T[], text: string | null): T[] {
  const wanted = new Set((text ?? '').split(','));
  return allowed.filter((item) => wanted.has(item));
}
