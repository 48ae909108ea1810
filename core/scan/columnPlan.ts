import type { Dialect, Reading } from '../contract.js';
import {
  type DateFormat,
  dateFormat,
  isoStorageType,
  swapped,
  usualDateFormats,
} from './dateFormat.js';
import {
  isDecisive,
  isPlainNumber,
  type NumberFormat,
  plainNumbers,
  toPlainNumber,
  usualNumberFormats,
} from './numberFormat.js';

/** How the values of a column are read. */
export interface ColumnPlan {
  /** What a sample of them suggests. */
  storageType: string;
  /** Where numbers are not written plainly. */
  numbers: NumberFormat | null;
  /** Where dates are not written as in ISO 8601. */
  dates: DateFormat | null;
  /** Fits the sample as well as `dates` does, with day and month in each other's place. */
  otherDates: DateFormat | null;
}

export type ColumnConventions = Pick<
  Dialect,
  'decimal' | 'thousands' | 'dateFormat' | 'timestampFormat'
>;

/** Of a column's values at most this share may be anything else, for the others to be rewritten. */
const junkShare = 0.05;
/** Values of a column that are looked at. */
const sampleCount = 5_000;
/** Of those, the ones that many date formats are tried on. */
const triedCount = 50;

/** What each column holds, by its sampled values; `columns[i]` has those of column i that are not missing. */
export function planColumns(
  columns: readonly (readonly string[])[],
  reading: Reading,
  delimiter: string,
): ColumnPlan[] {
  const samples = columns.map((values) => values.slice(0, sampleCount));
  const asked = (reading.dateFormat ?? '')
    .split('|')
    .flatMap((text) => dateFormat(text.trim()) ?? []);
  const choices = samples.map((values) => numberChoices(reading, values));
  const common = commonNumbers(samples, choices, delimiter);
  return samples.map((values, index) => {
    const none = { numbers: null, dates: null, otherDates: null };
    if (values.length === 0) return { storageType: 'VARCHAR', ...none };
    const dates = asked.length > 0 ? bestDates(values, asked) : null;
    if (dates) return { ...none, storageType: typeOfDates(values, dates), dates };
    return (
      planNumbers(values, choices[index] as NumberFormat[], common) ??
      planIsoDates(values) ??
      (asked.length === 0 ? planDates(values) : null) ?? { storageType: 'VARCHAR', ...none }
    );
  });
}

/** Of the columns together, as a dialect tells it. */
export function conventions(plans: readonly ColumnPlan[], reading: Reading): ColumnConventions {
  const numbers = plans.flatMap(({ numbers }) => numbers ?? []);
  const dates = plans.flatMap(({ dates }) => dates ?? []);
  const patterns = (isDate: boolean) => [
    ...new Set(
      dates
        .filter(({ storageType }) => (storageType === 'DATE') === isDate)
        .map(({ pattern }) => pattern),
    ),
  ];
  return {
    decimal: reading.decimal ?? (numbers.some(({ decimal }) => decimal === ',') ? ',' : '.'),
    thousands:
      reading.thousands ?? numbers.find(({ thousands }) => thousands !== '')?.thousands ?? '',
    dateFormat: patterns(true).join('|') || null,
    timestampFormat: patterns(false).join('|') || null,
  };
}

/** What a value is stored as, so that the data engine reads it; others stay as they are. */
export function rewritten(plan: ColumnPlan, value: string): string {
  if (plan.numbers) return toPlainNumber(value, plan.numbers) ?? value;
  return plan.dates?.toIso(value) ?? value;
}

function planNumbers(
  values: readonly string[],
  choices: readonly NumberFormat[],
  common: NumberFormat | null,
): ColumnPlan | null {
  const counts = choices.map((format) =>
    fittingCount(values, (value) => toPlainNumber(value, format) !== null),
  );
  const most = Math.max(...counts);
  if (most === 0) return null;
  const best = choices.filter((_, index) => counts[index] === most);
  const likely =
    best.length === 1
      ? (best[0] as NumberFormat)
      : (best.find((choice) => values.some((value) => isDecisive(value, choice))) ??
        best.find((choice) => choice === common) ??
        (best[0] as NumberFormat));
  // whole numbers say the same in any format
  const isSame = (value: string) =>
    toPlainNumber(value, likely)?.trim() === toPlainNumber(value, plainNumbers)?.trim();
  const isPlain = likely === plainNumbers || (best.includes(plainNumbers) && values.every(isSame));
  const format = isPlain ? plainNumbers : likely;
  const numbers = format === plainNumbers ? null : format;
  const plain = values.map((value) => toPlainNumber(value, format));
  const storageType = most < values.length ? 'VARCHAR' : numberType(plain as string[]);
  return {
    storageType,
    numbers: storageType === 'VARCHAR' && numbers === null ? null : numbers,
    dates: null,
    otherDates: null,
  };
}

/** Digits that a double would lose are kept: 64-bit integers where they fit, else text. */
function numberType(values: readonly string[]): string {
  if (!values.every((value) => /^\s*[+-]?\d+\s*$/.test(value))) return 'DOUBLE';
  const isBig = values.some((value) => {
    if (value.length < 19) return false;
    const whole = BigInt(value.trim().replace('+', ''));
    return BigInt.asIntN(64, whole) !== whole;
  });
  return isBig ? 'VARCHAR' : 'BIGINT';
}

