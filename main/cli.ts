#!/usr/bin/env node
import { Command, CommanderError } from 'commander';
import {
  badOption,
  DriftError,
  exitCode,
  isDriftError,
  messages,
  packageVersion,
  removeTemporaryFolders,
  toWire,
} from '../core/index.js';
import { addCompareOptions } from './compareOptions.js';
import { addExportOptions } from './exportOptions.js';
import type { OptionValues } from './optionValues.js';
import { addReadingOptions, toSource } from './readingOptions.js';
import type { Recipe } from './recipe.js';
import type { ServeCommand } from './serveCommand.js';
import { printable } from './terminalText.js';
import { toCompareCommand } from './toCompareCommand.js';
import { removeDrafts } from './writeWhole.js';

const interrupt = new AbortController();
/** To end in order after a signal, which takes a tenth of that; whoever waits longer is stuck. */
const graceMs = 1_000;
const isVerbose = process.argv.includes('--verbose');

// the first signal lets everything end in order if that is soon, a second one ends it at once
for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(name, () => {
    if (interrupt.signal.aborted) endAtOnce(name);
    interrupt.abort(new DriftError('cancelled', messages.cancelled()));
    setTimeout(endAtOnce, graceMs, name).unref();
  });
}
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  // a reader such as `head` that has seen enough is no failure
  if (error.code !== 'EPIPE') throw error;
});

process.exitCode = await run();

/** As the signal would have done; an exit would wait for threads, or abort while one of them reads. */
function endAtOnce(name: NodeJS.Signals): void {
  try {
    removeDrafts();
    removeTemporaryFolders();
  } finally {
    process.removeAllListeners(name);
    process.kill(process.pid, name);
  }
}

async function run(): Promise<number> {
  let code = 0;
  try {
    await program((result) => {
      code = result;
    }).parseAsync();
    return interrupt.signal.aborted ? 130 : code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    if (interrupt.signal.aborted) return 130;
    process.stderr.write(`driftglass: ${printable(toWire(error).message)}${hint(error)}\n`);
    if (isVerbose) process.stderr.write(`${detail(error)}\n`);
    return exitCode(error);
  }
}

function hint(error: unknown): string {
  return exitCode(error) === 3 && !isVerbose && !isDriftError(error)
    ? ' Run again with --verbose for the details.'
    : '';
}

function detail(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const cause = error.cause === undefined ? '' : `\nCaused by: ${detail(error.cause)}`;
  return `${error.stack ?? error.message}${cause}`;
}

