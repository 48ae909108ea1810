import type { ReportSection } from '../core/contract.js';
import { useStore } from './store.js';

/** Whether the report that is shown has a section; an export may do without it. */
export function useSection(section: ReportSection): boolean {
  return useStore(({ printed, report }) => {
    const { contents } = printed ?? report ?? {};
    return contents === undefined || contents.sections.includes(section);
  });
}
