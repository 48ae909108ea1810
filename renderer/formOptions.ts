import type {
  CompareOptions,
  Correction,
  Kind,
  MeasureId,
  Side,
  Source,
} from '../core/contract.js';
import { withEntry } from './askedOptions.js';
import { allKinds } from './route.js';

const corrections: readonly Correction[] = ['bh', 'holm', 'none'];

/** The options panel's fields over the options that were. Fields that are not filled in keep theirs. */
export function generalOptions(form: FormData, base: CompareOptions): CompareOptions {
  const { baseline: _, timestamp: __, profile: ___, measures: ____, sample: _____, ...kept } = base;
  const timestamp = text(form, 'timestamp');
  const isBaseline = form.has('baseline');
  return {
    ...kept,
    ...number(form, 'alpha'),
    ...number(form, 'limit'),
    ...number(form, 'missingLimit'),
    ...number(form, 'supportLimit'),
    ...number(form, 'bins'),
    ...sampleOf(form),
    ...splitOf(form),
    correction: corrections.find((id) => id === text(form, 'correction')) ?? 'bh',
    measures: measuresOf(text(form, 'measures'), base.measures),
    baseline: isBaseline,
    ...(isBaseline && timestamp !== '' && { timestamp }),
    ...(form.has('profile') && { profile: 'evidently' as const }),
  };
}

/** The files with the panel's conditions; one file that is split has one field for both sides. */
export function filteredSources(
  form: FormData,
  sources: Record<Side, Source>,
): Record<Side, Source> {
  const filtered = (side: Side, field: string) => {
    const { where: _, ...source } = sources[side];
    const where = text(form, field);
    return where === '' ? source : { ...source, where };
  };
  return {
    reference: filtered('reference', 'referenceWhere'),
    current: filtered('current', form.has('currentWhere') ? 'currentWhere' : 'referenceWhere'),
  };
}

/** The fields of one column over the options that were. Empty ones fall back to what holds for all. */
export function columnOptions(
  form: FormData,
  base: CompareOptions,
  column: string,
): CompareOptions {
  const kind = allKinds.find((id) => id === text(form, 'kind'));
  const limit = Number(text(form, 'limit'));
  const edges = numbersIn(text(form, 'binEdges'));
  const missing = wordsIn(text(form, 'missing'));
  return {
    ...base,
    kinds: withEntry<Kind>(base.kinds, column, kind),
    limits: withEntry(base.limits, column, limit > 0 ? limit : undefined),
    binEdges: withEntry(base.binEdges, column, edges.length > 0 ? edges : undefined),
    missingValues: withEntry(base.missingValues, column, missing.length > 0 ? missing : undefined),
  };
}

/** Without what is set for one column by one option. */
export function withoutEntry(
  base: CompareOptions,
  option: 'kinds' | 'limits' | 'binEdges' | 'missingValues',
  column: string,
): CompareOptions {
  return { ...base, [option]: withEntry<unknown>(base[option], column, undefined) };
}

/** Numbers parted by commas, semicolons or spaces, ascending, each once; what is no number is left out. */
export function numbersIn(list: string): number[] {
  const found = list
    .split(/[\s,;]+/)
    .filter((part) => part !== '')
    .map(Number)
    .filter(Number.isFinite);
  return [...new Set(found)].sort((left, right) => left - right);
}

function wordsIn(list: string): string[] {
  return [...new Set(list.split(',').map((word) => word.trim()))].filter((word) => word !== '');
}

/** No number: all rows. */
function sampleOf(form: FormData): Pick<CompareOptions, 'sample'> {
  const sample = Number(text(form, 'sample'));
  return Number.isInteger(sample) && sample > 0 ? { sample } : {};
}

/** Only a comparison of one file with itself has these fields. */
function splitOf(form: FormData): Pick<CompareOptions, 'splitBy'> {
  const column = form.get('splitColumn');
  if (typeof column !== 'string' || column === '') return {};
  const at = text(form, 'splitAt');
  return { splitBy: { column, ...(at !== '' && { at }) } };
}

function measuresOf(choice: string, before: MeasureId[] | 'all' | undefined): MeasureId[] | 'all' {
  if (choice === 'all') return 'all';
  return choice === 'chosen' && Array.isArray(before) ? before : [];
}

function number<K extends string>(form: FormData, name: K): { [key in K]?: number } {
  const written = text(form, name);
  const value = Number(written);
  if (written === '' || !Number.isFinite(value)) return {};
  return { [name]: value } as { [key in K]: number };
}

function text(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === 'string' ? value.trim() : '';
}
