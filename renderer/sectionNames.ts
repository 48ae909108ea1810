import type { ReportSection } from '../core/contract.js';

export const sectionNames: Record<ReportSection, string> = {
  charts: 'Charts of each column',
  measures: 'Measures, and how numbers came about',
  values: 'Frequent, new and vanished values',
  cube: 'Linked selection',
  rejected: 'Rows that could not be read',
  reading: 'How the files were read',
};
