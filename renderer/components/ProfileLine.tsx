import { IconScale } from '@tabler/icons-react';
import type { Finding, ProfileSummary } from '../../core/contract.js';
import { formatCount, formatShare } from '../format.js';
import { profileNames } from '../measureNames.js';
import { ColumnLinks } from './ColumnLinks.js';

/** What another tool would say of the dataset, and how much of that is likely false. */
export function ProfileLine({ profile, columns }: { profile: ProfileSummary; columns: Finding[] }) {
  const likelyFalse = columns
    .filter(
      ({ profile: own }) => own !== null && own.test !== null && own.likelyFalseAlarm !== null,
    )
    .map(({ name }) => name);
  return (
    <div className="fact" data-testid="profile-line">
      <IconScale size={16} stroke={1.7} aria-hidden />
      <span>
        {profileSentence(profile)}{' '}
        <span className="quiet">
          ({profile.name}; the dataset {profile.isDrifted ? 'drifted' : 'did not drift'}, its limit
          is {formatShare(profile.limit)} of columns)
        </span>{' '}
        {likelyFalse.length > 0 && (
          <>
            Likely false: <ColumnLinks names={likelyFalse} />
          </>
        )}
      </span>
    </div>
  );
}

export function profileSentence(profile: ProfileSummary): string {
  const { columnCount, driftedCount, likelyFalseAlarmCount } = profile;
  const start = `${profileNames[profile.id]}’s rule: ${formatCount(driftedCount)} of ${formatCount(columnCount)} drifted`;
  if (likelyFalseAlarmCount === 0) return `${start}.`;
  const alarms = likelyFalseAlarmCount === 1 ? 'a likely false alarm' : 'likely false alarms';
  return `${start}, ${formatCount(likelyFalseAlarmCount)} of them ${alarms}.`;
}
