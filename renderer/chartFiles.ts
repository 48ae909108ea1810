/** A chart to take along: as a picture with its title, or the numbers behind it. */

import Papa from 'papaparse';
import type { TopLevelSpec } from 'vega-lite';
import type { UnitNote } from './charts/axisScale.js';
import { chartConfig } from './charts/config.js';
import { loadCharts } from './components/VegaChart.js';
import { toSentence } from './engine.js';
import { plain, save } from './exporting.js';
import { formatName } from './format.js';
import { useStore } from './store.js';

export type ChartFormat = 'png' | 'svg' | 'csv';

const width = 720;
/** Pixels of a picture for each of a page: sharp on paper and on fine screens. */
const pictureScale = 2;

export async function saveChart(
  spec: TopLevelSpec,
  column: string,
  title: string,
  format: ChartFormat,
): Promise<void> {
  const name = `${plain(column) || 'column'}-${plain(title).toLowerCase()}.${format}`;
  try {
    if (format === 'csv') await save(name, new Blob([chartCsv(spec)], { type: 'text/csv' }));
    else await save(name, await picture(titled(spec, column, title), format));
  } catch (error) {
    useStore.setState({ error: toSentence(error) });
  }
}

/** The numbers that are drawn, without the words of tooltips. */
export function chartCsv(spec: TopLevelSpec): string {
  const { unit = 1, fields = [] } = (spec.usermeta ?? {}) as Partial<UnitNote>;
  const rows = valuesOf(spec).map((row) =>
    Object.fromEntries(
      Object.entries(row)
        .filter(([key]) => !/Text$|^values$/.test(key))
        .map(([key, value]) => [key, fields.includes(key) ? Number(value) * unit : value]),
    ),
  );
  return `${Papa.unparse(rows, { escapeFormulae: true, newline: '\n' })}\n`;
}

function valuesOf(spec: TopLevelSpec): Record<string, unknown>[] {
  const { data, layer } = spec as { data?: { values?: unknown }; layer?: TopLevelSpec[] };
  const own = data?.values;
  if (Array.isArray(own)) return own as Record<string, unknown>[];
  return layer?.map(valuesOf).find((values) => values.length > 0) ?? [];
}

function titled(spec: TopLevelSpec, column: string, title: string): TopLevelSpec {
  const text = `${formatName(column)}: ${title}`;
  const subtitle = 'reference in slate, current in orange';
  return { ...spec, title: { text, subtitle, anchor: 'start' } } as TopLevelSpec;
}

async function picture(spec: TopLevelSpec, format: 'png' | 'svg'): Promise<Blob> {
  const drawChart = await loadCharts();
  const root = document.documentElement;
  const token = (name: string) => getComputedStyle(root).getPropertyValue(name).trim();
  const config = {
    ...chartConfig(root),
    background: token('--surface'),
    title: { color: token('--ink'), subtitleColor: token('--ink-3'), offset: 12 },
  };
  const view = drawChart(document.createElement('div'), spec, config, width);
  try {
    if (format === 'svg') return new Blob([await view.toSVG()], { type: 'image/svg+xml' });
    const canvas = await view.toCanvas(pictureScale);
    return await new Promise((resolve, reject) =>
      canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('no picture was made')))),
    );
  } finally {
    view.finalize();
  }
}
