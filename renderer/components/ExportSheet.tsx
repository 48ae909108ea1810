import {
  IconBraces,
  IconFileSpreadsheet,
  IconFileText,
  IconMarkdown,
  IconPrinter,
} from '@tabler/icons-react';
import { useState } from 'react';
import {
  type DriftReport,
  type ExportChoice,
  mostSampleRows,
  reportSections,
} from '../../core/contract.js';
import { ownTitle } from '../askedOptions.js';
import { noteOf } from '../authorNotes.js';
import type { ExportFormat } from '../engine.js';
import { printReport, saveReport } from '../exporting.js';
import { formatBytes, formatCounted } from '../format.js';
import { sectionNames } from '../sectionNames.js';
import { useExportSize } from '../useExportSize.js';
import { AuthorNote } from './AuthorNote.js';
import { ExportPrivacy, keepApart, SampleRowsFields, type TurnedOff } from './ExportPrivacy.js';
import { Field } from './Field.js';
import { SideSheet } from './SideSheet.js';

interface Format {
  format: ExportFormat;
  label: string;
  note: string;
  Icon: typeof IconBraces;
}

const formats: Format[] = [
  {
    format: 'html',
    label: 'HTML page',
    note: 'The whole interface in one file; opens anywhere, offline',
    Icon: IconFileText,
  },
  {
    format: 'pdf',
    label: 'PDF or paper',
    note: 'The list, then each column on a page of its own',
    Icon: IconPrinter,
  },
  {
    format: 'markdown',
    label: 'Summary in Markdown',
    note: 'For a pull request: the columns that need a look',
    Icon: IconMarkdown,
  },
  {
    format: 'json',
    label: 'JSON',
    note: 'Every number at full precision, for scripts',
    Icon: IconBraces,
  },
  {
    format: 'csv',
    label: 'CSV of the columns',
    note: 'One line per column, for a spreadsheet',
    Icon: IconFileSpreadsheet,
  },
];

/** What of the report to take along, and as what; the size is told before. */
export function ExportSheet({
  report,
  isReport,
  onClose,
}: {
  report: DriftReport;
  /** An exported one cannot be cut down further: there is nobody to do it. */
  isReport: boolean;
  onClose: () => void;
}) {
  const [choice, setChoice] = useState<ExportChoice>({});
  const [turnedOff, setTurnedOff] = useState<TurnedOff>(null);
  const size = useExportSize(choice, report);
  const shown = isReport
    ? formats.filter(({ format }) => ['json', 'pdf'].includes(format))
    : formats;
  const take = (format: ExportFormat) => {
    onClose();
    void (format === 'pdf' ? printReport(choice) : saveReport(format, choice));
  };
  return (
    <SideSheet
      title={isReport ? 'Save this report' : 'Export this report'}
      testId="export-sheet"
      onClose={onClose}
    >
      {(!isReport || report.sampleRows !== undefined) && (
        <form
          className="options export"
          onSubmit={(event) => event.preventDefault()}
          onInput={({ currentTarget, target }) => {
            setTurnedOff(keepApart(currentTarget, target));
            setChoice(chosen(new FormData(currentTarget), isReport));
          }}
        >
          {isReport ? (
            <fieldset className="fields">
              <legend>Privacy</legend>
              <SampleRowsFields report={report} />
            </fieldset>
          ) : (
            <>
              <Contents report={report} choice={choice} />
              <ExportPrivacy report={report} turnedOff={turnedOff} />
            </>
          )}
        </form>
      )}
      {!isReport && (
        <section className="sheet-part">
          <h3>Your note to the report</h3>
          <AuthorNote report={report} column={null} />
          <p className="quiet">{columnNotes(report)}</p>
        </section>
      )}
      <h3>Save as</h3>
      <ul className="export-formats">
        {shown.map(({ format, label, note, Icon }) => (
          <li key={format}>
            <button
              type="button"
              className="export-format"
              data-testid={`export-${format}`}
              onClick={() => take(format)}
            >
              <Icon size={20} stroke={1.5} aria-hidden />
              <span className="export-words">
                {label}
                <span className="menu-note">{note}</span>
              </span>
              {format === 'html' && (
                <span className="export-size" role="status" data-testid="export-size">
                  {size === null ? '' : formatBytes(size)}
                </span>
              )}
            </button>
          </li>
        ))}
      </ul>
      <p className="quiet export-inside" data-testid="export-inside">
        {insideWords(report, choice)}
      </p>
    </SideSheet>
  );
}

