import { Button, Menu } from '@mantine/core';
import { IconBraces, IconDownload, IconFileSpreadsheet, IconFileText } from '@tabler/icons-react';
import type { DriftReport } from '../../core/contract.js';
import { saveReport } from '../exporting.js';
import { formatCounted } from '../format.js';
import { useStore } from '../store.js';

const icon = { size: 17, stroke: 1.6 };

/** What leaves: aggregates, and the text of rows that could not be read. */
export function ExportMenu() {
  const isReport = useStore((state) => state.mode === 'report');
  const report = useStore((state) => state.report);
  return (
    <Menu width={300} withinPortal>
      <Menu.Target>
        <Button data-testid="export" leftSection={<IconDownload size={16} stroke={1.6} />}>
          {isReport ? 'Save' : 'Export'}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {!isReport && (
          <Menu.Item
            data-testid="export-html"
            leftSection={<IconFileText {...icon} />}
            onClick={() => saveReport('html')}
          >
            HTML report
            <span className="menu-note">This view in one file; opens anywhere, offline</span>
          </Menu.Item>
        )}
        <Menu.Item
          data-testid="export-json"
          leftSection={<IconBraces {...icon} />}
          onClick={() => saveReport('json')}
        >
          JSON
          <span className="menu-note">Every number at full precision, for scripts</span>
        </Menu.Item>
        {!isReport && (
          <Menu.Item
            data-testid="export-csv"
            leftSection={<IconFileSpreadsheet {...icon} />}
            onClick={() => saveReport('csv')}
          >
            CSV of the columns
            <span className="menu-note">One line per column, for a spreadsheet</span>
          </Menu.Item>
        )}
        <Menu.Divider />
        <div className="menu-foot">{report !== null && insideWords(report)}</div>
      </Menu.Dropdown>
    </Menu>
  );
}

function insideWords({ reference, current }: DriftReport): string {
  const rowCount = reference.rejectedRows.length + current.rejectedRows.length;
  const rows = rowCount === 0 ? '' : ` but the text of ${formatCounted(rowCount, 'row')} not read`;
  return `Counts, summaries and frequent values; no rows of your data${rows}.`;
}
