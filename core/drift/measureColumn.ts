import type { ColumnPair } from '../column.js';
import type { MeasuredColumn, ResolvedOptions } from '../contract.js';
import type { EvidentlyAnswer } from '../profile/evidentlyTest.js';
import { channelEvidence } from './channels.js';
import { columnCharts } from './charts.js';
import { disguisedMissing } from './disguisedMissing.js';
import type { ChannelEvidence } from './evidence.js';
import { measureSample } from './measureSample.js';
import { profileAnswer } from './profileVerdict.js';
import { createSample } from './sample.js';
import { summarizeColumn } from './summarizeColumn.js';
import { textProfile } from './textProfile.js';
import { timeProfile } from './timeProfile.js';

/** A column that waits for its verdict. */
export interface ColumnEvidence {
  column: MeasuredColumn;
  channels: ChannelEvidence;
  /** What another tool answers, where it was asked for. */
  profile: EvidentlyAnswer | null;
  /** Why nothing was measured; null where something was. */
  skipReason: string | null;
  /** How its levels were read; absent where it has none. */
  levels?: { areNumbers: boolean; isRetyped: boolean };
}

/** Everything about one column that can be said without the others. */
export function measureColumn(pair: ColumnPair, options: ResolvedOptions): ColumnEvidence {
  const sample = createSample(pair, options);
  return {
    column: {
      name: pair.name,
      kind: pair.kind,
      reference: summarizeColumn(sample, 'reference'),
      current: summarizeColumn(sample, 'current'),
      measures: measureSample(sample, options),
      charts: columnCharts(sample),
      disguisedMissing: disguisedMissing(sample),
      time: timeProfile(sample),
      text: pair.words ? textProfile(pair.words) : null,
    },
    profile: options.profile && pair.skipReason === null ? profileAnswer(sample) : null,
    channels: channelEvidence(sample, options),
    skipReason: pair.skipReason,
    ...(pair.levels && {
      levels: { areNumbers: pair.numbers !== null, isRetyped: pair.isRetyped },
    }),
  };
}
