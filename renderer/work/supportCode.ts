import type { DriftReport, Finding } from '../../core/contract.js';
import { columnCode } from './columnCode.js';
import { countsCode, countsOf } from './countsCode.js';
import type { PythonPart } from './python.js';

/** Python that counts the current rows never seen in the reference into `new`, among `current_count`. */
export function supportCode(finding: Finding, report: DriftReport): PythonPart {
  if (finding.charts.categories !== undefined) {
    const { imports, code } = countsCode(countsOf(finding), finding, report);
    return {
      imports,
      code: `${code}\n\nnew, current_count = current[reference == 0].sum(), current.sum()`,
    };
  }
  const { imports, code } = columnCode(finding, report);
  return {
    imports,
    code: `${code}

is_new = (current < reference.min()) | (current > reference.max())
new, current_count = is_new.sum(), len(current)`,
  };
}
