import { Button } from '@mantine/core';
import { IconPlayerPlay } from '@tabler/icons-react';
import { type RefObject, useEffect, useRef } from 'react';
import type { DriftReport, Finding } from '../../core/contract.js';
import { askedOptions, ownValue, withoutColumn } from '../askedOptions.js';
import { compareAgain } from '../comparison.js';
import { columnOptions } from '../formOptions.js';
import { allKinds } from '../route.js';
import { closeColumn, useStore } from '../store.js';
import { Field } from './Field.js';
import { UndoButtons } from './UndoButtons.js';

/** What can be set for one column alone; where nothing can run there is nothing to set. */
export function ColumnOptions(props: { report: DriftReport; finding: Finding }) {
  const canRun = useStore((state) => state.sources !== null);
  return canRun ? <Settings {...props} /> : null;
}

function Settings({ report, finding }: { report: DriftReport; finding: Finding }) {
  const { name } = finding;
  const { kinds, limits, binEdges, missingValues, limit } = report.options;
  const asked = ownValue(kinds, name);
  const form = useRef<HTMLFormElement>(null);
  const set = [
    asked,
    ownValue(limits, name),
    ownValue(binEdges, name),
    ownValue(missingValues, name),
  ];
  useShownValues(form, JSON.stringify(set), asked ?? '');
  return (
    <details className="panel column-options" data-testid="column-options">
      <summary>Options of this column</summary>
      <form
        className="options"
        ref={form}
        onSubmit={(event) => {
          event.preventDefault();
          const form = new FormData(event.currentTarget);
          void compareAgain(columnOptions(form, askedOptions(report), name));
        }}
      >
        <div className="fields">
          <Field label="Kind">
            <select name="kind" defaultValue={asked ?? ''}>
              <option value="">
                {asked === undefined ? `${finding.kind} (found)` : 'as found'}
              </option>
              {allKinds.map((kind) => (
                <option key={kind} value={kind}>
                  {kind}
                </option>
              ))}
            </select>
          </Field>
          <Field label="Limit of shape">
            <input
              type="number"
              name="limit"
              defaultValue={ownValue(limits, name)}
              placeholder={`${limit}, as for all`}
              min="0.000001"
              step="any"
            />
          </Field>
          <Field label="Inner bin edges">
            <input
              type="text"
              name="binEdges"
              defaultValue={ownValue(binEdges, name)?.join(', ')}
              placeholder="18, 65; else quantiles"
            />
          </Field>
          <Field label="Values that mean missing">
            <input
              type="text"
              name="missing"
              defaultValue={ownValue(missingValues, name)?.join(', ')}
              placeholder="-1, 999"
            />
          </Field>
        </div>
        <Button
          type="submit"
          data-testid="run-again"
          leftSection={<IconPlayerPlay size={15} stroke={1.8} />}
        >
          Run again
        </Button>
        <Button
          variant="subtle"
          color="gray"
          data-testid="leave-out"
          disabled={report.columns.length === 1}
          onClick={() => leaveOut(report, name)}
        >
          Leave this column out
        </Button>
        <UndoButtons />
      </form>
    </details>
  );
}

function leaveOut(report: DriftReport, name: string): void {
  void compareAgain(withoutColumn(askedOptions(report), name));
  closeColumn();
}

/** A change that was undone must not stay in the fields. */
function useShownValues(
  form: RefObject<HTMLFormElement | null>,
  values: string,
  kind: string,
): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: whenever the report has other values
  useEffect(() => {
    form.current?.reset();
    const select = form.current?.elements.namedItem('kind');
    if (select instanceof HTMLSelectElement) select.value = kind;
  }, [values]);
}
