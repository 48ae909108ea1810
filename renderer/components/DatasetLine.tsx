import { useState } from 'react';
import type { Dataset, Format, RejectedRow, Side } from '../../core/contract.js';
import { formatBytes, formatCount, formatCounted } from '../format.js';
import { Name } from './Name.js';

const formats: Record<Format, string> = {
  csv: 'CSV',
  json: 'JSON lines',
  parquet: 'Parquet',
  arrow: 'Arrow',
  memory: 'in memory',
};
const sideWords = { reference: 'Reference', current: 'Current' };

/** One side's file: its swatch is the legend for every chart. */
export function DatasetLine({ side, dataset }: { side: Side; dataset: Dataset }) {
  const [isOpen, setOpen] = useState(false);
  const details = [
    formatCounted(dataset.rowCount, 'row'),
    formatCounted(dataset.columnCount, 'column'),
    formats[dataset.format],
    ...(dataset.sizeBytes > 0 ? [formatBytes(dataset.sizeBytes)] : []),
  ];
  return (
    <div className="dataset">
      <span className={`swatch-${side}`} aria-hidden="true" />
      <span className="dataset-side">{sideWords[side]}</span>
      <Name text={dataset.name} className="dataset-name" />
      <span className="quiet">{details.join(' · ')}</span>
      {dataset.rejectedRowCount > 0 && (
        <button
          type="button"
          className="link warning"
          aria-expanded={isOpen}
          onClick={() => setOpen(!isOpen)}
        >
          {formatCounted(dataset.rejectedRowCount, 'row')} not read {isOpen ? '▴' : '▾'}
        </button>
      )}
      {isOpen && <RejectedRows dataset={dataset} />}
    </div>
  );
}

function RejectedRows({ dataset }: { dataset: Dataset }) {
  const shown = dataset.rejectedRows.slice(0, 100);
  const hiddenCount = dataset.rejectedRowCount - shown.length;
  return (
    <div className="rejected">
      <table className="plain">
        <thead>
          <tr>
            <th className="number">Line</th>
            <th>Why</th>
            <th>Text</th>
          </tr>
        </thead>
        <tbody>
          {shown.map((row) => (
            <tr key={`${row.file}:${row.lineNumber}:${row.columnName}`}>
              <td className="number">
                {row.lineNumber === null ? '–' : formatCount(row.lineNumber)}
              </td>
              <td>
                <bdi>{why(row)}</bdi>
              </td>
              <td className="code">
                <Name text={row.text} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {hiddenCount > 0 && <p className="quiet">and {formatCounted(hiddenCount, 'more row')}</p>}
    </div>
  );
}

function why(row: RejectedRow): string {
  return row.columnName === null ? row.reason : `${row.columnName}: ${row.reason}`;
}
