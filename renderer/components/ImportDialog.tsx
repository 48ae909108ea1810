import { Button } from '@mantine/core';
import { IconAlertTriangle, IconRefresh } from '@tabler/icons-react';
import { useState } from 'react';
import type { Kind, Preview, Side, Source } from '../../core/contract.js';
import { sideOptions } from '../compareCommand.js';
import { formatNames } from '../detectedWords.js';
import { formatBytes, formatCounted, formatText } from '../format.js';
import {
  detectedAgain,
  draftOf,
  draftSource,
  type ImportDraft,
  withColumnName,
  withKind,
} from '../importDraft.js';
import { sourceName } from '../sourceName.js';
import { type PreviewState, usePreview } from '../usePreview.js';
import { CopyBlock } from './CopyBlock.js';
import { Field } from './Field.js';
import { Name } from './Name.js';
import { PreviewTable } from './PreviewTable.js';
import { ReadingFields } from './ReadingFields.js';
import { RejectedTable } from './RejectedTable.js';
import { SideSheet } from './SideSheet.js';

interface Props {
  side: Side;
  source: Source;
  kinds: Record<string, Kind>;
  /** What using the choices does: `Read it like this`. */
  useLabel: string;
  onUse: (source: Source, kinds: Record<string, Kind>) => void;
  onClose: () => void;
}

/** How one file is read: what was detected, each choice open to change, and the rows that come of it. */
export function ImportDialog({ side, source, kinds, useLabel, onUse, onClose }: Props) {
  const [draft, setDraft] = useState(() => draftOf(source, kinds));
  const [version, setVersion] = useState(0);
  const drafted = draftSource(source, draft);
  const state = usePreview(drafted);
  const columns = state.preview?.columns ?? [];
  return (
    <SideSheet
      title={<Title side={side} source={source} />}
      testId="import"
      onClose={onClose}
      isWide
    >
      <form
        className="import"
        onSubmit={(event) => {
          event.preventDefault();
          event.currentTarget.closest('dialog')?.close();
          onUse(drafted, draft.kinds);
        }}
      >
        <div className="import-choices">
          <div className="import-choices-head">
            <h3>{state.preview?.dialect === null ? 'Kinds' : 'How the text is read'}</h3>
            <Button
              size="compact-xs"
              leftSection={<IconRefresh size={14} stroke={1.7} />}
              data-testid="detect-again"
              onClick={() => {
                setDraft(detectedAgain(draft, columns));
                setVersion(version + 1);
              }}
            >
              Detect again
            </Button>
          </div>
          <Choices key={version} state={state} draft={draft} onChange={setDraft} />
          <OptionText side={side} source={drafted} kinds={draft.kinds} columns={columns} />
        </div>
        <div className="import-shown" aria-busy={state.isLoading}>
          <Status state={state} />
          <Shown state={state} draft={draft} onChange={setDraft} />
        </div>
        <footer className="import-foot">
          <Button type="submit" variant="filled" data-testid="use-reading">
            {useLabel}
          </Button>
          <Button onClick={(event) => event.currentTarget.closest('dialog')?.close()}>
            Cancel
          </Button>
        </footer>
      </form>
    </SideSheet>
  );
}

function Title({ side, source }: { side: Side; source: Source }) {
  return (
    <span className="import-title">
      <span className={`swatch-${side}`} aria-hidden="true" />
      How <Name text={sourceName(source)} /> is read
    </span>
  );
}

interface DraftProps {
  state: PreviewState;
  draft: ImportDraft;
  onChange: (draft: ImportDraft) => void;
}

