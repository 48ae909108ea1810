import {
  IconCircleCheck,
  IconCircleDashed,
  IconEqual,
  IconTrendingDown,
  IconTrendingUp,
  IconTriangleFilled,
} from '@tabler/icons-react';
import type { Change } from '../../core/contract.js';

export const changeWords = {
  new: 'newly drifted',
  worsened: 'worsened',
  untold: 'cannot be told',
  eased: 'eased',
  resolved: 'resolved',
  unchanged: 'unchanged',
} satisfies Record<Change, string>;

const icons = {
  new: IconTriangleFilled,
  worsened: IconTrendingUp,
  untold: IconCircleDashed,
  eased: IconTrendingDown,
  resolved: IconCircleCheck,
  unchanged: IconEqual,
} satisfies Record<Change, unknown>;

/** An icon and a word; colour only repeats it. */
export function ChangeMark({ change }: { change: Change }) {
  return (
    <span className="verdict diff-change" data-change={change}>
      <ChangeIcon change={change} />
      {changeWords[change]}
    </span>
  );
}

export function ChangeIcon({ change }: { change: Change }) {
  const Icon = icons[change];
  return (
    <Icon
      className="verdict-icon diff-change"
      data-change={change}
      size={change === 'new' ? 13 : 16}
      stroke={2}
      aria-hidden
    />
  );
}
