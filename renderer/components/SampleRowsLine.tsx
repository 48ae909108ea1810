import { IconTable } from '@tabler/icons-react';
import { useState } from 'react';
import type { DriftReport } from '../../core/contract.js';
import { formatCount } from '../format.js';
import { SampleRowsSheet } from './SampleRowsSheet.js';

/** That the report holds rows, so that nobody hands it on without knowing. */
export function SampleRowsLine({ report }: { report: DriftReport }) {
  const [isOpen, setOpen] = useState(false);
  const { reference, current } = report.sampleRows ?? {};
  if (reference === undefined || current === undefined) return null;
  return (
    <>
      <p className="fact" data-testid="sample-rows-line">
        <IconTable size={16} stroke={1.7} aria-hidden />
        <span>
          Rows of the data are in this report: {formatCount(reference.rows.length)} of the reference
          and {formatCount(current.rows.length)} of the current side, as they stand in the files.{' '}
          <button
            type="button"
            className="link"
            data-testid="show-sample-rows"
            onClick={() => setOpen(true)}
          >
            Show them
          </button>
        </span>
      </p>
      {isOpen && <SampleRowsSheet report={report} onClose={() => setOpen(false)} />}
    </>
  );
}
