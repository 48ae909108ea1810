import { ActionIcon } from '@mantine/core';
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import { useState } from 'react';
import type { Dataset, RowSample, SampledRow, Side } from '../../core/contract.js';
import { formatCount, formatName, formatText } from '../format.js';
import { Name } from './Name.js';

const pageSize = 50;
const sideWords = { reference: 'Reference', current: 'Current' };

/** Sampled rows of one side in the order of the file, a page at a time. */
export function SampleRowsTable({
  side,
  dataset,
  sample,
  shown,
}: {
  side: Side;
  dataset: Dataset;
  sample: RowSample;
  /** Places of the columns that are shown. */
  shown: readonly number[];
}) {
  const [page, setPage] = useState(0);
  const rows = [...sample.rows].sort((a, b) => a.rowNumber - b.rowNumber);
  const start = page * pageSize;
  const end = Math.min(start + pageSize, rows.length);
  return (
    <section className="sample-side" aria-label={sideWords[side]}>
      <div className="sample-head">
        <h3>
          <span className={`swatch-${side}`} aria-hidden="true" /> {sideWords[side]}{' '}
          <Name text={dataset.name} />
        </h3>
        <span className="quiet">
          {formatCount(rows.length)} of {formatCount(sample.rowCount)} rows
        </span>
        {rows.length > pageSize && (
          <span className="pages">
            <ActionIcon
              aria-label={`Previous rows, ${side}`}
              disabled={start === 0}
              onClick={() => setPage(page - 1)}
            >
              <IconChevronLeft size={16} stroke={1.7} />
            </ActionIcon>
            <span role="status">
              {formatCount(start + 1)} to {formatCount(end)}
            </span>
            <ActionIcon
              aria-label={`Next rows, ${side}`}
              disabled={end === rows.length}
              onClick={() => setPage(page + 1)}
            >
              <IconChevronRight size={16} stroke={1.7} />
            </ActionIcon>
          </span>
        )}
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and must do so by keyboard */}
      <section className="preview-scroller" tabIndex={0} aria-label={`Sample rows, ${side}`}>
        <table className="preview sample-rows" data-testid={`${side}-sample-rows`}>
          <thead>
            <tr>
              <th scope="col" className="preview-index">
                Row
              </th>
              {shown.map((index) => (
                <th key={index} scope="col">
                  <bdi title={formatText(dataset.columns[index]?.name ?? '')}>
                    {formatName(dataset.columns[index]?.name ?? '')}
                  </bdi>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.slice(start, end).map((row) => (
              <tr key={row.rowNumber}>
                <th scope="row" className="preview-index">
                  {formatCount(row.rowNumber)}
                </th>
                {shown.map((index) => (
                  <Cell key={index} row={row} index={index} />
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </section>
  );
}

/** What does not fit stands in the title, and there it says where the report has only a beginning. */
function Cell({ row, index }: { row: SampledRow; index: number }) {
  const value = row.values[index] ?? null;
  if (value === null) return <td className="preview-missing">missing</td>;
  const isCut = row.cut?.includes(index) ?? false;
  const text = formatText(value);
  const whole = isCut ? `${text}… (the first 200 characters)` : text;
  return (
    <td title={isCut || value.length > 40 ? whole : undefined} data-cut={isCut || undefined}>
      <bdi>{isCut ? `${text}…` : text}</bdi>
    </td>
  );
}
