import { TextInput } from '@mantine/core';
import { useState } from 'react';
import type { DriftReport, Side } from '../../core/contract.js';
import { formatCount } from '../format.js';
import { useSampleRows } from '../useSampleRows.js';
import { SampleRowsTable } from './SampleRowsTable.js';
import { SideSheet } from './SideSheet.js';

const sides = ['reference', 'current'] as const;
/** More columns than that are found by their name. */
const mostColumns = 40;

/** Rows of both sides as they stand in the files. */
export function SampleRowsSheet({ report, onClose }: { report: DriftReport; onClose: () => void }) {
  const { rows, error } = useSampleRows(report);
  const [search, setSearch] = useState('');
  const isLong = sides.some((side) => report[side].columns.length > mostColumns);
  const found = (side: Side) =>
    report[side].columns.flatMap(({ name }, index) =>
      name.toLowerCase().includes(search.toLowerCase()) ? [index] : [],
    );
  return (
    <SideSheet title="Sample rows" testId="sample-rows" onClose={onClose} isWide>
      <div className="sample">
        <p className="quiet">
          Rows as they stand in the files, drawn from those that are in the numbers by seed{' '}
          {report.options.seed}; a row’s number counts those. All columns are here, those that are
          not compared too.{' '}
          {report.sampleRows === undefined
            ? 'They are read for you alone: an export has rows only where you ask for them.'
            : 'This report has them in it: whoever gets it can read them.'}
        </p>
        {isLong && (
          <div className="preview-search">
            <TextInput
              aria-label="Find columns"
              placeholder="Find columns"
              value={search}
              onChange={(event) => setSearch(event.currentTarget.value)}
            />
            <span className="quiet" role="status">
              {sides
                .map((side) => {
                  const count = Math.min(found(side).length, mostColumns);
                  return `${formatCount(count)} of ${formatCount(report[side].columns.length)}`;
                })
                .join(' and ')}{' '}
              columns shown
            </span>
          </div>
        )}
        {error !== null && (
          <p className="error-line" role="alert">
            <bdi>{error}</bdi>
          </p>
        )}
        {rows === null && error === null && (
          <p className="quiet" role="status">
            Reading rows…
          </p>
        )}
        {rows !== null &&
          sides.map((side) => (
            <SampleRowsTable
              key={side}
              side={side}
              dataset={report[side]}
              sample={rows[side]}
              shown={found(side).slice(0, mostColumns)}
            />
          ))}
      </div>
    </SideSheet>
  );
}
