import type { OptionChange, ResolvedOptions } from './contract.js';

/** Options that do not change what is found. */
const beside: ReadonlySet<string> = new Set(['title', 'sampleRows']);
const judging: ReadonlySet<string> = new Set([
  'alpha',
  'correction',
  'limit',
  'limits',
  'kindLimits',
  'missingLimit',
  'supportLimit',
]);

/** The options in which two reports differ, those that verdicts depend on first. */
export function diffOptions(earlier: ResolvedOptions, later: ResolvedOptions): OptionChange[] {
  const names = new Set([...Object.keys(earlier), ...Object.keys(later)]);
  const changes = [...names]
    .filter((name) => !beside.has(name))
    .flatMap((name) => optionChanges(name, entry(earlier, name), entry(later, name)));
  return changes.sort((a, b) => Number(b.judges) - Number(a.judges));
}

function optionChanges(option: string, earlier: unknown, later: unknown): OptionChange[] {
  const judges = judging.has(option);
  const isByName = option !== 'splitBy' && isRecord(earlier) && isRecord(later);
  if (!isByName) {
    const change = { option, of: null, earlier: json(earlier), later: json(later), judges };
    return change.earlier === change.later ? [] : [change];
  }
  const names = new Set([...Object.keys(earlier), ...Object.keys(later)]);
  return [...names].flatMap((of) => {
    const change = {
      ...{ option, of, judges },
      earlier: json(entry(earlier, of)),
      later: json(entry(later, of)),
    };
    return change.earlier === change.later ? [] : [change];
  });
}

/** A column may be called `constructor`. */
function entry(values: object, name: string): unknown {
  return Object.hasOwn(values, name) ? (values as Record<string, unknown>)[name] : undefined;
}

function isRecord(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function json(value: unknown): string | null {
  return value === undefined ? null : JSON.stringify(value);
}
