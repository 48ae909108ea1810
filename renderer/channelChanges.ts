import { type Channel, channels, type Finding } from '../core/contract.js';
import { formatSentence, formatShare } from './format.js';
import { missingShare } from './useFindings.js';

/** What happened in one channel. */
export interface ChannelChange {
  channel: Channel;
  /** Columns that drifted in it, largest effect over its limit first, each with a phrase. */
  columns: { name: string; phrase: string }[];
}

export function channelChanges(findings: readonly Finding[]): ChannelChange[] {
  return channels.map((channel) => {
    const ratio = ({ channels }: Finding) => {
      const { effect } = channels[channel];
      return effect === null ? 0 : effect.value / effect.limit;
    };
    const columns = findings
      .filter(({ channels }) => channels[channel].verdict === 'drifted')
      .sort((a, b) => ratio(b) - ratio(a))
      .map((finding) => ({ name: finding.name, phrase: phraseOf(finding, channel) }));
    return { channel, columns };
  });
}

/** What happened to a column in one channel, without the numbers of certainty. */
export function phraseOf({ channels, reference, current }: Finding, channel: Channel): string {
  if (channel === 'missing')
    return `${formatShare(missingShare(reference))} → ${formatShare(missingShare(current))}`;
  return formatSentence(brief(channels[channel].reason));
}

/** The beginning of a reason, without medians and numbers of certainty; a full stop inside of quotes belongs to a name. */
function brief(reason: string): string {
  const outsideQuotes = /^(?:"[^"]*"|[^"])*?(?=; a difference of|\. |\.$)/;
  const what = reason.match(outsideQuotes)?.[0] ?? reason;
  return what.replace(/ \((?:median|5-95).*?\)/, '');
}
