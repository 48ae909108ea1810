import { IconAdjustments } from '@tabler/icons-react';
import type { OptionChange } from '../../core/contract.js';
import { Name } from './Name.js';

/** What was asked for differently, before anything that may come of it. */
export function OptionChanges({ options }: { options: OptionChange[] }) {
  if (options.length === 0) return null;
  const judges = options.some((option) => option.judges);
  return (
    <div className="fact" data-testid="option-changes">
      <IconAdjustments size={16} stroke={1.7} aria-hidden />
      <div>
        <p>
          The two reports were made with different options
          {judges ? '; where verdicts depend on them, only effects are compared' : ''}:
        </p>
        <ul className="option-changes">
          {options.map(({ option, of, earlier, later }) => (
            <li key={`${option} ${of}`}>
              <span className="code">{option}</span>
              {of !== null && (
                <>
                  {' of '}
                  <Name text={of} />
                </>
              )}{' '}
              <span className="option-value">
                {earlier ?? 'none'} → <b>{later ?? 'none'}</b>
              </span>
            </li>
          ))}
        </ul>
      </div>
    </div>
  );
}
