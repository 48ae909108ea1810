import { ActionIcon, Menu } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import type { TopLevelSpec } from 'vega-lite';
import { type ChartFormat, saveChart } from '../chartFiles.js';

const formats: { format: ChartFormat; label: string }[] = [
  { format: 'png', label: 'Picture (PNG)' },
  { format: 'svg', label: 'Drawing (SVG)' },
  { format: 'csv', label: 'Its numbers (CSV)' },
];

/** Takes one chart along. */
export function ChartMenu({
  spec,
  column,
  title,
}: {
  spec: TopLevelSpec;
  column: string;
  title: string;
}) {
  return (
    <Menu withinPortal>
      <Menu.Target>
        <ActionIcon
          className="figure-menu"
          size="sm"
          aria-label={`Save this chart: ${title}`}
          title="Save this chart"
          data-testid="chart-menu"
        >
          <IconDownload size={15} stroke={1.6} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {formats.map(({ format, label }) => (
          <Menu.Item
            key={format}
            data-testid={`chart-${format}`}
            onClick={() => void saveChart(spec, column, title, format)}
          >
            {label}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
