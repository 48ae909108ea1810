import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { measures } from '../core/drift/measures.js';

const folder = fileURLToPath(new URL('../core/stats', import.meta.url));
const labels = [/^Range: /m, /^Cost: /m, /^(Source|Derivation): /m, /^Checked: /m, /^@example$/m];

interface ExportedFunction {
  file: string;
  name: string;
  docstring: string;
  parameterCount: number;
}

const functions = readdirSync(folder)
  .filter((file) => file.endsWith('.ts'))
  .flatMap((file) => exportedFunctions(file, readFileSync(join(folder, file), 'utf8')));

/** A function that has one of the labelled lines is a statistic; so is the one that a file is named after. */
const statistics = functions.filter(
  ({ file, name, docstring }) =>
    file === `${name}.ts` || labels.some((label) => label.test(docstring)),
);

describe('the docstring of a statistic', () => {
  it.each(measures.map(({ id, definedIn }) => [id, definedIn]))(
    'is there for the measure %s',
    (_, definedIn) => {
      expect(statistics.map(({ name }) => name)).toContain(definedIn);
    },
  );

  it.each(statistics.map((statistic) => [statistic.name, statistic] as const))(
    'is complete: %s',
    (_, statistic) => {
      expect(missingLines(statistic)).toEqual([]);
    },
  );

  it('is looked for in more than 20 functions', () => {
    expect(statistics.length).toBeGreaterThan(20);
  });

  it('names fixtures that exist', () => {
    const root = fileURLToPath(new URL('..', import.meta.url));
    const named = statistics.flatMap(
      ({ docstring }) => docstring.match(/test\/[\w./-]+\.json/g) ?? [],
    );
    const files = new Set(readdirSync(join(root, 'test/fixtures/scipy')));
    expect(named.length).toBeGreaterThan(5);
    expect(named.filter((path) => !files.has(path.split('/').at(-1) ?? ''))).toEqual([]);
  });

  it('is found lacking where a line is missing', () => {
    const source = `/**\n * One line.\n *\n * Range: 0 to 1.\n * Cost: O(n).\n *\n * @returns it\n */\nexport function lacking(values: number[]): number {`;
    const [lacking] = exportedFunctions('lacking.ts', source);
    expect(lacking && missingLines(lacking)).toEqual([
      'Source or Derivation',
      'Checked',
      '@example',
      '@param',
    ]);
  });
});

function missingLines({ docstring, parameterCount }: ExportedFunction): string[] {
  const names = ['Range', 'Cost', 'Source or Derivation', 'Checked', '@example'];
  const missing = names.filter((_, index) => !labels[index]?.test(docstring));
  if (!/^@returns /m.test(docstring)) missing.push('@returns');
  if (parameterCount > 0 && !/^@param /m.test(docstring)) missing.push('@param');
  return missing;
}

function exportedFunctions(file: string, source: string): ExportedFunction[] {
  const pattern =
    /(?:\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\s*)?^export function\*? (\w+)(?:<[^(]*>)?\((\)?)/gm;
  return Array.from(source.matchAll(pattern), ([, docstring = '', name = '', closing]) => ({
    file,
    name,
    docstring: docstring.replace(/^ *\* ?/gm, '').trim(),
    parameterCount: closing === ')' ? 0 : 1,
  }));
}
