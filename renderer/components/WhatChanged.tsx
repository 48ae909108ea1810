import { useMemo } from 'react';
import type { Channel, DriftReport } from '../../core/contract.js';
import { type ChannelChange, channelChanges } from '../channelChanges.js';
import { formatCounted } from '../format.js';
import { go } from '../store.js';
import { Name } from './Name.js';

const words: Record<Channel, string> = {
  schema: 'Schema',
  missing: 'Missing',
  support: 'New or out of range',
  shape: 'Shape',
};
const most = 2;

/** The four ways in which columns changed, each a switch of the list's filter. */
export function WhatChanged({
  report,
  channel,
}: {
  report: DriftReport;
  /** The one that the list is narrowed to. */
  channel: Channel | null;
}) {
  const changes = useMemo(() => channelChanges(report.columns), [report]);
  const lines = schemaLines(report);
  if (changes.every(({ columns }) => columns.length === 0) && lines.length === 0) return null;
  return (
    <section className="changes" aria-label="What changed">
      {changes.map((change) => (
        <Change
          key={change.channel}
          change={change}
          lines={change.channel === 'schema' ? lines : []}
          isChosen={change.channel === channel}
        />
      ))}
    </section>
  );
}

function Change({
  change: { channel, columns },
  lines,
  isChosen,
}: {
  change: ChannelChange;
  lines: string[];
  isChosen: boolean;
}) {
  const isNothing = columns.length === 0 && lines.length === 0;
  const show = () => {
    if (columns.length > 0) go({ channel: isChosen ? null : channel, group: null });
    else go({ view: 'quality', traits: ['one-sided', 'retyped'] });
  };
  return (
    <button
      type="button"
      className="change"
      data-testid={`change-${channel}`}
      aria-pressed={isChosen}
      disabled={isNothing}
      onClick={show}
    >
      <span className="change-head">
        <b>{words[channel]}</b>
        <span>
          {columns.length > 0 ? formatCounted(columns.length, 'column') : isNothing && 'nothing'}
        </span>
      </span>
      {columns.slice(0, most).map(({ name, phrase }) => (
        <span key={name} className="change-line">
          <Name text={name} className="change-name" />
          <bdi className="change-phrase" title={phrase}>
            {phrase}
          </bdi>
        </span>
      ))}
      {lines.map((line) => (
        <span key={line} className="change-line quiet">
          {line}
        </span>
      ))}
    </button>
  );
}

/** Columns that are compared with nothing. */
function schemaLines({ schema }: DriftReport): string[] {
  const count = (columns: unknown[], what: string) =>
    columns.length === 0 ? [] : [`${formatCounted(columns.length, 'column')} ${what}`];
  return [
    ...count(schema.added, 'only in the current'),
    ...count(schema.removed, 'only in the reference'),
    ...count(schema.renamed, 'perhaps renamed'),
  ];
}
