import { Button } from '@mantine/core';
import { IconPlayerPlay } from '@tabler/icons-react';
import { useState } from 'react';
import type { CompareOptions, DriftReport, Side, Source } from '../../core/contract.js';
import { askedOptions } from '../askedOptions.js';
import { compareCommand } from '../compareCommand.js';
import { compareAgain } from '../comparison.js';
import { formatName } from '../format.js';
import { filteredSources, generalOptions, withoutEntry } from '../formOptions.js';
import { recipe } from '../recipe.js';
import { useStore } from '../store.js';
import { CopyBlock } from './CopyBlock.js';
import { Field } from './Field.js';
import { SideSheet } from './SideSheet.js';

/** How the comparison judges: changed here, then run again, or taken along as a command or a recipe. */
export function OptionsPanel({ report, onClose }: { report: DriftReport; onClose: () => void }) {
  const [options, setOptions] = useState(() => askedOptions(report));
  const shown = useStore((state) => state.sources);
  const [sources, setSources] = useState(
    () =>
      shown ?? {
        reference: { path: report.reference.name },
        current: { path: report.current.name },
      },
  );
  const asked = [sources.reference, sources.current, options] as const;
  return (
    <SideSheet title="Options" testId="options" onClose={onClose}>
      <form
        className="options"
        onInput={(event) => {
          const form = new FormData(event.currentTarget);
          setOptions(generalOptions(form, options));
          setSources(filteredSources(form, sources));
        }}
        onSubmit={(event) => {
          event.preventDefault();
          const form = new FormData(event.currentTarget);
          void compareAgain(generalOptions(form, options), filteredSources(form, sources));
          onClose();
        }}
      >
        <Judging options={options} />
        <Rows report={report} options={options} sources={sources} />
        <Measuring options={options} />
        <More report={report} options={options} />
        <ByColumn options={options} onChange={setOptions} />
        <Button
          type="submit"
          variant="filled"
          data-testid="run-again"
          leftSection={<IconPlayerPlay size={15} stroke={1.8} />}
        >
          Run again
        </Button>
      </form>
      <h3>The same as a command</h3>
      <CopyBlock text={compareCommand(...asked)} label="Copy as command" buttonId="copy-command" />
      <h3>The same as a recipe</h3>
      <CopyBlock
        text={recipe(...asked)}
        label="Copy as recipe"
        blockId="recipe"
        buttonId="copy-recipe"
      />
    </SideSheet>
  );
}

function Judging({ options }: { options: CompareOptions }) {
  return (
    <fieldset className="fields">
      <legend>What counts as drifted</legend>
      <Field label="Alpha" note="level of the corrected tests">
        <Share name="alpha" value={options.alpha} most={0.999} />
      </Field>
      <Field label="Correction" note="for many columns">
        <select name="correction" defaultValue={options.correction}>
          <option value="bh">Benjamini-Hochberg</option>
          <option value="holm">Holm</option>
          <option value="none">none</option>
        </select>
      </Field>
      <Field label="Limit of shape" note="in σ, or of Jensen-Shannon distance">
        <Share name="limit" value={options.limit} />
      </Field>
      <Field label="Limit of missing" note="difference of shares; 0.05 is 5 points">
        <Share name="missingLimit" value={options.missingLimit} most={0.999} />
      </Field>
      <Field label="Limit of support" note="share of current rows never seen">
        <Share name="supportLimit" value={options.supportLimit} most={0.999} />
      </Field>
    </fieldset>
  );
}

function Rows({
  report,
  options,
  sources,
}: {
  report: DriftReport;
  options: CompareOptions;
  sources: Record<Side, Source>;
}) {
  const { splitBy } = options;
  const columns = [
    report.options.splitBy?.column ?? '',
    ...report.reference.columns.map(({ name }) => name),
  ];
  return (
    <fieldset className="fields">
      <legend>Which rows are compared</legend>
      <Condition
        name="reference"
        label={splitBy === undefined ? 'Reference rows where' : 'Rows where'}
        source={sources.reference}
      />
      {splitBy === undefined && (
        <Condition name="current" label="Current rows where" source={sources.current} />
      )}
      <Field label="Sample" note="rows a side at most, drawn by the seed">
        <input
          type="number"
          name="sample"
          defaultValue={options.sample}
          placeholder="all rows"
          min="1"
          step="1"
        />
      </Field>
      {splitBy !== undefined && (
        <>
          <Field label="Split by">
            <select name="splitColumn" defaultValue={splitBy.column}>
              {[...new Set(columns)].map((name) => (
                <option key={name} value={name}>
                  {formatName(name)}
                </option>
              ))}
            </select>
          </Field>
          <Field label="At" note="empty: the median, or the first of two values">
            <input type="text" name="splitAt" defaultValue={splitBy.at} />
          </Field>
        </>
      )}
    </fieldset>
  );
}

