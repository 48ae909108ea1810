import type { Dataset, RejectedRow } from '../contract.js';

/** Rows that could not be read: all of them counted, the first ones kept. */
export interface Rejects {
  add(row: RejectedRow): void;
  found(): Pick<Dataset, 'rejectedRowCount' | 'rejectedReasons' | 'rejectedRows'>;
}

const keptRejectCount = 1_000;
const keptTextLength = 200;
/** What damage can say is without end: a row may have any number of values. */
const reasonCount = 100;
const otherReasons = 'another number of values';

export function createRejects(): Rejects {
  const counts = new Map<string, number>();
  const rejectedRows: RejectedRow[] = [];
  let rejectedRowCount = 0;
  return {
    add(row) {
      rejectedRowCount++;
      const reason =
        counts.has(row.reason) || counts.size < reasonCount ? row.reason : otherReasons;
      counts.set(reason, (counts.get(reason) ?? 0) + 1);
      if (rejectedRows.length < keptRejectCount)
        rejectedRows.push({ ...row, text: row.text.slice(0, keptTextLength) });
    },
    found: () => ({
      rejectedRowCount,
      rejectedReasons: Array.from(counts, ([reason, rowCount]) => ({ reason, rowCount })).sort(
        (a, b) => b.rowCount - a.rowCount,
      ),
      rejectedRows,
    }),
  };
}
