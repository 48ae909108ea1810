import { Button } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import type { Dataset, Side } from '../../core/contract.js';
import { dialectFacts } from '../detectedWords.js';
import { saveRejected } from '../exporting.js';
import { formatCount, formatCounted, formatText } from '../format.js';
import { Name } from './Name.js';
import { RejectedTable } from './RejectedTable.js';
import { SideSheet } from './SideSheet.js';

/** Which rows of one side are in the numbers, which are not and why, and how the file was read. */
export function RowsSheet({
  side,
  dataset,
  onClose,
}: {
  side: Side;
  dataset: Dataset;
  onClose: () => void;
}) {
  const { name, dialect, rejectedRows } = dataset;
  const title = (
    <span className="import-title">
      <span className={`swatch-${side}`} aria-hidden="true" />
      Rows of <Name text={name} />
    </span>
  );
  return (
    <SideSheet title={title} testId="rows" onClose={onClose}>
      <Counts dataset={dataset} />
      {rejectedRows.length > 0 && (
        <section className="sheet-part" aria-labelledby="rejected-title">
          <div className="sheet-part-head">
            <h3 id="rejected-title">{rejectedTitle(dataset)}</h3>
            <Button
              size="compact-xs"
              data-testid="save-rejected"
              leftSection={<IconDownload size={14} stroke={1.7} />}
              onClick={() => void saveRejected(dataset)}
            >
              Save as CSV
            </Button>
          </div>
          <RejectedTable rows={rejectedRows} />
        </section>
      )}
      {dialect !== null && (
        <section className="sheet-part" aria-label="How the file was read">
          <h3>How the file was read</h3>
          <dl className="work-inputs">
            {dialectFacts(dialect).map(([term, words]) => (
              <div key={term}>
                <dt>{term}</dt>
                <dd>
                  <bdi>{words}</bdi>
                </dd>
              </div>
            ))}
          </dl>
        </section>
      )}
    </SideSheet>
  );
}

function rejectedTitle({ rejectedRowCount, rejectedRows }: Dataset): string {
  const lines = formatCounted(rejectedRows.length, 'row');
  return rejectedRows.length < rejectedRowCount
    ? `The first ${lines} of them`
    : `The ${lines} that could not be read`;
}

const leftOutWords = {
  condition: 'left out by the condition on rows',
  split: 'on neither side of the split',
  sample: 'not in the sample',
} satisfies Record<Dataset['leftOut'][number]['why'], string>;

/** Every row of the file is in exactly one line. */
function Counts({ dataset }: { dataset: Dataset }) {
  const { rowCount, leftOut, rejectedReasons, rejectedRowCount } = dataset;
  const named = rejectedReasons.reduce((sum, reason) => sum + reason.rowCount, 0);
  const unnamed = rejectedRowCount - named;
  return (
    <table className="plain row-counts" data-testid="row-counts">
      <thead>
        <tr>
          <th scope="col" className="number">
            Rows
          </th>
          <th scope="col">What became of them</th>
        </tr>
      </thead>
      <tbody>
        <Count count={rowCount} words="in the numbers" />
        {leftOut.map(({ why, rowCount: count }) => (
          <Count key={why} count={count} words={leftOutWords[why]} />
        ))}
        {rejectedReasons.map(({ reason, rowCount: count }) => (
          <Count key={reason} count={count} words={`not read: ${reason}`} isRejected />
        ))}
        {unnamed > 0 && <Count count={unnamed} words="not read" isRejected />}
      </tbody>
    </table>
  );
}

function Count({
  count,
  words,
  isRejected = false,
}: {
  count: number;
  words: string;
  isRejected?: boolean;
}) {
  return (
    <tr data-rejected={isRejected}>
      <td className="number">{formatCount(count)}</td>
      <td className="rejected-why">
        <bdi>{formatText(words)}</bdi>
      </td>
    </tr>
  );
}
