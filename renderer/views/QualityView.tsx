import { Button, CloseButton, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import type { DriftReport } from '../../core/contract.js';
import { ErrorLine } from '../components/ErrorLine.js';
import { QualityGrid } from '../components/QualityGrid.js';
import { RenameLines } from '../components/RenameLines.js';
import { SampleRowsButton } from '../components/SampleRowsButton.js';
import { SideQuality } from '../components/SideQuality.js';
import { formatCount, formatCounted } from '../format.js';
import { chosenRows, type QualityRow, type QualitySortKey, qualityRows } from '../qualityRows.js';
import { allTraits, type Trait } from '../route.js';
import { adjust, go, useStore } from '../store.js';

/** All columns of both sides and what is known of their values, beside what is known of whole rows. */
export function QualityView({ report }: { report: DriftReport }) {
  const { traits, search } = useStore((state) => state.route);
  const [sort, setSort] = useState<QualitySortKey>('position');
  const [scroller, setScroller] = useState<HTMLElement | null>(null);
  const rows = useMemo(() => qualityRows(report), [report]);
  const shown = useMemo(
    () => chosenRows(rows, { traits, search }, sort),
    [rows, traits, search, sort],
  );
  const { renamed } = report.schema;
  const hasRenames = renamed.length > 0 || Object.keys(report.options.renames).length > 0;
  return (
    <main className="scroller" ref={setScroller} data-testid="quality-view">
      <section className="overview-head" aria-label="Rows and schema">
        <h1 className="headline">{headline(report, rows)}</h1>
        <ErrorLine />
        <div className="side-qualities">
          <SideQuality side="reference" report={report} />
          <SideQuality side="current" report={report} />
        </div>
        {hasRenames && (
          <dl className="schema panel">
            <RenameLines report={report} />
          </dl>
        )}
      </section>
      <div className="toolbar">
        <Search search={search} />
        <Traits rows={rows} traits={traits} />
        <span className="spring" />
        <span className="quiet" role="status">
          {shown.length === rows.length
            ? formatCounted(rows.length, 'column')
            : `${formatCount(shown.length)} of ${formatCount(rows.length)} columns`}
        </span>
        {shown.length !== rows.length && (
          <Button size="compact-xs" variant="subtle" onClick={() => go({ traits: [], search: '' })}>
            Show all
          </Button>
        )}
        <SampleRowsButton report={report} />
      </div>
      <QualityGrid rows={shown} sort={sort} onSort={setSort} scroller={scroller} />
    </main>
  );
}

function headline({ schema }: DriftReport, rows: readonly QualityRow[]): string {
  const changes = [
    [schema.added.length, 'only in the current side'],
    [schema.removed.length, 'only in the reference'],
    [schema.retyped.length, 'of another type'],
  ] as const;
  const words = changes
    .filter(([count]) => count > 0)
    .map(([count, what]) => `${formatCount(count)} ${what}`);
  const all = formatCounted(rows.length, 'column');
  if (words.length === 0) return `${all}: the same names and types on both sides.`;
  return `${all}: ${words.join(', ')}.`;
}

function Search({ search }: { search: string }) {
  return (
    <TextInput
      className="search"
      aria-label="Search columns by name"
      placeholder="Search columns"
      leftSection={<IconSearch size={15} stroke={1.6} />}
      rightSection={
        search !== '' && (
          <CloseButton
            size="xs"
            aria-label="Clear the search"
            onClick={() => adjust({ search: '' })}
          />
        )
      }
      value={search}
      onChange={(event) => adjust({ search: event.currentTarget.value })}
    />
  );
}

const traitWords: Record<Trait, string> = {
  changed: 'Changed',
  missing: 'Missing',
  constant: 'One value',
  retyped: 'Other type',
  'one-sided': 'One side only',
};

function Traits({ rows, traits }: { rows: readonly QualityRow[]; traits: Trait[] }) {
  const toggle = (trait: Trait) =>
    go({
      traits: traits.includes(trait)
        ? traits.filter((other) => other !== trait)
        : [...traits, trait],
    });
  return (
    <fieldset className="traits">
      <legend className="unseen">Show only columns with</legend>
      {allTraits.map((trait) => {
        const count = rows.filter((row) => row.traits.includes(trait)).length;
        return (
          <Button
            key={trait}
            data-testid={`trait-${trait}`}
            data-active={traits.includes(trait)}
            aria-pressed={traits.includes(trait)}
            disabled={count === 0 && !traits.includes(trait)}
            onClick={() => toggle(trait)}
          >
            {traitWords[trait]} {formatCount(count)}
          </Button>
        );
      })}
    </fieldset>
  );
}
