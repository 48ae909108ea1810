import { useState } from 'react';
import type { ChoiceList } from '../readingChoices.js';
import { Field } from './Field.js';

const detect = 'detect';
const own = 'own';

/** A choice among a few, left to detection, or a text of one's own. */
export function ChoiceField({
  list,
  value,
  detected,
  onChange,
}: {
  list: ChoiceList;
  value: string | undefined;
  /** In words; null where nothing is known yet. */
  detected: string | null;
  onChange: (value: string | undefined) => void;
}) {
  const { key, label, choices, ownLength } = list;
  const index = choices.findIndex((choice) => choice.value === value);
  const [isOwn, setOwn] = useState(value !== undefined && index < 0);
  const isDetected = value === undefined && !isOwn;
  const selected = isDetected ? detect : isOwn || index < 0 ? own : String(index);
  return (
    <div className="choice">
      <Field label={label}>
        <select
          name={key}
          value={selected}
          data-set={!isDetected}
          onChange={(event) => {
            const chosen = event.currentTarget.value;
            setOwn(chosen === own);
            if (chosen !== own) onChange(choices[Number(chosen)]?.value);
          }}
        >
          <option value={detect}>
            {detected === null || !isDetected ? 'auto' : `auto: ${detected}`}
          </option>
          {choices.map((choice, position) => (
            <option key={choice.value} value={position}>
              {choice.label}
            </option>
          ))}
          {ownLength > 0 && <option value={own}>other…</option>}
        </select>
      </Field>
      {isOwn && (
        <input
          className="choice-own"
          aria-label={`${label}, other`}
          placeholder={ownLength === 1 ? 'one character' : key === 'dateFormat' ? '%d.%m.%y' : ''}
          maxLength={ownLength}
          defaultValue={value}
          onChange={(event) => onChange(event.currentTarget.value || undefined)}
        />
      )}
    </div>
  );
}