function Choices({ state: { preview }, draft, onChange }: DraftProps) {
  const { reading, where } = draft;
  const isText = preview === null || preview.dialect !== null;
  const canReject = isText || preview.format === 'json';
  return (
    <>
      {isText && (
        <ReadingFields
          reading={reading}
          dialect={preview?.dialect ?? null}
          onChange={(next) => onChange({ ...draft, reading: next })}
        />
      )}
      <fieldset className="reading-fields">
        <legend>Which rows take part</legend>
        <Field label="Only rows where" note="SQL over the column names; text in single quotes">
          <textarea
            name="where"
            rows={2}
            spellCheck={false}
            placeholder="amount > 0 and country = 'DE'"
            value={where}
            data-set={where !== ''}
            onChange={(event) => onChange({ ...draft, where: event.currentTarget.value })}
          />
        </Field>
        {canReject && (
          <label className="check">
            <input
              type="checkbox"
              name="strict"
              checked={reading.strict === true}
              onChange={({ currentTarget: { checked } }) => {
                const { strict: _, ...others } = reading;
                onChange({ ...draft, reading: checked ? { ...others, strict: true } : others });
              }}
            />
            Fail where a row cannot be read
          </label>
        )}
      </fieldset>
    </>
  );
}

function OptionText({
  side,
  source,
  kinds,
  columns,
}: {
  side: Side;
  source: Source;
  kinds: Record<string, Kind>;
  columns: Preview['columns'];
}) {
  const own = new Set(columns.map(({ name }) => name));
  const shown = Object.fromEntries(Object.entries(kinds).filter(([name]) => own.has(name)));
  const text = sideOptions(side, source, shown);
  if (text === '') return null;
  return (
    <section className="import-command" aria-label="The same as options of the command">
      <CopyBlock text={text} label="Copy as options" blockId="import-options" />
    </section>
  );
}

function Status({ state: { preview, error, isLoading } }: { state: PreviewState }) {
  return (
    <div className="import-status">
      {error !== null && !isLoading && (
        <p className="error-line" role="alert" data-testid="preview-error">
          <IconAlertTriangle size={17} stroke={1.8} aria-hidden />
          <bdi>{error}</bdi>
        </p>
      )}
      <p className="quiet" role="status">
        {isLoading
          ? 'Reading the beginning…'
          : preview !== null && error === null && words(preview)}
      </p>
    </div>
  );
}

function words({ format, sizeBytes, columns, rows, isWhole }: Preview): string {
  const parts = [
    formatNames[format],
    formatBytes(sizeBytes),
    formatCounted(columns.length, 'column'),
    isWhole && rows.length < 100
      ? formatCounted(rows.length, 'row')
      : `the first ${formatCounted(rows.length, 'row')}`,
  ];
  return parts.join(' · ');
}

function Shown({ state: { preview, error }, draft, onChange }: DraftProps) {
  if (preview === null) return null;
  const { lines, rejectedRows, columns } = preview;
  return (
    <div className="import-preview" data-stale={error !== null}>
      <PreviewTable
        preview={preview}
        kinds={draft.kinds}
        canName={preview.dialect !== null}
        onName={(index, name) => onChange(withColumnName(draft, columns, index, name))}
        onKind={(name, kind) => onChange(withKind(draft, name, kind))}
      />
      {(lines.length > 0 || rejectedRows.length > 0) && (
        <div className="import-beginning">
          {lines.length > 0 && <Lines lines={lines} />}
          {rejectedRows.length > 0 && (
            <section className="import-part" aria-label="Rows not read">
              <h3 className="warning">
                {formatCounted(rejectedRows.length, 'row')} not read so far
              </h3>
              <div className="import-part-body">
                <RejectedTable rows={rejectedRows} pageSize={20} />
              </div>
            </section>
          )}
        </div>
      )}
    </div>
  );
}

function Lines({ lines }: { lines: string[] }) {
  return (
    <section className="import-part" aria-label="First lines">
      <h3>The first lines as they stand</h3>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and must do so by keyboard */}
      <ol className="raw-lines code" tabIndex={0} data-testid="raw-lines">
        {lines.map((line, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a line is its place and nothing else
          <li key={index}>
            <bdi>{formatText(line)}</bdi>
          </li>
        ))}
      </ol>
    </section>
  );
}
