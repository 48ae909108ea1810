import { Button } from '@mantine/core';
import { IconTable } from '@tabler/icons-react';
import { useState } from 'react';
import type { DriftReport } from '../../core/contract.js';
import { useStore } from '../store.js';
import { SampleRowsSheet } from './SampleRowsSheet.js';

/** Opens the sample rows, where the report has some or its files are at hand. */
export function SampleRowsButton({ report }: { report: DriftReport }) {
  const hasFiles = useStore(({ mode, sources }) => mode === 'app' && sources !== null);
  const [isOpen, setOpen] = useState(false);
  if (report.sampleRows === undefined && !hasFiles) return null;
  return (
    <>
      <Button
        data-testid="open-sample-rows"
        leftSection={<IconTable size={15} stroke={1.7} />}
        onClick={() => setOpen(true)}
      >
        Sample rows
      </Button>
      {isOpen && <SampleRowsSheet report={report} onClose={() => setOpen(false)} />}
    </>
  );
}
