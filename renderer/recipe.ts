import type { CompareOptions, Source } from '../core/contract.js';
import { chosenOptions, shownPath } from './chosenOptions.js';

/** The comparison as a recipe: what differs from the defaults, in YAML. */
export function recipe(reference: Source, current: Source, options: CompareOptions): string {
  // both sides of a split are parts of one file
  const isOne = options.splitBy !== undefined && current.where === undefined;
  const content = {
    reference: recipeSource(reference),
    ...(!isOne && { current: recipeSource(current) }),
    options: chosenOptions(options),
  };
  return [
    '# Run it with: driftglass compare --recipe recipe.yaml',
    "# Paths start at this file's folder.",
    ...mapLines(content, ''),
    '',
  ].join('\n');
}

/** Its path alone, where there is nothing else to say. */
function recipeSource({ reading, where, ...source }: Source): unknown {
  const shown = shownPath(source);
  const path = shown === '-' ? './-' : shown;
  if (isEmpty(reading) && where === undefined) return path;
  return { path, reading, where };
}

function mapLines(map: object, indent: string): string[] {
  return Object.entries(map).flatMap(([key, value]) => {
    if (isEmpty(value)) return [];
    const name = scalar(key);
    // a key that is longer than 1 024 characters must say that it is one
    const start = name.length > 1000 ? `${indent}? ${name}\n${indent}:` : `${indent}${name}:`;
    if (Array.isArray(value)) return [`${start} [${value.map(scalar).join(', ')}]`];
    if (typeof value === 'object') return [start, ...mapLines(value, `${indent}  `)];
    return [`${start} ${scalar(value)}`];
  });
}

/** An empty list is something: no value means missing, say. */
function isEmpty(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return value === undefined;
  return !Array.isArray(value) && Object.values(value).every(isEmpty);
}

/** Words that other readers of YAML take for something else than text. */
const otherWords = /^(true|false|null|yes|no|on|off|y|n)$/i;
const plainText = /^(\.{0,2}\/)?[a-z_](?:[\w ./-]*[\w./-])?$/i;
/** What JSON leaves as it is, and hides in an editor or turns the order of others around. */
const hidden = /[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]/gu;

function scalar(value: unknown): string {
  if (typeof value !== 'string') return String(value);
  if (plainText.test(value) && !otherWords.test(value)) return value;
  return JSON.stringify(value).replace(
    hidden,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
