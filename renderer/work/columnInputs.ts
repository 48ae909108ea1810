import type { ColumnSummary, Finding } from '../../core/contract.js';
import { formatCount } from '../format.js';
import type { WorkInput } from './work.js';

/** How many values of each side are in a number, and how many were left out and why. */
export function columnInputs({ reference, current }: Finding): WorkInput[] {
  return [
    { label: 'Reference values, n', value: used(reference) },
    { label: 'Current values, m', value: used(current) },
  ];
}

function used(summary: ColumnSummary): string {
  const { count, missingCount, infiniteCount, unparsedCount } = summary;
  const left = [
    ...(missingCount > 0 ? [`${formatCount(missingCount)} missing`] : []),
    ...(infiniteCount > 0 ? [`${formatCount(infiniteCount)} infinite`] : []),
  ];
  const unparsed =
    unparsedCount > 0 ? `, of them ${formatCount(unparsedCount)} not readable as their kind` : '';
  return left.length === 0
    ? `${formatCount(count)}; none left out`
    : `${formatCount(count)}; left out: ${left.join(', ')}${unparsed}`;
}
