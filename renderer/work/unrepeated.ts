import type { DriftReport, Finding } from '../../core/contract.js';
import { formatCounted } from '../format.js';
import { hasReason } from './reader.js';
import { areNamesakes, sideFiles, sides } from './sideFile.js';
import { splitOf } from './splitCode.js';

/** What Python cannot do again of how the files were read: a sentence each. */
export function unrepeated(finding: Finding, report: DriftReport): string[] {
  const files = sideFiles(finding, report);
  if (files === null) return [];
  return [
    ...sides.flatMap((side) =>
      report[side].leftOut.flatMap(({ why, rowCount }) =>
        why === 'split'
          ? []
          : `A ${why === 'sample' ? 'seeded sample' : 'condition'} left out ${formatCounted(rowCount, 'row')} of the ${side}, which Python does not repeat`,
      ),
    ),
    ...(report.options.splitBy !== null && splitOf(files.reference, report) === null
      ? ['The file was split at a value that the report does not give in full']
      : []),
    ...sides.flatMap((side) =>
      hasReason(report[side], 'a quote is opened') ||
      hasReason(report[side], 'quotes in the wrong place') ||
      hasReason(report[side], 'the line is longer') ||
      hasReason(report[side], 'another number of values')
        ? `Damaged rows of the ${side} were left out that Python may read otherwise`
        : [],
    ),
    ...(areNamesakes(finding, report)
      ? ['Both files have one name, so they are read from the folders reference and current']
      : []),
  ];
}