/** Those that could be meant, and whose marks the values have. */
function numberChoices({ decimal, thousands }: Reading, values: readonly string[]): NumberFormat[] {
  const text = values.join('\n');
  const has = (mark: string) => text.includes(mark);
  const choices = usualNumberFormats.filter(
    (format) =>
      format === plainNumbers ||
      ((format.decimal === ',' || format.thousands !== '') &&
        (format.thousands === '' || has(format.thousands)) &&
        (format.decimal === '.' || format.thousands !== '' || has(',')) &&
        (decimal ?? format.decimal) === format.decimal &&
        (thousands ?? format.thousands) === format.thousands),
  );
  const isKnown = choices.some((format) => format.thousands === thousands);
  if (thousands && !isKnown) choices.push({ decimal: decimal ?? '.', thousands });
  // what is asked for goes first, so that 1.234 is what it was said to be
  return decimal === undefined && !thousands
    ? choices
    : choices.sort((a, b) => Number(a === plainNumbers) - Number(b === plainNumbers));
}

/** As all usual formats begin: with a number or a month. */
const dateBeginning = /^\s*(?:\d|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)/i;

/** How the file writes numbers, where a column by itself could go either way: `1,234`. */
function commonNumbers(
  samples: readonly (readonly string[])[],
  choices: readonly (readonly NumberFormat[])[],
  delimiter: string,
): NumberFormat | null {
  for (const [index, values] of samples.entries()) {
    for (const format of choices[index] ?? []) {
      if (format === plainNumbers) continue;
      if (fittingCount(values, (value) => toPlainNumber(value, format) !== null) === 0) continue;
      if (!values.some((value) => isDecisive(value, format))) continue;
      if (isPointed(samples, format)) continue;
      return format;
    }
  }
  const comma =
    delimiter === ',' ? { decimal: '.', thousands: ',' } : { decimal: ',', thousands: '' };
  return (
    usualNumberFormats.find(
      ({ decimal, thousands }) => decimal === comma.decimal && thousands === comma.thousands,
    ) ?? null
  );
}

/** Whether another column has points that cannot be what the format takes them for. */
function isPointed(samples: readonly (readonly string[])[], format: NumberFormat): boolean {
  return (
    format.thousands === '.' &&
    samples.some(
      (values) =>
        values.length > 0 &&
        values.every(isPlainNumber) &&
        values.some((value) => isDecisive(value, plainNumbers)),
    )
  );
}

function planIsoDates(values: readonly string[]): ColumnPlan | null {
  if (values.length > 0 && isoStorageType(values[0] as string) === null) return null;
  const types = new Set(values.map(isoStorageType));
  if (types.has(null)) return null;
  const storageType = types.has('TIMESTAMP WITH TIME ZONE')
    ? 'TIMESTAMP WITH TIME ZONE'
    : types.has('TIMESTAMP')
      ? 'TIMESTAMP'
      : 'DATE';
  return { storageType, numbers: null, dates: null, otherDates: null };
}

function planDates(values: readonly string[]): ColumnPlan | null {
  const first = values.slice(0, triedCount);
  // it takes longer to make ready all formats than to try them
  if (!first.some((value) => dateBeginning.test(value))) return null;
  const likely = usualDateFormats.filter(
    (format) => fittingCount(first, (value) => format.toIso(value) !== null) > 0,
  );
  const dates = bestDates(values, likely);
  if (!dates) return null;
  const plan = { storageType: typeOfDates(values, dates), numbers: null };
  const other = likely.find(({ pattern }) => pattern === swapped(dates.pattern));
  const fits = (format: DateFormat) =>
    fittingCount(values, (value) => format.toIso(value) !== null);
  if (!other || fits(other) < fits(dates)) return { ...plan, dates, otherDates: null };
  const [one, two] = steps(values, other) < steps(values, dates) ? [other, dates] : [dates, other];
  return { ...plan, dates: one, otherDates: two };
}

function bestDates(values: readonly string[], formats: readonly DateFormat[]): DateFormat | null {
  let best: { format: DateFormat; fitting: number } | null = null;
  for (const format of formats) {
    const fitting = fittingCount(values, (value) => format.toIso(value) !== null);
    if (fitting > (best?.fitting ?? 0)) best = { format, fitting };
  }
  return best?.format ?? null;
}

function typeOfDates(values: readonly string[], format: DateFormat): string {
  return values.every((value) => format.toIso(value) !== null) ? format.storageType : 'VARCHAR';
}

/** How far apart days are from one row to the next: the right reading of a log has the smaller steps. */
function steps(values: readonly string[], format: DateFormat): number {
  let [sum, last] = [0, Number.NaN];
  for (const value of values) {
    const time = Date.parse((format.toIso(value) ?? '').slice(0, 10));
    if (Number.isNaN(time)) continue;
    if (!Number.isNaN(last)) sum += Math.abs(time - last);
    last = time;
  }
  return sum;
}

/** How many pass the test; 0 where more fail than could be junk. */
function fittingCount(values: readonly string[], test: (value: string) => boolean): number {
  const most = Math.max(values.length * junkShare, values.length > 10 ? 1 : 0);
  let unfit = 0;
  for (const value of values) if (!test(value) && ++unfit > most) return 0;
  return values.length - unfit;
}
