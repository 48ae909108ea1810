import type { Preview } from '../../core/contract.js';
import { formatName } from '../format.js';
import { type ChosenSplit, useStore } from '../store.js';
import { Field } from './Field.js';

/** Which column parts one file into reference and current, and where. */
export function SplitFields({
  split,
  columns,
}: {
  split: ChosenSplit;
  /** Of the chosen file; empty while it is not known. */
  columns: Preview['columns'];
}) {
  const change = (changed: Partial<ChosenSplit>) =>
    useStore.setState({ split: { ...split, ...changed } });
  const kind = columns.find(({ name }) => name === split.column)?.kind;
  return (
    <section className="zone split" aria-label="Split">
      <h2 className="zone-title">Split</h2>
      <div className="split-fields">
        <Field label="By the column">
          <select
            name="splitColumn"
            data-testid="split-column"
            value={split.column}
            disabled={columns.length === 0}
            onChange={(event) => change({ column: event.currentTarget.value })}
          >
            <option value="">
              {columns.length === 0 ? 'choose a file first' : 'choose a column'}
            </option>
            {columns.map(({ name }) => (
              <option key={name} value={name}>
                {formatName(name)}
              </option>
            ))}
          </select>
        </Field>
        <Field label="At">
          <input
            type="text"
            name="splitAt"
            value={split.at}
            placeholder={
              kind === undefined ? '' : isOrdered(kind) ? 'the median' : 'the first value'
            }
            onChange={(event) => change({ at: event.currentTarget.value })}
          />
        </Field>
      </div>
      {kind !== undefined && <Legend at={split.at.trim()} hasOrder={isOrdered(kind)} />}
    </section>
  );
}

type ColumnKind = Preview['columns'][number]['kind'];

function isOrdered(kind: ColumnKind): boolean {
  return kind === 'numeric' || kind === 'datetime';
}

/** Which rows become which side. */
function Legend({ at, hasOrder }: { at: string; hasOrder: boolean }) {
  const reference = hasOrder
    ? `rows before ${at || 'the median'}`
    : `rows with ${at === '' ? 'the first of two values' : at}`;
  return (
    <dl className="split-legend">
      <dt>
        <span className="swatch-reference" aria-hidden="true" /> Reference
      </dt>
      <dd>
        <bdi>{formatName(reference)}</bdi>
      </dd>
      <dt>
        <span className="swatch-current" aria-hidden="true" /> Current
      </dt>
      <dd>the other rows; one without a value is on neither side</dd>
    </dl>
  );
}
