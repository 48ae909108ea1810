import { IconEyeOff } from '@tabler/icons-react';
import { type ReportContents, reportSections } from '../../core/contract.js';
import { formatCount } from '../format.js';
import { sectionNames } from '../sectionNames.js';

/** What an export does not have, so that nobody takes it for nothing. */
export function ContentsLine({ contents }: { contents: ReportContents }) {
  const left = reportSections.filter((section) => !contents.sections.includes(section));
  const names = left.map((section) => sectionNames[section].toLowerCase());
  const { maskedBelow } = contents;
  return (
    <p className="fact" data-testid="contents">
      <IconEyeOff size={16} stroke={1.7} aria-hidden />
      <span>
        {names.length > 0 && `Left out of this report: ${names.join(', ')}. `}
        {maskedBelow !== null &&
          `Values of fewer than ${formatCount(maskedBelow)} rows are put together, and extremes and the words of single rows are left out.`}
      </span>
    </p>
  );
}
