import type { DriftReport } from '../../core/contract.js';
import { useStore } from '../store.js';
import { useFindings } from '../useFindings.js';
import { usePrinting } from '../usePrinting.js';
import { ColumnArticle } from './ColumnView.js';

/** On paper the list is followed by every column that it shows, each on a page of its own. */
export function PrintedColumns({ report }: { report: DriftReport }) {
  return usePrinting() ? <Columns report={report} /> : null;
}

function Columns({ report }: { report: DriftReport }) {
  const route = useStore((state) => state.route);
  const findings = useFindings(report, route);
  return findings.map((finding) => (
    <ColumnArticle key={finding.name} report={report} finding={finding} />
  ));
}
