import Papa from 'papaparse';
import type { DriftReport } from '../core/index.js';

/** Text that a spreadsheet would run as a formula, in full-width signs too; a negative number is none, `-1+1` is one. */
const formula = /^\s*[=+@\t\r＝＋＠]|^\s*[-－](?!\d+(?:\.\d+)?$)/;

/** One line per column: the verdict and the numbers behind it. */
export function reportCsv(report: DriftReport): string {
  const rows = report.columns.map((finding) => ({
    column: finding.name,
    kind: finding.kind,
    verdict: finding.verdict,
    severity: finding.severity,
    channel: finding.channel,
    effectMeasure: finding.effect?.measure ?? null,
    effect: finding.effect?.value ?? null,
    effectLow: finding.effect?.interval[0] ?? null,
    effectHigh: finding.effect?.interval[1] ?? null,
    limit: finding.effect?.limit ?? null,
    pValue: finding.pValue,
    adjustedPValue: finding.adjustedPValue,
    referenceCount: finding.reference.count,
    currentCount: finding.current.count,
    referenceMissingCount: finding.reference.missingCount,
    currentMissingCount: finding.current.missingCount,
    reason: finding.reason,
  }));
  return `${Papa.unparse(rows, { escapeFormulae: formula, newline: '\n' })}\n`;
}
