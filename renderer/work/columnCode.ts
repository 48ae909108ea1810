import type { Dataset, DriftReport, Finding, Side } from '../../core/contract.js';
import { ownValue } from '../askedOptions.js';
import { pythonList, pythonNumber, pythonString } from './python.js';

/** What is wanted of a column's values. */
export type ColumnReading = 'numbers' | 'times' | 'lengths' | 'levels' | 'all';

export interface PythonPart {
  imports: string[];
  code: string;
}

/** What CSV files are read with unless spellings of *missing* are given. */
const usualNullValues = ['', 'NA', 'N/A', 'n/a', '#N/A', 'NaN', 'nan', 'NULL', 'null'];
const sides = ['reference', 'current'] as const;

/**
 * Python that reads one column from both files into `reference` and `current`: arrays of numbers,
 * counters of levels, or with `all` every value as it stands, None where it is missing. It stops where the
 * number of values is not that of the report.
 */
export function columnCode(
  finding: Finding,
  report: DriftReport,
  reading: ColumnReading = readingOf(finding),
): PythonPart {
  const formats = new Set(sides.map((side) => report[side].format));
  if (formats.has('memory')) return memoryCode(finding, reading);
  const given = ownValue(report.options.missingValues, finding.name) ?? [];
  const readers = [...formats].map((format) =>
    format === 'csv' ? csvReader(report, given) : parquetReader(given),
  );
  const converter = converters[reading];
  const hasNumbers = sides.every((side) => isStoredAsNumber(finding, report[side]));
  const calls = sides.map(
    (side) => `${side} = ${converter.call(readCall(finding, report[side]), hasNumbers)}`,
  );
  return {
    imports: [...readers.flatMap(({ imports }) => imports), ...converter.imports],
    code: [
      ...readers.map(({ code }) => code),
      ...(converter.code === '' ? [] : [converter.code]),
      [
        `# the column ${pythonString(finding.name)}; run this in the folder of the two files`,
        ...calls,
        ...sentinelLines(given, reading),
        ...checkLines(finding, reading),
      ].join('\n'),
    ].join('\n\n'),
  };
}

/** How the measures of a kind see its values. */
export function readingOf({ kind, charts }: Finding): ColumnReading {
  if (charts.categories !== undefined) return 'levels';
  if (kind === 'datetime') return 'times';
  return kind === 'text' || kind === 'identifier' ? 'lengths' : 'numbers';
}

interface Converter extends PythonPart {
  call: (values: string, hasNumbers: boolean) => string;
}

const converters: Record<ColumnReading, Converter> = {
  numbers: {
    imports: ['import numpy as np'],
    code: `def number(value):
    try:
        return float(value)
    except ValueError:
        return np.nan

def numbers(values):
    found = np.array([number(value) for value in values if value is not None])
    return found[np.isfinite(found)]`,
    call: (values) => `numbers(${values})`,
  },
  times: {
    imports: ['from datetime import datetime, timedelta, timezone', 'import numpy as np'],
    code: `def milliseconds(value):
    time = value if isinstance(value, datetime) else datetime.fromisoformat(str(value))
    time = time if time.tzinfo else time.replace(tzinfo=timezone.utc)
    return (time - datetime(1970, 1, 1, tzinfo=timezone.utc)) // timedelta(milliseconds=1)

def times(values):
    return np.array([milliseconds(value) for value in values if value is not None], float)`,
    call: (values) => `times(${values})`,
  },
  lengths: {
    imports: ['import numpy as np'],
    code: '',
    call: (values) => `np.array([len(str(value)) for value in ${values} if value is not None])`,
  },
  levels: {
    imports: ['from collections import Counter'],
    code: '',
    call: (values, hasNumbers) =>
      `Counter(${hasNumbers ? 'float(value)' : 'value'} for value in ${values} if value is not None)`,
  },
  all: { imports: [], code: '', call: (values) => values },
};

