/** What became of one file, as the child that opened it tells and the runner judges. */

/** Plain data, from the child. */
export type Answer =
  | { kind: 'read'; opened: Counts; compared: Counts; driftedCount: number }
  | { kind: 'refused'; code: string; message: string; isFault: boolean };

export interface Counts {
  rowCount: number;
  rejectedRowCount: number;
  /** Lines before the table that the dialect says were skipped. */
  skippedLineCount: number;
}

/** What the runner knows of a child that gave an answer, or did not. */
export type Ending =
  | { kind: 'answered'; answer: Answer }
  | { kind: 'crashed'; why: string }
  | { kind: 'hung'; why: string };

/** `rows lost` and `rows added` are said against a count from elsewhere; also lost: opening and comparing disagree. */
export type Status = 'read' | 'refused' | 'rows lost' | 'rows added' | 'crashed' | 'hung';

export const statuses: readonly Status[] = [
  'read',
  'refused',
  'rows lost',
  'rows added',
  'crashed',
  'hung',
];

/** How many rows a file has, according to something other than this project. */
export interface Expected {
  /** Any of these will do: readers differ. */
  rowCounts: number[];
  /** `exact`: neither fewer nor more. `least`: not fewer. `hint`: only remarked on. */
  strength: 'exact' | 'least' | 'hint';
  source: string;
}

export interface FileOutcome {
  path: string;
  status: Status;
  seconds: number;
  rowCount: number | null;
  rejectedRowCount: number | null;
  expectedRowCounts: number[] | null;
  expectedFrom: string | null;
  /** The sentence of a refusal, or what is wrong or worth a look. */
  remark: string;
}

type Judged = Pick<FileOutcome, 'status' | 'remark'>;

/** The status of a file, from what its child said and what was expected of it. */
export function fileOutcome(
  path: string,
  ending: Ending,
  expected: Expected | null,
  seconds: number,
): FileOutcome {
  const answer = ending.kind === 'answered' ? ending.answer : null;
  const counts = answer?.kind === 'read' ? answer.compared : null;
  return {
    path,
    ...judge(ending, expected),
    seconds,
    rowCount: counts?.rowCount ?? null,
    rejectedRowCount: counts?.rejectedRowCount ?? null,
    expectedRowCounts: expected?.rowCounts ?? null,
    expectedFrom: expected && `${expected.source} (${expected.strength})`,
  };
}

function judge(ending: Ending, expected: Expected | null): Judged {
  if (ending.kind !== 'answered') return { status: ending.kind, remark: ending.why };
  const { answer } = ending;
  if (answer.kind === 'refused') {
    return { status: answer.isFault ? 'crashed' : 'refused', remark: answer.message };
  }
  const { opened, compared, driftedCount } = answer;
  const accounted = opened.rowCount + opened.rejectedRowCount;
  const comparedCount = compared.rowCount + compared.rejectedRowCount;
  if (accounted !== comparedCount) {
    return {
      status: 'rows lost',
      remark: `opening it accounts for ${accounted} rows, comparing it for ${comparedCount}`,
    };
  }
  const miscounted = expected && miscount(compared, expected);
  if (miscounted) return miscounted;
  if (driftedCount > 0)
    return { status: 'read', remark: `differs from itself in ${driftedCount} columns` };
  return { status: 'read', remark: '' };
}

/** A row is accounted for when it was read, rejected, or stands among the lines that were skipped. */
function miscount(counts: Counts, { rowCounts, strength, source }: Expected): Judged | null {
  const { rowCount, rejectedRowCount, skippedLineCount } = counts;
  const accounted = rowCount + rejectedRowCount + skippedLineCount;
  if (rowCounts.some((expected) => rowCount <= expected && expected <= accounted)) return null;
  const most = Math.max(...rowCounts);
  const isShort = accounted < most;
  const remark = `${source} has ${rowCounts.join(' or ')} rows`;
  if (strength === 'hint' || (strength === 'least' && !isShort)) return { status: 'read', remark };
  return { status: isShort ? 'rows lost' : 'rows added', remark };
}
