import type { ReactNode } from 'react';
import { formatCount } from '../format.js';

/** How many columns are so: a switch of the list's filter. */
export function CountSwitch({
  icon,
  count,
  words,
  isShown,
  onToggle,
  className = '',
  ...data
}: {
  icon: ReactNode;
  count: number;
  words: string;
  isShown: boolean;
  onToggle: () => void;
  className?: string;
  [data: `data-${string}`]: string;
}) {
  return (
    <button
      {...data}
      type="button"
      className={`count ${className}`.trimEnd()}
      aria-pressed={isShown}
      onClick={onToggle}
    >
      {icon}
      <span className="count-number">{formatCount(count)}</span>
      {words}
    </button>
  );
}
