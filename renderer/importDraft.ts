import type { Kind, Preview, Reading, Source } from '../core/contract.js';
import { withEntry } from './askedOptions.js';
import { withChoice } from './readingChoices.js';

/** What an import dialog changes, before it is used. */
export interface ImportDraft {
  reading: Reading;
  where: string;
  /** By column name, of both files: a kind belongs to a pair of columns. */
  kinds: Record<string, Kind>;
}

export function draftOf({ reading = {}, where = '' }: Source, kinds: Record<string, Kind>) {
  return { reading, where, kinds } satisfies ImportDraft;
}

/** The same file, read as the draft says; what says nothing is left out. */
export function draftSource(source: Source, { reading, where }: ImportDraft): Source {
  const { reading: _, where: __, ...kept } = source;
  return {
    ...kept,
    ...(Object.keys(reading).length > 0 && { reading }),
    ...(where.trim() !== '' && { where: where.trim() }),
  };
}

/** A column's new name; the kind that was set for it goes along. */
export function withColumnName(
  draft: ImportDraft,
  columns: Preview['columns'],
  index: number,
  name: string,
): ImportDraft {
  const names = columns.map((column) => column.name);
  const before = names[index];
  if (before === undefined || name === before || name === '') return draft;
  names[index] = name;
  const kind = Object.hasOwn(draft.kinds, before) ? draft.kinds[before] : undefined;
  const moved = withEntry(withEntry(draft.kinds, before, undefined), name, kind);
  return {
    ...draft,
    reading: withChoice(draft.reading, 'names', names),
    kinds: kind === undefined ? draft.kinds : moved,
  };
}

export function withKind(draft: ImportDraft, name: string, kind: Kind | undefined): ImportDraft {
  return { ...draft, kinds: withEntry(draft.kinds, name, kind) };
}

/** All that can be detected is detected again; the condition on rows was never detected. */
export function detectedAgain(draft: ImportDraft, columns: Preview['columns']): ImportDraft {
  const own = new Set(columns.map(({ name }) => name));
  const kinds = Object.entries(draft.kinds).filter(([name]) => !own.has(name));
  return { ...draft, reading: {}, kinds: Object.fromEntries(kinds) };
}
