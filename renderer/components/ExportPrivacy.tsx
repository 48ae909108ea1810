import { type DriftReport, mostSampleRows } from '../../core/contract.js';
import { formatCount } from '../format.js';
import { useStore } from '../store.js';
import { Field } from './Field.js';

const usualBelow = 5;
const usualRows = 20;

/** Of two that exclude each other, the one that was turned off by the other. */
export type TurnedOff = 'private' | 'rows' | null;

/** Whether to mask what tells of few rows, or to take rows along as they stand. */
export function ExportPrivacy({
  report,
  turnedOff,
}: {
  report: DriftReport;
  turnedOff: TurnedOff;
}) {
  return (
    <fieldset className="fields">
      <legend>Privacy</legend>
      <p className="quiet">
        An export has aggregates: no sample rows unless you ask for them, no paths, and no rows but
        the text of those that could not be read. Where rows are few, aggregates too may tell who
        they are.
      </p>
      <label className="check">
        <input type="checkbox" name="private" data-testid="export-private" />
        Mask what tells of few rows
      </label>
      <Field label="Fewer than" note="rows with one value: it is put with others as (rare values)">
        <input
          type="number"
          name="below"
          defaultValue={usualBelow}
          required
          min="2"
          max="1000000"
          step="1"
        />
      </Field>
      <p className="quiet">
        Masking also leaves out the linked selection, the smallest and largest values and the outer
        percentiles, words of texts, and the text of rows that were not read; it rounds counts of
        charts and the edges of their bins. Column and file names, your title and your notes stay as
        they are.
      </p>
      <SampleRowsFields report={report} />
      {turnedOff !== null && (
        <p className="quiet export-apart" role="status" data-testid="export-apart">
          {turnedOff === 'rows'
            ? 'Sample rows were turned off: a masked export has no rows.'
            : 'Masking was turned off: rows as they stand would tell what it hides.'}
        </p>
      )}
    </fieldset>
  );
}

/** The switch for rows, and how many. */
export function SampleRowsFields({ report }: { report: DriftReport }) {
  const hasFiles = useStore(({ mode, sources }) => mode === 'app' && sources !== null);
  const { reference, current } = report.sampleRows ?? { reference: null, current: null };
  const known = Math.max(reference?.rows.length ?? 0, current?.rows.length ?? 0);
  const most = hasFiles ? mostSampleRows : known;
  const isNone = most === 0;
  return (
    <>
      <label className="check">
        <input type="checkbox" name="rows" data-testid="export-rows" disabled={isNone} />
        Include sample rows
      </label>
      <Field
        label="Rows of each side"
        note={isNone ? 'the data are not at hand' : `up to ${formatCount(most)}`}
      >
        <input
          type="number"
          name="rowCount"
          defaultValue={isNone ? '' : Math.min(usualRows, most)}
          disabled={isNone}
          required
          min="1"
          max={most}
          step="1"
        />
      </Field>
      <p className="quiet">
        Sample rows are real rows of your data, with every column and value as it stands. Whoever
        gets the HTML page or the JSON can read them; the other formats do not have them.
      </p>
    </>
  );
}

/** Masking and rows exclude each other: turning one on turns the other off. */
export function keepApart(form: HTMLFormElement, changed: EventTarget): TurnedOff {
  if (!(changed instanceof HTMLInputElement) || !changed.checked) return null;
  const name = { private: 'rows', rows: 'private' }[changed.name] as TurnedOff | undefined;
  const other = name && form.elements.namedItem(name);
  if (name === undefined || !(other instanceof HTMLInputElement) || !other.checked) return null;
  other.checked = false;
  return name;
}
