import { IconMask } from '@tabler/icons-react';
import type { Finding } from '../../core/contract.js';
import { formatCounted } from '../format.js';
import { ColumnLinks } from './ColumnLinks.js';

/** Which columns hold values that may stand for *missing*. */
export function DisguisedLine({ columns }: { columns: Finding[] }) {
  const names = columns
    .filter(({ disguisedMissing }) => disguisedMissing.length > 0)
    .map(({ name }) => name);
  if (names.length === 0) return null;
  const verb = names.length === 1 ? 'holds' : 'hold';
  return (
    <div className="fact" data-testid="disguised-line">
      <IconMask size={16} stroke={1.7} aria-hidden />
      <span>
        {formatCounted(names.length, 'column')} {verb} values that may stand for missing:{' '}
        <ColumnLinks names={names} />
      </span>
    </div>
  );
}
