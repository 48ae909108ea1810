import { useState } from 'react';
import type { Dataset, DriftReport, Side } from '../../core/contract.js';
import { askedOptions, byOwnNames } from '../askedOptions.js';
import { compareReadOtherwise } from '../comparison.js';
import { formatNames } from '../detectedWords.js';
import { formatBytes, formatCounted } from '../format.js';
import { useStore } from '../store.js';
import { ImportDialog } from './ImportDialog.js';
import { Name } from './Name.js';

const sideWords = { reference: 'Reference', current: 'Current' };

/** One side's file: its swatch is the legend for every chart. */
export function DatasetLine({ side, report }: { side: Side; report: DriftReport }) {
  const [isReading, setReading] = useState(false);
  const source = useStore((state) => state.sources?.[side] ?? null);
  const dataset = report[side];
  const showRows = () => useStore.setState({ shownRows: side });
  const options = askedOptions(report);
  const renames = side === 'current' ? report.options.renames : {};
  return (
    <div className="dataset">
      <span className={`swatch-${side}`} aria-hidden="true" />
      <span className="dataset-side">{sideWords[side]}</span>
      <Name text={dataset.name} className="dataset-name" />
      <span className="quiet">{details(dataset).join(' · ')}</span>
      <OutsideLink dataset={dataset} side={side} onShow={showRows} />
      {(source !== null || dataset.dialect !== null) && (
        <button
          type="button"
          className="link"
          data-testid={`${side}-reading`}
          aria-label={`how it is read: the ${side} file`}
          onClick={() => (source === null ? showRows() : setReading(true))}
        >
          how it is read
        </button>
      )}
      {isReading && source !== null && (
        <ImportDialog
          side={side}
          source={source}
          kinds={byOwnNames(report.options.kinds, renames)}
          useLabel="Compare again"
          onUse={(next, own) => {
            const kinds = byOwnNames(own, renames, 'back');
            void compareReadOtherwise(side, next, { ...options, kinds });
          }}
          onClose={() => setReading(false)}
        />
      )}
    </div>
  );
}

/** Leads to the rows that are in no number. */
function OutsideLink({
  dataset,
  side,
  onShow,
}: {
  dataset: Dataset;
  side: Side;
  onShow: () => void;
}) {
  const leftOutCount = dataset.leftOut.reduce((sum, { rowCount }) => sum + rowCount, 0);
  const { rejectedRowCount } = dataset;
  if (rejectedRowCount === 0 && leftOutCount === 0) return null;
  const words = [
    ...(rejectedRowCount > 0 ? [`${formatCounted(rejectedRowCount, 'row')} not read`] : []),
    ...(leftOutCount > 0 ? [`${formatCounted(leftOutCount, 'row')} left out`] : []),
  ];
  return (
    <button
      type="button"
      className={rejectedRowCount > 0 ? 'link warning' : 'link'}
      data-testid={`${side}-rows`}
      onClick={onShow}
    >
      {words.join(', ')}
    </button>
  );
}

function details(dataset: Dataset): string[] {
  return [
    formatCounted(dataset.rowCount, 'row'),
    formatCounted(dataset.columnCount, 'column'),
    formatNames[dataset.format],
    ...(dataset.sizeBytes > 0 ? [formatBytes(dataset.sizeBytes)] : []),
  ];
}
