import { badOption, type CompareOptions, messages, type Source } from '../core/index.js';
import type { CompareCommand } from './compareCommand.js';
import { toCompareOptions } from './compareOptions.js';
import { toExportChoice } from './exportOptions.js';
import type { OptionValues } from './optionValues.js';
import { toOutputs } from './outputs.js';
import { toSource } from './readingOptions.js';
import type { Recipe } from './recipe.js';
import { outputFormats } from './renderReport.js';

/** What the command line says, and below it what a recipe says. */
export function toCompareCommand(
  files: string[],
  values: OptionValues,
  recipe: Recipe = {},
): CompareCommand {
  const options = withOptions(recipe.options ?? {}, toCompareOptions(values));
  const sources = toSources(files, values, recipe, options.splitBy !== undefined);
  const failOn = values.failOn ?? recipe.failOn ?? 'never';
  if (failOn !== 'never' && failOn !== 'drift')
    throw badOption(`--fail-on must be never or drift (got ${failOn})`);
  const { sampleRows } = options;
  const choice = { ...toExportChoice(values), ...(sampleRows !== undefined && { sampleRows }) };
  // said before the work, not after it
  if (choice.maskBelow !== undefined && sampleRows !== undefined)
    throw badOption(messages.rowsOrMask());
  return {
    ...sources,
    options,
    outputs: toOutputs(
      outputFormats,
      Object.fromEntries(
        outputFormats.map((format) => [format, values[format] ?? recipe.outputs?.[format]]),
      ),
    ),
    ...(Object.keys(choice).length > 0 && { choice }),
    threads: values.threads as number | undefined,
    isQuiet: values.quiet === true,
    failOn,
  };
}

function toSources(
  files: string[],
  values: OptionValues,
  recipe: Recipe,
  isSplit: boolean,
): Pick<CompareCommand, 'reference' | 'current'> {
  const [given, other] = files;
  const isGiven = given !== undefined;
  if (isSplit && other !== undefined)
    throw badOption('--split-by takes one file, and makes both sides of it');
  if (!isSplit && isGiven && other === undefined) throw badOption(filesWanted);
  const reference = sideOf(recipe.reference, given, values, 'reference');
  // each side of a split has its own condition
  const { where: _, ...rest } = recipe.reference ?? {};
  const base = recipe.current ?? (isSplit && 'path' in rest ? rest : undefined);
  const current = sideOf(base, isSplit ? given : other, values, 'current');
  if (!reference || !current) throw badOption(filesWanted);
  return { reference, current };
}

const filesWanted =
  'give two files, the reference and the current one, or one with --split-by, or none with a --recipe that names them';

function sideOf(
  base: Source | undefined,
  path: string | undefined,
  values: OptionValues,
  side: 'reference' | 'current',
): Source | undefined {
  const shown = path ?? base?.path;
  if (shown === undefined) return undefined;
  const { reading, ...own } = toSource(shown, values, side);
  const { name, reading: usual, ...others } = base ?? {};
  return {
    ...others,
    // a name says what another file is
    ...(name !== undefined && path === undefined && { name }),
    ...own,
    ...((usual ?? reading) && { reading: { ...usual, ...reading } }),
  };
}

const byColumn = [
  'kinds',
  'limits',
  'kindLimits',
  'binEdges',
  'missingValues',
  'renames',
] as const satisfies readonly (keyof CompareOptions)[];

/** Key by key, and what is set by column or kind entry by entry. */
function withOptions(usual: CompareOptions, given: CompareOptions): CompareOptions {
  const both = byColumn.filter((key) => usual[key] && given[key]);
  return {
    ...usual,
    ...given,
    ...Object.fromEntries(both.map((key) => [key, { ...usual[key], ...given[key] }])),
  };
}
