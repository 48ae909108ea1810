import type { Dialect, Reading } from '../../core/contract.js';
import { nullWords } from '../detectedWords.js';
import { choiceLists, detectedChoice, withChoice } from '../readingChoices.js';
import { ChoiceField } from './ChoiceField.js';
import { Field } from './Field.js';

interface Props {
  reading: Reading;
  /** Null where it is not known yet, or not at all. */
  dialect: Dialect | null;
  onChange: (reading: Reading) => void;
}

/** Every choice of how a text file is read; what is not chosen shows what was detected. */
export function ReadingFields({ reading, dialect, onChange }: Props) {
  const [delimiter, ...others] = choiceLists.map((list) => (
    <ChoiceField
      key={list.key}
      list={list}
      value={reading[list.key]}
      detected={dialect && detectedChoice(list.key, dialect)}
      onChange={(value) => onChange(withChoice(reading, list.key, value as never))}
    />
  ));
  return (
    <fieldset className="reading-fields" aria-label="How the text is read">
      {delimiter}
      <HeaderField reading={reading} dialect={dialect} onChange={onChange} />
      <Field label="Skip lines">
        <input
          type="number"
          name="skipLineCount"
          min="0"
          step="1"
          value={reading.skipLineCount ?? ''}
          placeholder={dialect === null ? 'auto' : `auto: ${dialect.skipLineCount}`}
          data-set={reading.skipLineCount !== undefined}
          onChange={({ currentTarget: { value, valueAsNumber } }) =>
            onChange(withChoice(reading, 'skipLineCount', value === '' ? undefined : valueAsNumber))
          }
        />
      </Field>
      {others}
      <NullField reading={reading} dialect={dialect} onChange={onChange} />
    </fieldset>
  );
}

function HeaderField({ reading, dialect, onChange }: Props) {
  const words = (header: boolean) => (header ? 'in the first row' : 'none');
  const isSet = reading.header !== undefined;
  return (
    <Field label="Header">
      <select
        name="header"
        value={String(reading.header ?? 'detect')}
        data-set={isSet}
        onChange={({ currentTarget: { value } }) =>
          onChange(withChoice(reading, 'header', value === 'detect' ? undefined : value === 'true'))
        }
      >
        <option value="detect">
          {dialect === null || isSet ? 'auto' : `auto: ${words(dialect.header)}`}
        </option>
        <option value="true">{words(true)}</option>
        <option value="false">{words(false)}</option>
      </select>
    </Field>
  );
}

/** Uncontrolled, so that a comma being typed is not taken away. */
function NullField({ reading, dialect, onChange }: Props) {
  const { nullValues } = reading;
  const usual = dialect?.nullValues.filter((value) => value !== '').map(nullWords) ?? [];
  return (
    <Field label="Missing" note="spellings, parted by commas; empty is always missing">
      <input
        type="text"
        name="nullValues"
        defaultValue={nullValues?.join(', ')}
        placeholder={`auto: ${usual.join(', ') || 'the empty one'}`}
        data-set={nullValues !== undefined}
        onChange={({ currentTarget: { value } }) => {
          const values = value.split(',').map((word) => word.trim());
          const given = [...new Set(values)].filter((word) => word !== '');
          onChange(withChoice(reading, 'nullValues', given.length > 0 ? given : undefined));
        }}
      />
    </Field>
  );
}
