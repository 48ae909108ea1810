import type { Dataset, RejectedRow } from '../../core/contract.js';
import type { PythonPart } from './python.js';

/** Python functions that read a file, and the call that reads one of its columns. */
export interface Reader {
  imports: string[];
  /** Functions, the one whose name others may want first. */
  blocks: string[];
  call(path: string, column: string): string;
}

/** Rows that were not read, for a reason that begins so. */
export function hasReason({ rejectedReasons }: Dataset, start: RejectedRow['reason']): boolean {
  return rejectedReasons.some(({ reason }) => reason.startsWith(start));
}

/** What opens a file as text. */
export function openerOf(
  compression: string | null,
): Pick<PythonPart, 'imports'> & { call: string } {
  if (compression === 'gzip') return { imports: ['import gzip'], call: 'gzip.open' };
  if (compression !== 'zstd') return { imports: [], call: 'open' };
  return { imports: ['from compression import zstd  # Python 3.14'], call: 'zstd.open' };
}
