import { Document, type Scalar, visit } from 'yaml';
import type { CompareOptions, Kind, Source } from '../core/index.js';
import type { CompareCommand } from './compareCommand.js';

/** What the first rows of a column suggest, on either side. */
export interface ColumnKind {
  name: string;
  kind: Kind;
  otherKind: Kind;
}

/** A list longer than that helps nobody to edit it. */
const mostKinds = 500;

/** A recipe as a person edits it: what was chosen, and as comments what else there is to choose. */
export function recipeText(
  { reference, current, options, outputs, failOn }: CompareCommand,
  columns: ColumnKind[],
): string {
  const places = Object.fromEntries(outputs.map(({ format, path }) => [format, path]));
  const isSplit = options.splitBy !== undefined && current.where === undefined;
  const sources = { reference: short(reference), ...(!isSplit && { current: short(current) }) };
  const { kinds, ...others } = options;
  return [
    '# Run it with: driftglass compare --recipe recipe.yaml',
    "# Paths start at this file's folder. What is given on the command line as well goes before.",
    '',
    yaml(sources),
    '',
    'options:',
    ...indented([
      ...(Object.keys(others).length > 0 ? [yaml(others)] : []),
      ...limitLines(options, columns),
      ...kindLines(kinds, columns),
    ]),
    '',
    ...outputLines(places),
    failOn === 'drift' ? 'failOn: drift' : '# failOn: drift',
    '',
  ].join('\n');
}

function limitLines(options: CompareOptions, columns: ColumnKind[]): string[] {
  const { limit = 0.1, limits } = options;
  const first = columns[0]?.name;
  const usual = {
    ...(options.limit === undefined && { limit }),
    ...(options.missingLimit === undefined && { missingLimit: 0.05 }),
    ...(options.supportLimit === undefined && { supportLimit: 0.01 }),
    ...(limits === undefined && first !== undefined && { limits: { [first]: limit } }),
  };
  if (Object.keys(usual).length === 0) return [];
  return [
    '',
    '# From where on a difference matters: of shape, of missing values, of new values, of one column',
    ...commented(yaml(usual)),
  ];
}

/** Where some kinds are chosen, the others can join them. */
function kindLines(kinds: CompareOptions['kinds'], columns: ColumnKind[]): string[] {
  const free = columns.filter(({ name }) => !Object.hasOwn(kinds ?? {}, name));
  if (free.length === 0) return kinds ? ['', yaml({ kinds })] : [];
  const shown = free.slice(0, mostKinds).map(({ name, kind, otherKind }) => {
    const other = kind === otherKind ? '' : `  # in the current file ${otherKind}`;
    return `  ${yaml({ [name]: kind }).replaceAll('\n', '\n  ')}${other}`;
  });
  const more = free.length - shown.length;
  return [
    '',
    '# What the first rows suggest: numeric, categorical, datetime, boolean, text or identifier',
    ...(kinds ? [yaml({ kinds })] : ['# kinds:']),
    ...commented(shown.join('\n')),
    ...(more > 0 ? [`# and ${more} more columns`] : []),
  ];
}

function outputLines(places: Record<string, string>): string[] {
  if (Object.keys(places).length > 0) return [yaml({ outputs: places })];
  return commented(
    yaml({ outputs: { html: 'report.html', json: 'report.json', csv: 'report.csv' } }),
  );
}

function short({ path, ...others }: Source): Source | string {
  return Object.keys(others).length > 0 ? { path, ...others } : path;
}

function indented(blocks: string[]): string[] {
  return blocks
    .flatMap((block) => block.split('\n'))
    .map((line) => (line === '' ? '' : `  ${line}`));
}

function commented(text: string): string[] {
  return text.split('\n').map((line) => `# ${line}`);
}

/** Characters that would hide in an editor, or turn the order of others around. */
const hidden = /[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]/u;

/** Without the last line end. */
function yaml(value: unknown): string {
  const document = new Document(value, { schema: 'core', version: '1.2' });
  visit(document, {
    Scalar: (_, node: Scalar) => {
      if (typeof node.value === 'string' && hidden.test(node.value)) node.type = 'QUOTE_DOUBLE';
    },
  });
  return document
    .toString({ lineWidth: 0, doubleQuotedMinMultiLineLength: Number.MAX_SAFE_INTEGER })
    .replace(/\n$/, '')
    .replace(new RegExp(`(?!\n)${hidden.source}`, 'gu'), escaped);
}

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
