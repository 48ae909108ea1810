import type { ColumnSummary, DriftReport, Finding, Side } from '../../core/contract.js';
import { ownValue } from '../askedOptions.js';
import { arrowReader, parquetReader } from './arrowReader.js';
import {
  millisecondsCode,
  numberCode,
  numbersCode,
  someTimesCode,
  timesCode,
} from './converters.js';
import { csvReader } from './csvReader.js';
import { jsonReader } from './jsonReader.js';
import { type PythonPart, pythonNumber, pythonString } from './python.js';
import type { Reader } from './reader.js';
import { type SideFile, sideFiles, sides } from './sideFile.js';
import { isNumberType, type Split, splitOf } from './splitCode.js';
import { unrepeated } from './unrepeated.js';
import { type Step, writtenDates, writtenNumbers } from './writtenAs.js';

/** What is wanted of a column's values. */
export type ColumnReading = 'numbers' | 'times' | 'lengths' | 'levels' | 'all';

type Files = Record<Side, SideFile>;

/** By this the code is known to read the column. */
export const checkMessage = "not the report's values";

/**
 * Python that reads one column from both files into `reference` and `current`: arrays of numbers,
 * counters of levels, or with `all` every value as it stands, None where it is missing. It stops where the
 * values are not those of the report.
 */
export function columnCode(
  finding: Finding,
  report: DriftReport,
  reading: ColumnReading = readingOf(finding),
): PythonPart {
  const files = sideFiles(finding, report);
  if (files === null) return memoryCode(finding, report, reading);
  const given = ownValue(report.options.missingValues, finding.name) ?? [];
  const readers = readersOf(files, given);
  const steps = stepsOf(finding, files, reading);
  const split = splitOf(files.reference, report);
  const converter = converterOf(finding, reading);
  const used = [...Object.values(readers), ...(split ? [split, split.step] : [])];
  const all = [...used, ...Object.values(steps), converter];
  const hasNumbers = sides.every((side) => isStoredAsNumber(files[side]));
  const lines = sides.map((side) => {
    const { path, column } = files[side];
    const values = steps[side].call(known(readers[side].call(path, column), files[side], given));
    return `${side} = ${converter.call(partOf(values, split, side), hasNumbers)}`;
  });
  const reads = [
    `# the column ${pythonString(finding.name)}; run this in the folder of the two files`,
    ...unrepeated(finding, report).map((sentence) => `# ${sentence}`),
    ...keyLines(split, readers),
    ...lines,
    ...sentinelLines(given, reading),
    checkLine(
      finding,
      report,
      reading,
      sides.some((side) => steps[side].blocks.length > 0),
    ),
  ];
  const blocks = new Set(all.flatMap((part) => part.blocks));
  return {
    imports: all.flatMap(({ imports }) => imports),
    code: [...blocks, reads.join('\n')].join('\n\n'),
  };
}

/** How the measures of a kind see its values. */
export function readingOf({ kind, charts, reference, current }: Finding): ColumnReading {
  if (charts.categories !== undefined) return 'levels';
  if (kind === 'datetime') return 'times';
  // a range has what is stored as numbers, identifiers too
  const hasRange = reference.min !== null || current.min !== null;
  return kind === 'text' || (kind === 'identifier' && !hasRange) ? 'lengths' : 'numbers';
}

/** One reader for both files where they are alike, so that the code stays short. */
function readersOf(files: Files, given: string[]): Record<Side, Reader> {
  const [one, two] = [readerOf(files.reference, given, ''), readerOf(files.current, given, '')];
  const isAlike = one.blocks[0] === two.blocks[0];
  if (isAlike || files.reference.dataset.format !== files.current.dataset.format)
    return { reference: one, current: two };
  return {
    reference: readerOf(files.reference, given, '_reference'),
    current: readerOf(files.current, given, '_current'),
  };
}

function readerOf(file: SideFile, given: string[], suffix: string): Reader {
  const { format } = file.dataset;
  if (format === 'csv') return csvReader(file, given, suffix);
  if (format === 'json') return jsonReader(file, suffix);
  return format === 'arrow' ? arrowReader(file, suffix) : parquetReader(file, suffix);
}

interface Converter extends Omit<Step, 'call'> {
  call(values: string, hasNumbers: boolean): string;
}

function converterOf(finding: Finding, reading: ColumnReading): Converter {
  const numpy = ['import numpy as np'];
  if (reading === 'numbers') {
    const call = (values: string) => `numbers(${values})`;
    return { imports: numpy, blocks: [numberCode, numbersCode], call };
  }
  if (reading === 'times') {
    const isAll = sides.every((side) => finding[side].unparsedCount === 0);
    return {
      imports: ['from datetime import datetime, timedelta, timezone', ...numpy],
      blocks: [millisecondsCode, isAll ? timesCode : someTimesCode],
      call: (values) => `times(${values})`,
    };
  }
  if (reading === 'lengths') {
    const call = (values: string) =>
      `np.array([len(str(value)) for value in ${values} if value is not None])`;
    return { imports: numpy, blocks: [], call };
  }
  if (reading === 'all') return { imports: [], blocks: [], call: (values) => values };
  return {
    imports: ['from collections import Counter'],
    blocks: [],
    call: (values, hasNumbers) =>
      `Counter(${hasNumbers ? 'float(value)' : 'value'} for value in ${values} if value is not None)`,
  };
}

