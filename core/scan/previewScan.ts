import type { Preview } from '../contract.js';
import { inferKind } from './inferKind.js';
import type { Scan } from './scan.js';

const previewRowCount = 100;

/** The first rows of what was opened, with the kinds that this side alone suggests. */
export async function previewScan(scan: Scan): Promise<Preview> {
  const { name, format, sizeBytes, columns, dialect, rejectedRows } = scan.dataset;
  const profiles = await scan.profiles(columns.map((_, index) => index));
  return {
    ...{ name, format, sizeBytes, dialect, rejectedRows },
    columns: columns.map((column, index) => {
      const profile = profiles[index];
      if (!profile) throw new RangeError(`no profile of column ${index}`);
      // a column without values could be of any kind
      const choice = inferKind({ reference: profile, current: profile });
      return { ...column, kind: choice?.kind ?? 'text' };
    }),
    lines: [],
    rows: await scan.rows(0, previewRowCount),
    isWhole: true,
  };
}
