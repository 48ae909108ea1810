import { Button } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useState } from 'react';
import { useStore } from '../store.js';
import { ExportSheet } from './ExportSheet.js';

/** Leads to what can be taken along of the report. */
export function ExportButton() {
  const [isOpen, setOpen] = useState(false);
  const report = useStore((state) => state.report);
  const isReport = useStore((state) => state.mode === 'report');
  return (
    <>
      <Button
        data-testid="export"
        aria-haspopup="dialog"
        leftSection={<IconDownload size={16} stroke={1.6} />}
        onClick={() => setOpen(true)}
      >
        {isReport ? 'Save' : 'Export'}
      </Button>
      {isOpen && report !== null && (
        <ExportSheet report={report} isReport={isReport} onClose={() => setOpen(false)} />
      )}
    </>
  );
}
