import {
  type ColumnDef,
  columnFilteringFeature,
  createFilteredRowModel,
  createSortedRowModel,
  type FilterFn,
  globalFilteringFeature,
  type Row,
  rowSortingFeature,
  tableFeatures,
  useTable,
} from '@tanstack/react-table';
import { useMemo } from 'react';
import type { DriftReport, Finding } from '../core/contract.js';
import { type SelectedDifference, selectedDifference } from './linkedCube.js';
import type { Route, SortKey } from './route.js';
import { useLinked } from './useLinked.js';

const features = tableFeatures({
  columnFilteringFeature,
  globalFilteringFeature,
  rowSortingFeature,
  filteredRowModel: createFilteredRowModel(),
  sortedRowModel: createSortedRowModel(),
});
type Features = typeof features;

const isAmong: FilterFn<Features, Finding> = (row, columnId, wanted: string[]) =>
  wanted.includes(row.getValue<string>(columnId));

const holdsText: FilterFn<Features, Finding> = (row, _columnId, search: string) =>
  row.original.name.toLowerCase().includes(search.toLowerCase());

const byNumber = (left: Row<Features, Finding>, right: Row<Features, Finding>, id: string) =>
  left.getValue<number>(id) - right.getValue<number>(id);

const byName = (left: Row<Features, Finding>, right: Row<Features, Finding>, id: string) =>
  collator.compare(left.getValue<string>(id), right.getValue<string>(id));

const collator = new Intl.Collator('en', { numeric: true });

const columns: ColumnDef<Features, Finding>[] = [
  { id: 'rank', accessorFn: (_finding, index) => index, sortFn: byNumber },
  { id: 'name', accessorFn: (finding) => finding.name, sortFn: byName },
  { id: 'kind', accessorFn: (finding) => finding.kind, sortFn: byName, filterFn: isAmong },
  { id: 'verdict', accessorFn: (finding) => finding.verdict, filterFn: isAmong },
  { id: 'effect', accessorFn: effectRatio, sortFn: byNumber, sortUndefined: 'last' },
  { id: 'missing', accessorFn: missingChange, sortFn: byNumber },
];

/** Which way a key sorts when it is first chosen: names upward, sizes from the largest. */
export function startsDescending(key: SortKey): boolean {
  return key === 'effect' || key === 'missing' || key === 'selected';
}

/** The findings that the route asks for, in its order. */
export function useFindings(
  { columns: findings, groups }: Pick<DriftReport, 'columns' | 'groups'>,
  route: Route,
): Finding[] {
  const { verdicts, kinds, sort, descending, search, channel } = route;
  const group = route.group === null ? undefined : groups?.[route.group]?.columns;
  const chosen = useLinked();
  const filtered = useMemo(() => {
    const among = new Set(group);
    const isIn = ({ name, channels }: Finding) =>
      (group === undefined || among.has(name)) &&
      (channel === null || channels[channel].verdict === 'drifted');
    return group === undefined && channel === null ? findings : findings.filter(isIn);
  }, [findings, group, channel]);
  const data = useMemo(() => {
    if (sort !== 'selected' || chosen === null) return filtered;
    const { linked, selection } = chosen;
    const differences = new Map(
      filtered.map(({ name }) => [name, beyondChance(selectedDifference(linked, selection, name))]),
    );
    const of = ({ name }: Finding) => differences.get(name) ?? null;
    return filtered.toSorted((left, right) => byDifference(of(left), of(right), descending));
  }, [filtered, sort, descending, chosen]);
  const columnFilters = useMemo(
    () => [
      ...(verdicts.length > 0 ? [{ id: 'verdict', value: verdicts }] : []),
      ...(kinds.length > 0 ? [{ id: 'kind', value: kinds }] : []),
    ],
    [verdicts, kinds],
  );
  const sorting = useMemo(
    () => [sort === 'selected' ? { id: 'rank', desc: false } : { id: sort, desc: descending }],
    [sort, descending],
  );
  const table = useTable({
    features,
    columns,
    data,
    state: { columnFilters, sorting, globalFilter: search.trim() },
    globalFilterFn: holdsText,
    getColumnCanGlobalFilter: (column) => column.id === 'name',
  });
  const { rows } = table.getRowModel();
  return useMemo(() => rows.map((row) => row.original), [rows]);
}

/** How far it is from what chance gives; null where nothing is known. */
function beyondChance(difference: SelectedDifference | null): number | null {
  if (difference === null || difference.selected === null) return null;
  return Math.max(0, difference.selected - difference.chance);
}

/** What is not known comes last either way. */
function byDifference(left: number | null, right: number | null, isDescending: boolean): number {
  if (left === null || right === null) return Number(left === null) - Number(right === null);
  return isDescending ? right - left : left - right;
}

function effectRatio(finding: Finding): number | undefined {
  return finding.effect === null ? undefined : finding.effect.value / finding.effect.limit;
}

/** The size of the change of the share that is missing. */
function missingChange(finding: Finding): number {
  return Math.abs(missingShare(finding.current) - missingShare(finding.reference));
}

/** 0 of no rows at all. */
export function missingShare(summary: { count: number; missingCount: number }): number {
  const rowCount = summary.count + summary.missingCount;
  return rowCount === 0 ? 0 : summary.missingCount / rowCount;
}
