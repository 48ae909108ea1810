import { TextInput } from '@mantine/core';
import { useRef, useState } from 'react';
import type { Kind, Preview } from '../../core/contract.js';
import { ownValue } from '../askedOptions.js';
import { formatCount, formatName, formatText } from '../format.js';
import { allKinds } from '../route.js';
import { KindIcon } from './KindIcon.js';

/** More columns than that are found by their name. */
const mostColumns = 40;

interface Props {
  preview: Preview;
  kinds: Record<string, Kind>;
  /** Names of text files can be changed; other formats hold theirs. */
  canName: boolean;
  onName: (index: number, name: string) => void;
  onKind: (name: string, kind: Kind | undefined) => void;
}

/** The first rows as they would be read, under names and kinds that can be changed. */
export function PreviewTable(props: Props) {
  const { preview } = props;
  const [search, setSearch] = useState('');
  const isLong = preview.columns.length > mostColumns;
  const found = preview.columns
    .map(({ name }, index) => ({ name, index }))
    .filter(({ name }) => !isLong || name.toLowerCase().includes(search.toLowerCase()));
  const shown = found.slice(0, mostColumns).map(({ index }) => index);
  return (
    <>
      {isLong && (
        <div className="preview-search">
          <TextInput
            aria-label="Find columns"
            placeholder="Find columns"
            value={search}
            onChange={(event) => setSearch(event.currentTarget.value)}
          />
          <span className="quiet" role="status">
            {formatCount(shown.length)} of {formatCount(preview.columns.length)} columns shown
          </span>
        </div>
      )}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and must do so by keyboard */}
      <section className="preview-scroller" tabIndex={0} aria-label="First rows">
        <table className="preview" data-testid="preview-table">
          <thead>
            <tr>
              <th scope="col" className="preview-index">
                <span className="unseen">Row</span>
              </th>
              {shown.map((index) => (
                <Heading key={index} {...props} index={index} />
              ))}
            </tr>
          </thead>
          <tbody>
            {preview.rows.map((row, rowIndex) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a row is its place and nothing else
              <tr key={rowIndex}>
                <th scope="row" className="preview-index">
                  {rowIndex + 1}
                </th>
                {shown.map((index) => (
                  <Cell key={index} value={row[index] ?? null} />
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </>
  );
}

function Heading({ preview, kinds, canName, onName, onKind, index }: Props & { index: number }) {
  const column = preview.columns[index];
  if (column === undefined) return null;
  const { name, storageType, kind } = column;
  const asked = ownValue(kinds, name);
  return (
    <th scope="col">
      {canName ? (
        <NameInput key={name} name={name} index={index} onName={onName} />
      ) : (
        <bdi className="preview-name" title={formatText(name)}>
          {formatName(name)}
        </bdi>
      )}
      <span className="preview-kind" data-set={asked !== undefined}>
        <KindIcon kind={asked ?? kind} />
        <select
          aria-label={`Kind of ${formatName(name)}`}
          value={asked ?? ''}
          onChange={({ currentTarget: { value } }) =>
            onKind(
              name,
              allKinds.find((each) => each === value),
            )
          }
        >
          <option value="">{asked === undefined ? kind : `${kind} (detected)`}</option>
          {allKinds
            .filter((each) => each !== kind || asked === kind)
            .map((each) => (
              <option key={each} value={each}>
                {each}
              </option>
            ))}
        </select>
      </span>
      <span className="preview-type quiet">{formatText(storageType)}</span>
    </th>
  );
}

/** Left alone it changes nothing, also where a field cannot hold the name as it is. */
function NameInput({
  name,
  index,
  onName,
}: { name: string; index: number } & Pick<Props, 'onName'>) {
  const before = useRef('');
  return (
    <input
      className="preview-name"
      aria-label={`Name of column ${index + 1}`}
      defaultValue={name}
      title={formatText(name)}
      onFocus={({ currentTarget }) => {
        before.current = currentTarget.value;
      }}
      onBlur={({ currentTarget }) => {
        const written = currentTarget.value.trim();
        if (written === '') currentTarget.value = name;
        else if (currentTarget.value !== before.current) onName(index, written);
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Enter') return;
        event.preventDefault();
        event.currentTarget.blur();
      }}
    />
  );
}

function Cell({ value }: { value: string | null }) {
  if (value === null) return <td className="preview-missing">missing</td>;
  return (
    <td title={value.length > 40 ? formatText(value) : undefined}>
      <bdi>{formatText(value.length > 200 ? `${value.slice(0, 199)}…` : value)}</bdi>
    </td>
  );
}
