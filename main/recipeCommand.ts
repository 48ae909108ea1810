import { createEngine, type Engine, type Preview, type Source } from '../core/index.js';
import type { CompareCommand } from './compareCommand.js';
import { parseRecipe } from './recipe.js';
import { type ColumnKind, recipeText } from './recipeText.js';

/** Runs `driftglass recipe init`: prints the comparison as a recipe. */
export async function recipeCommand(command: CompareCommand, signal: AbortSignal): Promise<void> {
  const engine = createEngine(command.threads === undefined ? {} : { threads: command.threads });
  try {
    const reference = await look(engine, command.reference, signal);
    const isSplit = command.options.splitBy !== undefined;
    const current = isSplit ? reference : await look(engine, command.current, signal);
    const text = recipeText(command, columnKinds(reference, current, command));
    // an option that no recipe can hold is refused now, and not when it is run
    parseRecipe(text, 'the recipe');
    process.stdout.write(text);
  } finally {
    await engine.close();
  }
}

/** The beginning of a file; standard input is left to the comparison. */
async function look(engine: Engine, source: Source, signal: AbortSignal): Promise<Preview | null> {
  return source.path === '-' ? null : engine.preview({ source }, { signal });
}

/** Of the columns that are compared: what each side suggests, where it can be looked at. */
function columnKinds(
  reference: Preview | null,
  current: Preview | null,
  { options }: CompareCommand,
): ColumnKind[] {
  const other = new Map((current ?? reference)?.columns.map(({ name, kind }) => [name, kind]));
  const renames = new Map(Object.entries(options.renames ?? {}));
  return ((reference ?? current)?.columns ?? []).flatMap(({ name, kind }) => {
    const otherKind = other.get(reference ? (renames.get(name) ?? name) : name);
    const isChosen =
      options.columns?.includes(name) !== false && options.exclude?.includes(name) !== true;
    return isChosen && otherKind !== undefined ? [{ name, kind, otherKind }] : [];
  });
}