function csvReader(report: DriftReport, given: string[]): PythonPart {
  const compressions = new Set(sides.map((side) => report[side].dialect?.compression ?? null));
  const hasFolder = sides.some((side) => isFolder(report[side]));
  const spellings = [...new Set([...usualNullValues, ...given])];
  const missing = pythonList('MISSING', spellings.map(pythonString), ['{', '}']);
  const oneFile = `def read_csv(open_file, path, position, width, header, **dialect):
    with open_file(path, "rt", newline="", encoding="utf-8-sig") as file:
        rows = csv.reader(file, **dialect)
        for _ in range(header):
            next(rows)
        values = [row[position] for row in rows if len(row) == width]
    return [None if value in MISSING else value for value in values]`;
  return {
    imports: [
      'import csv',
      ...(compressions.has('gzip') ? ['import gzip'] : []),
      ...(compressions.has('zstd') ? ['from compression import zstd  # Python 3.14'] : []),
      ...(hasFolder ? ['import glob', 'import os'] : []),
    ],
    code: [missing, oneFile, ...(hasFolder ? [folderReader] : [])].join('\n\n'),
  };
}

const folderReader = `def read_folder(open_file, path, *how, **dialect):
    parts = sorted(glob.glob(os.path.join(path, "*"))) if os.path.isdir(path) else [path]
    return [value for part in parts for value in read_csv(open_file, part, *how, **dialect)]`;

function parquetReader(given: string[]): PythonPart {
  const whole = 'parquet.read_table(path, columns=[column]).column(0).to_pylist()';
  const values =
    given.length === 0
      ? whole
      : `[None if str(value) in {${given.map(pythonString).join(', ')}} else value for value in ${whole}]`;
  return {
    imports: ['import pyarrow.parquet as parquet'],
    code: `def read_parquet(path, column):\n    return ${values}`,
  };
}

const openers: Record<string, string> = { gzip: 'gzip.open', zstd: 'zstd.open' };

function readCall({ name }: Finding, dataset: Dataset): string {
  if (dataset.format === 'parquet') {
    return `read_parquet(${pythonString(dataset.name)}, ${pythonString(name)})`;
  }
  const { delimiter, quote, header, compression } = dataset.dialect ?? usualDialect;
  const position = dataset.columns.findIndex((column) => column.name === name);
  const quoting = quote === '' ? 'quoting=csv.QUOTE_NONE' : `quotechar=${pythonString(quote)}`;
  const words = [
    openers[compression ?? ''] ?? 'open',
    pythonString(dataset.name),
    String(position),
    String(dataset.columns.length),
    header ? '1' : '0',
    `delimiter=${pythonString(delimiter)}`,
    quoting,
  ];
  return `${isFolder(dataset) ? 'read_folder' : 'read_csv'}(${words.join(', ')})`;
}

/** One number may be written in several ways. */
function isStoredAsNumber({ name }: Finding, { columns }: Dataset): boolean {
  const stored = columns.find((column) => column.name === name)?.storageType ?? '';
  return /^(U?(TINY|SMALL|BIG|HUGE)INT|U?INTEGER|FLOAT|DOUBLE|DECIMAL)/.test(stored);
}

const usualDialect = { delimiter: ',', quote: '"', header: true, compression: null };

function isFolder({ name, format }: Dataset): boolean {
  return format === 'csv' && !/\.[a-z0-9]+$/i.test(name);
}

/** Numbers and dates that stand for *missing* are known by their value, however they are written. */
function sentinelLines(given: string[], reading: ColumnReading): string[] {
  if (reading !== 'numbers' && reading !== 'times') return [];
  const values = given
    .map((text) => (reading === 'times' ? Date.parse(text) : Number(text)))
    .filter((value) => Number.isFinite(value));
  if (values.length === 0) return [];
  const list = `[${values.map(pythonNumber).join(', ')}]`;
  return sides.map((side) => `${side} = ${side}[~np.isin(${side}, ${list})]`);
}

function checkLines(finding: Finding, reading: ColumnReading): string[] {
  if (reading === 'all') return [];
  const sizes = sides.map((side) =>
    reading === 'levels' ? `sum(${side}.values())` : `len(${side})`,
  );
  const counts = sides.map((side) => finding[side].count);
  return [`assert (${sizes.join(', ')}) == (${counts.join(', ')}), "not the report's values"`];
}

function memoryCode(finding: Finding, reading: ColumnReading): PythonPart {
  const { imports, code, call } = converters[reading];
  const lines = sides.map((side: Side) => `${side} = ${call(`${side}_values`, false)}`);
  return {
    imports,
    code: [
      ...(code === '' ? [] : [code]),
      [
        `# the column ${pythonString(finding.name)}: put your own two lists here, None where a value is missing`,
        'reference_values = []',
        'current_values = []',
        ...lines,
        ...checkLines(finding, reading),
      ].join('\n'),
    ].join('\n\n'),
  };
}
