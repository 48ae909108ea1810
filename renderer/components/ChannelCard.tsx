import type { Channel, ChannelFinding } from '../../core/contract.js';
import { formatPValue, formatSentence } from '../format.js';
import { EffectBar } from './EffectBar.js';
import { VerdictMark } from './VerdictMark.js';
import { WorkButton } from './WorkButton.js';

const titles = {
  schema: 'Schema',
  missing: 'Missing values',
  support: 'Support',
  shape: 'Shape',
} satisfies Record<Channel, string>;

const questions = {
  schema: 'Is it stored the same way?',
  missing: 'Is as much of it there?',
  support: 'Are there values never seen before?',
  shape: 'Are the values distributed alike?',
} satisfies Record<Channel, string>;

/** One way in which the column could have drifted, judged by itself. */
export function ChannelCard({
  column,
  channel,
  finding,
  isDeciding,
}: {
  column: string;
  channel: Channel;
  finding: ChannelFinding;
  isDeciding: boolean;
}) {
  return (
    <section className="channel panel" data-verdict={finding.verdict} data-deciding={isDeciding}>
      <header className="channel-head">
        <h2 title={questions[channel]}>{titles[channel]}</h2>
        {isDeciding && <span className="deciding">decides</span>}
        <span className="spring" />
        <VerdictMark verdict={finding.verdict} severity={finding.severity} />
      </header>
      {finding.effect !== null && (
        <EffectBar
          effect={finding.effect}
          verdict={finding.verdict}
          work={{ column, topic: { what: 'effect', channel } }}
        />
      )}
      <p className="channel-reason">
        <bdi>{formatSentence(finding.reason)}</bdi>
      </p>
      <p className="channel-foot">
        {finding.pValue !== null && (
          <span
            title={`${finding.pValueMethod ?? ''}; q is p corrected over all tests of all columns`}
          >
            p{' '}
            <WorkButton column={column} topic={{ what: 'p', channel }} of="p">
              {formatPValue(finding.pValue)}
            </WorkButton>{' '}
            · q{' '}
            <WorkButton column={column} topic={{ what: 'q', channel }} of="q">
              {formatPValue(finding.adjustedPValue)}
            </WorkButton>
            {finding.pValueMethod !== null && ` · ${finding.pValueMethod}`}
          </span>
        )}
      </p>
    </section>
  );
}
