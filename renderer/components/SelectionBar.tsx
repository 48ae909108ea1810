import { Button } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import type { DriftReport } from '../../core/contract.js';
import {
  binWords,
  countedWords,
  cubeColumn,
  isMissingBin,
  partWords,
  selectedCounts,
  total,
} from '../linkedCube.js';
import { openColumn, select, useStore } from '../store.js';
import { useLinked } from '../useLinked.js';
import { Name } from './Name.js';

/** Which rows all charts follow, in words; stays while the person moves on. */
export function SelectionBar({ report }: { report: DriftReport }) {
  const chosen = useLinked();
  const shownColumn = useStore((state) =>
    state.route.view === 'column' ? state.route.column : null,
  );
  if (chosen === null) return null;
  const { linked, selection } = chosen;
  const { column: name, from, to } = selection;
  const column = cubeColumn(linked, name);
  const counts = selectedCounts(linked, selection, name);
  if (column === null || counts === null) return null;
  const isMissing = isMissingBin(column, from);
  const isEmpty = total(counts.reference) === 0 && total(counts.current) === 0;
  return (
    <section className="selection-bar" aria-label="Selection" data-testid="selection-bar">
      <p className="selection-words" role="status">
        {isMissing ? 'Rows without ' : 'Rows with '}
        <Name text={name} className="selection-name" />
        {!isMissing && (
          <>
            {' '}
            <bdi className="selection-bins">{binWords(linked, name, from, to)}</bdi>
          </>
        )}
        {': '}
        {isEmpty ? 'none on either side' : partWords(counts, linked)}.
      </p>
      <span className="quiet selection-counted">{countedWords(linked, report)}</span>
      <span className="spring" />
      {shownColumn !== name && (
        <Button size="compact-xs" variant="subtle" onClick={() => openColumn(name)}>
          Change
        </Button>
      )}
      <Button
        size="compact-xs"
        variant="subtle"
        data-testid="clear-selection"
        leftSection={<IconX size={14} stroke={1.7} aria-hidden />}
        onClick={() => select(null)}
      >
        Clear the selection
      </Button>
    </section>
  );
}
