import type { ColumnPair } from '../column.js';
import type { MeasuredColumn, ResolvedOptions } from '../contract.js';
import { channelEvidence } from './channels.js';
import { columnCharts } from './charts.js';
import type { ChannelEvidence } from './evidence.js';
import { measureSample } from './measures.js';
import { createSample } from './sample.js';
import { summarizeColumn } from './summarizeColumn.js';

/** A column that waits for its verdict. */
export interface ColumnEvidence {
  column: MeasuredColumn;
  channels: ChannelEvidence;
  /** Why nothing was measured; null where something was. */
  skipReason: string | null;
}

/** Everything about one column that can be said without the others. */
export function measureColumn(pair: ColumnPair, options: ResolvedOptions): ColumnEvidence {
  const sample = createSample(pair);
  return {
    column: {
      name: pair.name,
      kind: pair.kind,
      reference: summarizeColumn(sample, 'reference'),
      current: summarizeColumn(sample, 'current'),
      measures: measureSample(sample, options),
      charts: columnCharts(sample),
    },
    channels: channelEvidence(sample, options),
    skipReason: pair.skipReason,
  };
}
