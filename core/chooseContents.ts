import {
  type AuthorNotes,
  type Dataset,
  type DriftReport,
  type ExportChoice,
  type Finding,
  type ReportSection,
  reportSections,
} from './contract.js';
import { badOption, messages } from './errors.js';
import { maskReport } from './maskReport.js';
import { withSampleRows } from './withSampleRows.js';

/**
 * The report as it is to be exported: titled, with the author's notes, masked, with the chosen sections alone, and with
 * sample rows where they are asked for.
 *
 * @throws {DriftError} `bad-option` where it is to be masked and to have rows
 */
export function chooseContents(whole: DriftReport, choice: ExportChoice): DriftReport {
  const { title, maskBelow, sampleRows = null } = choice;
  if (maskBelow !== undefined && sampleRows !== null) throw badOption(messages.rowsOrMask());
  const report = withSampleRows(whole, whole.contents?.maskedBelow == null ? sampleRows : null);
  const { authorNotes: notes = report.authorNotes } = choice;
  const { authorNotes: _, contents: earlier, ...rest } = report;
  const before = earlier?.sections ?? reportSections;
  const maskedBelow = Math.max(maskBelow ?? 0, earlier?.maskedBelow ?? 0) || null;
  const chosen = before.filter((section) => choice.sections?.includes(section) ?? true);
  // its bins of categories are values, and its cells hold few rows
  const hasCube = chosen.includes('values') && maskedBelow === null;
  const sections = chosen.filter((section) => section !== 'cube' || hasCube);
  const isWhole = sections.length === reportSections.length && maskedBelow === null;
  const named: DriftReport = {
    ...rest,
    ...(title !== undefined && { options: { ...report.options, title } }),
    ...(notes !== undefined && hasWords(notes) && { authorNotes: notes }),
    ...(!isWhole && { contents: { sections: [...sections], maskedBelow } }),
  };
  const masked = maskBelow === undefined ? named : maskReport(named, maskBelow);
  return withoutSections(
    masked,
    reportSections.filter((section) => !sections.includes(section)),
  );
}

function hasWords({ report, columns }: AuthorNotes): boolean {
  return report !== null || Object.keys(columns).length > 0;
}

function withoutSections(report: DriftReport, left: ReportSection[]): DriftReport {
  if (left.length === 0) return report;
  const { cube, ...others } = report;
  return {
    ...others,
    ...(cube && !left.includes('cube') && { cube }),
    reference: withoutRows(report.reference, left),
    current: withoutRows(report.current, left),
    options: left.includes('reading')
      ? { ...report.options, missingValues: {}, binEdges: {} }
      : report.options,
    columns: report.columns.map((finding) => withoutParts(finding, left)),
  };
}

function withoutRows(dataset: Dataset, left: ReportSection[]): Dataset {
  return {
    ...dataset,
    ...(left.includes('rejected') && { rejectedRows: [] }),
    ...(left.includes('reading') && { dialect: null }),
  };
}

/** The small picture in the list is part of the overview, so a histogram stays; levels are values. */
function withoutParts(finding: Finding, left: ReportSection[]): Finding {
  const { ecdf, hours, weekdays, categories, ...overview } = finding.charts;
  const hasCharts = !left.includes('charts');
  const hasValues = !left.includes('values');
  return {
    ...finding,
    ...(left.includes('measures') && { measures: {} }),
    charts: {
      ...overview,
      ...(hasCharts && ecdf && { ecdf }),
      ...(hasCharts && hours && { hours }),
      ...(hasCharts && weekdays && { weekdays }),
      ...(hasValues && categories && { categories }),
    },
    ...(!hasValues && {
      reference: { ...finding.reference, top: null },
      current: { ...finding.current, top: null },
      disguisedMissing: [],
      text: finding.text && { ...finding.text, risen: [], fallen: [] },
    }),
  };
}
