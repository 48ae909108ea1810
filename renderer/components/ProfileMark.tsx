import type { ProfileVerdict } from '../../core/contract.js';
import { formatNumber, formatPValue, formatSentence } from '../format.js';

/** Another tool's verdict of one column, as short as the list has room for. */
export function ProfileMark({ profile }: { profile: ProfileVerdict | null }) {
  if (profile === null) return null;
  if (profile.test === null) {
    return (
      <span className="quiet" title={formatSentence(profile.reason)}>
        no test
      </span>
    );
  }
  const { isDrifted, likelyFalseAlarm } = profile;
  return (
    <span className="profile-mark" data-testid="profile-mark" title={likelyFalseAlarm ?? undefined}>
      <span className="profile-verdict" data-drifted={isDrifted}>
        {isDrifted ? 'drifted' : 'not drifted'}
      </span>
      {likelyFalseAlarm === null ? (
        <span className="quiet">{profileValue(profile)}</span>
      ) : (
        <span className="false-alarm">likely a false alarm</span>
      )}
    </span>
  );
}

/** `p 0.01 < 0.05` or `0.2 ≥ 0.1`, the way that tool decides. */
export function profileValue({
  kind,
  value,
  threshold,
  isDrifted,
}: Extract<ProfileVerdict, { test: string }>): string {
  const limit = formatNumber(threshold);
  if (kind === 'test') {
    const p = formatPValue(value);
    return `p ${p.startsWith('<') ? p : `${p} ${isDrifted ? '<' : '≥'} ${limit}`}`;
  }
  return `${formatNumber(value, 3)} ${isDrifted ? '≥' : '<'} ${limit}`;
}