function Condition({ name, label, source }: { name: Side; label: string; source: Source }) {
  return (
    <Field label={label} note="SQL over the column names; text in single quotes">
      <input
        type="text"
        name={`${name}Where`}
        defaultValue={source.where}
        placeholder="all rows"
        autoComplete="off"
        spellCheck={false}
      />
    </Field>
  );
}

function Share({ name, value, most }: { name: string; value?: number | undefined; most?: number }) {
  return (
    <input
      type="number"
      name={name}
      defaultValue={value}
      required
      min="0.000001"
      max={most}
      step="any"
    />
  );
}

function Measuring({ options }: { options: CompareOptions }) {
  const isChosen = Array.isArray(options.measures) && options.measures.length > 0;
  return (
    <fieldset className="fields">
      <legend>What is measured</legend>
      <Field label="Measures">
        <select
          name="measures"
          defaultValue={options.measures === 'all' ? 'all' : isChosen ? 'chosen' : 'usual'}
        >
          <option value="usual">the usual ones</option>
          {isChosen && <option value="chosen">the usual ones and those asked for</option>}
          <option value="all">all</option>
        </select>
      </Field>
      <Field label="Bins" note="at most, for PSI and its kin">
        <input
          type="number"
          name="bins"
          defaultValue={options.bins}
          required
          min="2"
          max="1000"
          step="1"
        />
      </Field>
    </fieldset>
  );
}

function More({ report, options }: { report: DriftReport; options: CompareOptions }) {
  const times = report.columns.filter(({ kind }) => kind === 'datetime').map(({ name }) => name);
  return (
    <fieldset className="fields">
      <legend>What stands beside it</legend>
      <label className="check">
        <input type="checkbox" name="baseline" defaultChecked={options.baseline} />
        Compare the reference with itself
      </label>
      <Field label="Its halves are split">
        <select name="timestamp" defaultValue={options.timestamp ?? ''}>
          <option value="">at random</option>
          {times.map((name) => (
            <option key={name} value={name}>
              by the time {formatName(name)}
            </option>
          ))}
        </select>
      </Field>
      <label className="check">
        <input type="checkbox" name="profile" defaultChecked={options.profile === 'evidently'} />
        Show Evidently’s verdicts
      </label>
    </fieldset>
  );
}

const settings = {
  kinds: 'kind',
  limits: 'limit',
  binEdges: 'bin edges',
  missingValues: 'missing',
} as const;

/** What is set for single columns, each with a way to take it back. */
function ByColumn({
  options,
  onChange,
}: {
  options: CompareOptions;
  onChange: (options: CompareOptions) => void;
}) {
  const set = (Object.keys(settings) as (keyof typeof settings)[]).flatMap((option) =>
    Object.entries(options[option] ?? {}).map(([column, value]) => ({ option, column, value })),
  );
  const { exclude = [] } = options;
  if (set.length === 0 && exclude.length === 0) return null;
  return (
    <fieldset className="fields">
      <legend>Set for single columns</legend>
      <ul className="set-columns">
        {set.map(({ option, column, value }) => (
          <li key={`${option} ${column}`}>
            <bdi>{formatName(column)}</bdi>
            <span className="quiet">
              {settings[option]} <bdi>{formatName(String(value))}</bdi>
            </span>
            <button
              type="button"
              className="link"
              onClick={() => onChange(withoutEntry(options, option, column))}
            >
              remove
            </button>
          </li>
        ))}
        {exclude.map((column) => (
          <li key={`left out ${column}`}>
            <bdi>{formatName(column)}</bdi>
            <span className="quiet">left out</span>
            <button
              type="button"
              className="link"
              onClick={() =>
                onChange({ ...options, exclude: exclude.filter((other) => other !== column) })
              }
            >
              compare it again
            </button>
          </li>
        ))}
      </ul>
    </fieldset>
  );
}
