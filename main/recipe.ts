import { createReadStream } from 'node:fs';
import { dirname, isAbsolute } from 'node:path';
import { type Document, isMap, isScalar, isSeq, LineCounter, parseDocument } from 'yaml';
import {
  badOption,
  type CompareOptions,
  type DriftError,
  quoted,
  type Source,
  unreadable,
} from '../core/index.js';
import type { CompareCommand } from './compareCommand.js';
import { recipeProblem } from './recipeProblem.js';
import type { OutputFormat } from './renderReport.js';
import { recipeSchema } from './requests.js';

/** A comparison as a file. What is absent comes from the command line, or is as usual. */
export interface Recipe {
  reference?: Source;
  /** With a split it may be absent: both sides are parts of the reference. */
  current?: Source;
  options?: CompareOptions;
  outputs?: Partial<Record<OutputFormat, string>>;
  failOn?: CompareCommand['failOn'];
}

/** The parser needs seconds for a hostile megabyte, and far more memory than that. */
const mostBytes = 256 * 1024;
const mostLevels = 16;
const mostAliases = 100;

/** Reads a recipe. Paths in it start at its own folder. @throws {DriftError} `bad-option` with line and column */
export async function readRecipe(path: string): Promise<Recipe> {
  const recipe = parseRecipe(decode(await readStart(path), path), path);
  const { reference, current, outputs } = recipe;
  const from = (own: string) => below(dirname(path), own);
  return {
    ...recipe,
    ...(reference && { reference: { ...reference, path: from(reference.path) } }),
    ...(current && { current: { ...current, path: from(current.path) } }),
    ...(outputs && {
      outputs: Object.fromEntries(
        Object.entries(outputs).map(([format, place]) => [format, from(place)]),
      ),
    }),
  };
}

/** @param name - how errors call it */
export function parseRecipe(text: string, name: string): Recipe {
  const lines = new LineCounter();
  const document = parseDocument(text, {
    lineCounter: lines,
    schema: 'core',
    merge: false,
    prettyErrors: false,
    resolveKnownTags: false,
    stringKeys: true,
    // done below: this one compares every key with every other
    uniqueKeys: false,
  });
  const refusal: Refusal = (why, offset) => {
    const { line, col } = lines.linePos(offset ?? 0);
    const place = offset === undefined ? '' : `, line ${line}, column ${col}`;
    return badOption(`${name}${place}: ${why}`);
  };
  const problem = document.errors[0] ?? document.warnings[0];
  if (problem) throw refusal(syntaxProblem(problem), problem.pos[0]);
  if (document.contents === null) throw refusal('it is empty; driftglass recipe init writes one');
  checkNode(document.contents, refusal);
  const checked = recipeSchema.safeParse(toValue(document, refusal));
  if (checked.success) return checked.data as Recipe;
  const { why, offset } = recipeProblem(checked.error, document);
  throw refusal(why, offset);
}

type Refusal = (why: string, offset?: number) => DriftError;

function syntaxProblem({ code, message }: { code: string; message: string }): string {
  if (message.includes('call stack')) return 'it is nested too deeply';
  if (code === 'MULTIPLE_DOCS') return 'a recipe is one document, and a second one starts here';
  if (code === 'TAG_RESOLVE_FAILED') return 'tags such as !!this are not used in a recipe';
  return `this is no YAML (${message.slice(0, 200)})`;
}

/** What the schema would not see: depth, repeated keys, and the one key that a JavaScript object takes for its own. */
function checkNode(node: unknown, refusal: Refusal, level = 1): void {
  if (!isMap(node) && !isSeq(node)) return;
  if (level > mostLevels) throw refusal('it is nested too deeply', node.range?.[0]);
  if (isSeq(node)) {
    for (const item of node.items) checkNode(item, refusal, level + 1);
    return;
  }
  const keys = new Set<string>();
  for (const { key, value } of node.items) {
    if (!isScalar(key)) throw refusal('a key must be text', node.range?.[0]);
    const [name, offset] = [String(key.value), key.range?.[0]];
    if (name === '__proto__') throw refusal(`${quoted(name)} cannot be a key`, offset);
    if (keys.has(name)) throw refusal(`the key ${quoted(name)} is there twice`, offset);
    keys.add(name);
    checkNode(value, refusal, level + 1);
  }
}

function toValue(document: Document, refusal: Refusal): unknown {
  try {
    return document.toJS({ maxAliasCount: mostAliases });
  } catch (error) {
    // the library's own, of aliases without an anchor or with far too many stand-ins
    if (error instanceof ReferenceError) throw refusal('its aliases (*name) cannot be followed');
    throw error;
  }
}

async function readStart(path: string): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  try {
    // a pipe does not tell its size, and some files have no end
    for await (const part of createReadStream(path, { end: mostBytes })) parts.push(part);
  } catch (cause) {
    throw unreadable(path, cause);
  }
  return Buffer.concat(parts);
}

/** UTF-8, or UTF-16 as an older PowerShell writes what a command prints. */
function decode(bytes: Uint8Array, name: string): string {
  const refusal = (why: string) => badOption(`${name}: ${why}`);
  if (bytes.length > mostBytes)
    throw refusal(`it is larger than ${mostBytes / 1024} KB, and so no recipe`);
  const isUtf16 = bytes[0] === 0xff && bytes[1] === 0xfe;
  try {
    const text = new TextDecoder(isUtf16 ? 'utf-16le' : 'utf-8', { fatal: true }).decode(bytes);
    if (!text.includes('\0')) return text;
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
  }
  throw refusal('it is no text in UTF-8, and so no recipe');
}

/** Not normalized, so that `./-` stays a file and does not become standard input. */
function below(folder: string, path: string): string {
  if (path === '-' || folder === '.' || isAbsolute(path)) return path;
  return `${folder}/${path}`;
}
