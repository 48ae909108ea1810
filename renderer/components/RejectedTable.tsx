import { ActionIcon } from '@mantine/core';
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import { useState } from 'react';
import type { RejectedRow } from '../../core/contract.js';
import { formatCount, formatText } from '../format.js';

/** Rows that could not be read, a page at a time: where they stand, why, and their text as it is. */
export function RejectedTable({
  rows,
  pageSize = 100,
}: {
  rows: readonly RejectedRow[];
  pageSize?: number;
}) {
  const [page, setPage] = useState(0);
  const start = Math.min(page, Math.ceil(rows.length / pageSize) - 1) * pageSize;
  const shown = rows.slice(start, start + pageSize);
  const hasFiles = rows.some(({ file }) => file !== rows[0]?.file);
  return (
    <>
      <table className="plain rejected" data-testid="rejected-rows">
        <thead>
          <tr>
            {hasFiles && <th scope="col">File</th>}
            <th scope="col" className="number">
              Line
            </th>
            <th scope="col">Why</th>
            <th scope="col">Text</th>
          </tr>
        </thead>
        <tbody>
          {shown.map((row, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a line may be rejected for several columns
            <tr key={start + index}>
              {hasFiles && (
                <td className="rejected-why">
                  <bdi>{formatText(row.file)}</bdi>
                </td>
              )}
              <td className="number">
                {row.lineNumber === null ? '–' : formatCount(row.lineNumber)}
              </td>
              <td className="rejected-why">
                {row.columnName !== null && (
                  <>
                    <bdi>{formatText(row.columnName)}</bdi>:{' '}
                  </>
                )}
                <bdi>{formatText(row.reason)}</bdi>
              </td>
              <td className="code rejected-text">
                {row.text === '' ? (
                  <span className="quiet">not kept</span>
                ) : (
                  <bdi>{formatText(row.text)}</bdi>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {rows.length > pageSize && (
        <div className="pages">
          <ActionIcon
            aria-label="Previous rows"
            disabled={start === 0}
            onClick={() => setPage(page - 1)}
          >
            <IconChevronLeft size={16} stroke={1.7} />
          </ActionIcon>
          <span role="status">
            {formatCount(start + 1)} to {formatCount(start + shown.length)} of{' '}
            {formatCount(rows.length)}
          </span>
          <ActionIcon
            aria-label="Next rows"
            disabled={start + pageSize >= rows.length}
            onClick={() => setPage(page + 1)}
          >
            <IconChevronRight size={16} stroke={1.7} />
          </ActionIcon>
        </div>
      )}
    </>
  );
}