/** Numbers and dates that each file writes in its own way. */
function stepsOf(finding: Finding, files: Files, reading: ColumnReading): Record<Side, Step> {
  const areNumbers =
    reading === 'numbers' ||
    (reading === 'all' && readingOf(finding) === 'numbers') ||
    (reading === 'levels' && sides.every((side) => isStoredAsNumber(files[side])));
  const stepOf = (file: SideFile): Step => {
    if (areNumbers) return writtenNumbers(file);
    if (reading === 'times') return writtenDates(file);
    return { imports: [], blocks: [], call: (values) => values };
  };
  return { reference: stepOf(files.reference), current: stepOf(files.current) };
}

/** One number may be written in several ways. */
function isStoredAsNumber({ dataset, column }: SideFile): boolean {
  const schema = dataset.columns.find(({ name }) => name === column);
  return schema !== undefined && isNumberType(schema.storageType);
}

/** Text tables know spellings of *missing* anyway. */
function known(values: string, { dataset }: SideFile, given: string[]): string {
  if (given.length === 0 || dataset.format === 'csv') return values;
  return `[None if str(value) in {${given.map(pythonString).join(', ')}} else value for value in ${values}]`;
}

function keyLines(split: Split | null, readers: Record<Side, Reader>): string[] {
  if (split === null) return [];
  const { path, column } = split.file;
  return [`keys = ${split.step.call(readers.reference.call(path, column))}`];
}

function partOf(values: string, split: Split | null, side: Side): string {
  if (split === null) return values;
  return `part(${values}, lambda key: ${split.condition[side]})`;
}

/** Numbers and dates that stand for *missing* are known by their value, however they are written; a day is all of it. */
function sentinelLines(given: string[], reading: ColumnReading): string[] {
  if (reading !== 'numbers' && reading !== 'times') return [];
  const isDay = (text: string) => reading === 'times' && /^\d{4}-\d{2}-\d{2}$/.test(text);
  const toValue = reading === 'times' ? Date.parse : Number;
  const lines = (of: string, values: number[]) => {
    const list = values.filter(Number.isFinite).map(pythonNumber).join(', ');
    if (list === '') return [];
    return sides.map((side) => `${side} = ${side}[~np.isin(${side}${of}, [${list}])]`);
  };
  return [
    ...lines('', given.filter((text) => !isDay(text)).map(toValue)),
    ...lines(
      ' // 86400000',
      given.filter(isDay).map((text) => Date.parse(text) / 86_400_000),
    ),
  ];
}

/** Of values that had to be converted the ends are looked at as well, of lengths the median. */
function checkLine(
  finding: Finding,
  report: DriftReport,
  reading: ColumnReading,
  isConverted: boolean,
): string {
  const checks = sides.flatMap((side): [string, number][] => {
    if (reading === 'all') return [[`len(${side})`, report[side].rowCount]];
    if (reading === 'levels') return [[`sum(${side}.values())`, finding[side].count]];
    return [
      [`len(${side})`, finding[side].count],
      ...(isConverted || reading === 'lengths' ? endsOf(side, finding[side]) : []),
    ];
  });
  const found = checks.map(([code]) => code).join(', ');
  const expected = checks.map(([, value]) => pythonNumber(value)).join(', ');
  return `assert (${found}) == (${expected}), "${checkMessage}"`;
}

function endsOf(side: Side, { min, max, quantiles }: ColumnSummary): [string, number][] {
  const found = {
    [`${side}.min()`]: min,
    [`${side}.max()`]: max,
    [`np.median(${side})`]: min === null ? (quantiles?.['0.5'] ?? null) : null,
  };
  return Object.entries(found).flatMap(([code, value]): [string, number][] => {
    if (value === null) return [];
    return [[code, typeof value === 'number' ? value : Date.parse(value)]];
  });
}

function memoryCode(finding: Finding, report: DriftReport, reading: ColumnReading): PythonPart {
  const { imports, blocks, call } = converterOf(finding, reading);
  const lines = sides.map((side) => `${side} = ${call(`${side}_values`, false)}`);
  return {
    imports,
    code: [
      ...blocks,
      [
        `# the column ${pythonString(finding.name)}: put your own two lists here, None where a value is missing`,
        'reference_values = []',
        'current_values = []',
        ...lines,
        checkLine(finding, report, reading, false),
      ].join('\n'),
    ].join('\n\n'),
  };
}