function program(done: (code: number) => void): Command {
  const root = new Command('driftglass')
    .description(
      'How far has what a model sees moved from what it was trained on, does it matter, and why?',
    )
    .version(packageVersion)
    .option('--verbose', 'show the stack of a fault')
    .showSuggestionAfterError(false)
    .configureOutput({
      outputError: (text, write) =>
        write(
          `driftglass: ${printable(text.replace(/^error: /, '').trim())} (see driftglass --help)\n`,
        ),
    })
    .exitOverride();

  const compare = root
    .command('compare')
    .description('compare two files and write the report')
    .option(
      '--recipe <file>',
      'the files and options of a recipe; what is said here goes before, and paths in it start at its folder',
    );
  addCompareArguments(compare);
  compare.action(async (reference?: string, current?: string, values: OptionValues = {}) => {
    const { compareCommand } = await import('./compareCommand.js');
    const recipe = await recipeOf(values);
    const command = toCompareCommand(given(reference, current), values, recipe);
    done(await compareCommand(command, interrupt.signal));
  });

  const init = root
    .command('recipe')
    .description('the comparison as a file, which compare --recipe runs')
    .command('init')
    .description(
      'print a recipe: YAML with the keys reference, current, options, outputs and failOn, by the names that the JSON report has for them, and the columns and limits to choose from. --threads and --quiet stay with the command.',
    );
  addCompareArguments(init);
  init.action(async (reference?: string, current?: string, values: OptionValues = {}) => {
    const { recipeCommand } = await import('./recipeCommand.js');
    const command = toCompareCommand(given(reference, current), values);
    await recipeCommand(command, interrupt.signal);
  });

  const diff = root
    .command('diff')
    .description('what changed from one report to a later one')
    .argument(
      '<earlier>',
      'a report that compare wrote with --html or --json, or - for standard input',
    )
    .argument('<later>', 'the one to hold against it')
    .option('--html <file>', 'write what changed as one offline page (- for standard output)')
    .option('--json <file>', 'write it as JSON')
    .option('--markdown <file>', 'write it as a table for a ticket or a pull request')
    .option(
      '--fail-on <condition>',
      'exit with 1: never, or worse, when a column newly drifted or worsened (never)',
    )
    .option('--quiet', 'no summary');
  diff.action(async (earlier: string, later: string, values: OptionValues) => {
    const { diffCommand, toDiffCommand } = await import('./diffCommand.js');
    done(await diffCommand(toDiffCommand(earlier, later, values), interrupt.signal));
  });

  for (const name of ['open', 'serve'] as const) {
    const serve = root
      .command(name, { isDefault: name === 'open' })
      .description(
        name === 'open'
          ? 'open the window (or the browser), with a pair or a report loaded'
          : 'serve the same interface to a browser',
      )
      .argument('[reference]', 'a data file; or, alone, a report as HTML or JSON')
      .argument('[current]', 'the data file to compare with it')
      .option('--port <number>', 'port on this machine (any free one)')
      .option('--root <folder>', 'files below it may be opened by their path')
      .option('--no-open', 'do not start a browser')
      .option('--once', 'end when the page is closed, or when none is opened');
    addReadingOptions(serve);
    serve.action(
      async (reference: string | undefined, current: string | undefined, values: OptionValues) => {
        const { serveCommand } = await import('./serveCommand.js');
        await serveCommand(toServeCommand(name, reference, current, values), interrupt.signal);
      },
    );
  }
  for (const command of [...root.commands, init])
    command.option('--verbose', 'show the stack of a fault').copyInheritedSettings(root);
  return root;
}

function addCompareArguments(command: Command): void {
  command
    .argument(
      '[reference]',
      'what the model was trained on: a CSV, JSON, Parquet or Arrow file, a folder or pattern of them, or - for standard input',
    )
    .argument('[current]', 'what it sees now; none with --split-by')
    .option('--html <file>', 'write the report as one offline page (- for standard output)')
    .option('--json <file>', 'write it as JSON')
    .option('--csv <file>', 'write one line per column')
    .option('--markdown <file>', 'write a summary for a pull request')
    .option('--pdf <file>', 'print the report, by a Chromium, Chrome or Edge that is installed')
    .option('--fail-on <condition>', 'exit with 1: never, or drift (never)')
    .option('--quiet', 'no summary and no progress');
  addExportOptions(command);
  addCompareOptions(addReadingOptions(command));
}

function given(...files: (string | undefined)[]): string[] {
  return files.filter((file) => file !== undefined);
}

async function recipeOf({ recipe }: OptionValues): Promise<Recipe | undefined> {
  if (typeof recipe !== 'string') return undefined;
  const { readRecipe } = await import('./recipe.js');
  return readRecipe(recipe);
}

function toServeCommand(
  name: 'open' | 'serve',
  reference: string | undefined,
  current: string | undefined,
  values: OptionValues,
): ServeCommand {
  const isReport = reference !== undefined && current === undefined;
  if (isReport && !/\.(html?|json)$/i.test(reference)) {
    throw badOption(
      'give two data files, the reference and the current one, or one report as HTML or JSON, or none',
    );
  }
  const port = Number(values.port ?? 0);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw badOption(`--port must be a number from 0 to 65535 (got ${values.port})`);
  }
  return {
    door: name === 'open' ? 'window' : 'browser',
    pair:
      reference !== undefined && current !== undefined
        ? {
            reference: toSource(reference, values, 'reference'),
            current: toSource(current, values, 'current'),
          }
        : null,
    report: isReport ? { path: reference } : null,
    port,
    root: typeof values.root === 'string' ? values.root : null,
    opensBrowser: values.open !== false,
    // without a terminal nobody could press Ctrl-C; `serve` is for services and stays
    endsByItself: values.once === true || (name === 'open' && !process.stdin.isTTY),
  };
}