function Contents({ report, choice }: { report: DriftReport; choice: ExportChoice }) {
  const { sections = reportSections, maskBelow } = choice;
  const has = report.contents?.sections ?? reportSections;
  const shown = has.filter((section) => section !== 'cube' || report.cube !== undefined);
  // its bins name values, and its cells are few rows
  const cubeGoes = maskBelow !== undefined || !sections.includes('values');
  return (
    <fieldset className="fields">
      <legend>What is in it</legend>
      <div className="export-title">
        <Field label="Title">
          <input
            type="text"
            name="title"
            maxLength={200}
            defaultValue={ownTitle(report)}
            placeholder={report.options.title}
          />
        </Field>
      </div>
      <label className="check">
        <input type="checkbox" checked disabled readOnly />
        Overview: verdicts, effects and reasons
      </label>
      {shown.map((section) => (
        <label key={section} className="check">
          <input
            type="checkbox"
            name="section"
            value={section}
            defaultChecked
            disabled={section === 'cube' && cubeGoes}
          />
          {sectionNames[section]}
          {section === 'cube' && (
            <span className="quiet" data-testid="cube-size">
              {cubeGoes ? 'left out: it tells of values and few rows' : cubeSize(report)}
            </span>
          )}
        </label>
      ))}
    </fieldset>
  );
}

function cubeSize({ cube }: DriftReport): string {
  return `${formatBytes(JSON.stringify(cube).length)} of counts`;
}

function chosen(form: FormData, isReport: boolean): ExportChoice {
  const rowCount = Number(form.get('rowCount'));
  const hasRows =
    form.get('rows') !== null &&
    Number.isInteger(rowCount) &&
    rowCount >= 1 &&
    rowCount <= mostSampleRows;
  const rows = hasRows && { sampleRows: rowCount };
  if (isReport) return { ...rows };
  const wanted = form.getAll('section');
  const title = String(form.get('title') ?? '').trim();
  const below = Number(form.get('below'));
  const isMasked = form.get('private') !== null && Number.isInteger(below) && below >= 2;
  return {
    ...(title !== '' && { title }),
    sections: reportSections.filter((section) => wanted.includes(section)),
    ...(isMasked && { maskBelow: below }),
    ...rows,
  };
}

function columnNotes(report: DriftReport): string {
  const count = report.columns.filter(({ name }) => noteOf(report, name) !== '').length;
  return count === 0
    ? 'A column has a place for a note in its own view.'
    : `${formatCounted(count, 'column')} with a note of its own.`;
}

function insideWords(report: DriftReport, choice: ExportChoice): string {
  const { sections, maskBelow, sampleRows } = choice;
  const hasRejected = sections?.includes('rejected') ?? true;
  const rowCount = report.reference.rejectedRows.length + report.current.rejectedRows.length;
  if (maskBelow !== undefined)
    return `Counts and summaries; values of fewer than ${formatCounted(maskBelow, 'row')} are masked.`;
  const rows =
    rowCount > 0 && hasRejected
      ? `, and the text of ${formatCounted(rowCount, 'row')} not read`
      : '';
  const sampled =
    sampleRows === undefined
      ? 'no other rows of your data'
      : `and in HTML and JSON up to ${formatCounted(sampleRows, 'row')} of each side as they stand`;
  return `Counts, summaries, extremes and frequent values${rows}; ${sampled}.`;
}
