import type { Finding, ProfileSummary } from '../../core/contract.js';
import { formatNumber, formatSentence } from '../format.js';
import { ProfileMark } from './ProfileMark.js';

/** Another tool's verdict of one column, beside ours. */
export function ProfileCard({
  finding,
  summary,
}: {
  finding: Finding;
  summary: ProfileSummary | null;
}) {
  const { profile, verdict } = finding;
  if (profile === null) return null;
  return (
    <section className="panel" data-testid="profile-card">
      <h2 className="panel-title">{summary?.name ?? 'Another tool’s verdict'}</h2>
      {profile.test === null ? (
        <p className="quiet">
          <bdi>{formatSentence(profile.reason)}</bdi>
        </p>
      ) : (
        <>
          <dl className="pairs">
            <dt>Verdict</dt>
            <dd>
              <ProfileMark profile={profile} />
            </dd>
            <dt>Ours</dt>
            <dd>{verdict}</dd>
            <dt>Test</dt>
            <dd>
              <bdi>{profile.test}</bdi>
            </dd>
            <dt>{profile.kind === 'test' ? 'p-value' : 'Distance'}</dt>
            <dd>{formatNumber(profile.value)}</dd>
            <dt>Threshold</dt>
            <dd>
              {profile.kind === 'test' ? 'below ' : 'from '}
              {formatNumber(profile.threshold)}
            </dd>
          </dl>
          {profile.likelyFalseAlarm !== null && (
            <p className="profile-why">
              <bdi>{profile.likelyFalseAlarm}</bdi>
            </p>
          )}
        </>
      )}
    </section>
  );
}
