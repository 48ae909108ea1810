import { type Table, tableFromArrays } from 'apache-arrow';

/** What every file holds. */
export interface Row {
  amount: number | null;
  people: number;
  day: Date;
  note: string;
  word: string | null;
  code: string;
}

/** Numbers, whole numbers, days, texts beyond ASCII, few levels and many; the current side has moved. */
function rowsOf(rowCount: number, shift: number): Row[] {
  return Array.from({ length: rowCount }, (_, i) => {
    const draw = (i * 7919 + shift * 31) % 1009;
    return {
      amount: i % 17 === 0 ? null : draw / 8 + shift,
      people: draw * 1_234 + shift,
      day: new Date(Date.UTC(2026, 0, 1 + (draw % 300))),
      note: `größe ${draw} of “the” thing ${i}`,
      word: i % 23 === 0 ? null : (['été', 'b', 'c d'][(draw + shift) % 3] ?? ''),
      code: `c${draw % (90 + shift)}`,
    };
  });
}

export const before = rowsOf(300, 0);
export const after = rowsOf(240, 3);

interface TextFormat {
  delimiter?: string;
  number?: (value: number) => string;
  day?: (day: string) => string;
  missing?: string;
  header?: boolean;
  above?: string;
}

export function textTable(rows: Row[], format: TextFormat = {}): string {
  const { delimiter = ',', number = String, day = String, missing = '' } = format;
  const values = rows.map((row) => [
    row.amount === null ? missing : number(row.amount),
    number(row.people),
    day(row.day.toISOString().slice(0, 10)),
    row.note,
    row.word ?? missing,
    row.code,
  ]);
  const names = ['amount', 'people', 'day', 'note', 'word', 'code'];
  const quoted = (value: string) =>
    value.includes(delimiter) || value.includes('"') ? `"${value.replaceAll('"', '""')}"` : value;
  const lines = [...(format.header === false ? [] : [names]), ...values].map((line) =>
    line.map(quoted).join(delimiter),
  );
  return `${format.above ?? ''}${lines.join('\n')}\n`;
}

export function objects(rows: Row[]): Record<string, unknown>[] {
  return rows.map((row) => ({ ...row, day: row.day.toISOString().slice(0, 10) }));
}

export function jsonLines(rows: Row[]): string {
  return `${objects(rows)
    .map((row) => JSON.stringify(row))
    .join('\n')}\n`;
}

export function arrowTable(rows: Row[]): Table {
  return tableFromArrays({
    amount: rows.map(({ amount }) => amount),
    people: Float64Array.from(rows, ({ people }) => people),
    day: rows.map(({ day }) => day),
    note: rows.map(({ note }) => note),
    word: rows.map(({ word }) => word),
    code: rows.map(({ code }) => code),
  });
}
