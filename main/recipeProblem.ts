import { type Document, isAlias, isMap, isNode, isScalar, isSeq, type Node } from 'yaml';
import { z } from 'zod';
import { quoted } from '../core/index.js';
import { recipeSchema } from './requests.js';

type Issue = z.core.$ZodIssue;
type Path = readonly PropertyKey[];

/** The first thing that a recipe says wrong, in words, and where it stands. */
export function recipeProblem(
  error: z.ZodError,
  document: Document,
): { why: string; offset: number | undefined } {
  // a key that is missing is most often one that is written otherwise
  const unknown = error.issues.find(({ code }) => code === 'unrecognized_keys');
  const issue = deepest(unknown ?? (error.issues[0] as Issue));
  const isKey = issue.code === 'unrecognized_keys' || issue.code === 'invalid_key';
  const path =
    issue.code === 'unrecognized_keys' ? [...issue.path, issue.keys[0] ?? ''] : issue.path;
  const { key, value, isThere } = nodeAt(document, path);
  const at = isKey ? (key ?? value) : value;
  return {
    why: isThere ? words(issue, value) : `${label(path)} is missing`,
    offset: at?.range?.[0],
  };
}

/** Where several things may stand, that one which is right at first. */
function deepest(issue: Issue): Issue {
  if (issue.code !== 'invalid_union') return issue;
  const inner = issue.errors.map(([first]) => first).find((first) => first?.path.length);
  return inner ? deepest({ ...inner, path: [...issue.path, ...inner.path] }) : issue;
}

/** The node at a path and the key before it, or the last one on the way there. */
function nodeAt(
  document: Document,
  path: Path,
): { key: Node | null; value: Node | null; isThere: boolean } {
  let key: Node | null = null;
  let value: Node | null = document.contents;
  for (const step of path) {
    const inside = isAlias(value) ? value.resolve(document) : value;
    const pair = isMap(inside)
      ? inside.items.find((item) => isScalar(item.key) && item.key.value === step)
      : undefined;
    const item = isSeq(inside) ? inside.items[Number(step)] : undefined;
    // a path alone is a source, too
    const isPath = step === 'path' && isScalar(inside);
    if (!pair && !isNode(item) && !isPath) return { key, value, isThere: false };
    if (pair) [key, value] = [pair.key as Node, (pair.value ?? pair.key) as Node];
    else if (isNode(item)) value = item;
  }
  return { key, value, isThere: true };
}

function words(issue: Issue, node: Node | null): string {
  const what = label(issue.path);
  if (issue.code === 'unrecognized_keys') {
    const known = keysAt(recipeSchema, issue.path).join(', ');
    return `${quoted(issue.keys[0] ?? '')} is no key of ${what}; its keys are ${known}`;
  }
  if (issue.code === 'invalid_key') return 'this name is too long';
  if (issue.code === 'too_small' && issue.origin === 'string') return `${what} must not be empty`;
  if (issue.code === 'too_big' && issue.origin === 'string')
    return `${what} must have at most ${issue.maximum} characters`;
  return `${what} must be ${expected(issue)}, and not ${found(node)}`;
}

function label(path: Path): string {
  return path.length === 0 ? 'a recipe' : quoted(path.map(String).join('.'));
}

const typeWords: Record<string, string> = {
  string: 'text (put it in quotes)',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a map of keys',
  record: 'a map of keys',
};

function expected(issue: Issue): string {
  if (issue.code === 'invalid_type') return typeWords[issue.expected] ?? issue.expected;
  if (issue.code === 'invalid_value') return anyOf(issue.values.map(String));
  if (issue.code === 'too_small')
    return `a number ${issue.inclusive ? 'of at least' : 'above'} ${issue.minimum}`;
  if (issue.code === 'too_big')
    return `a number ${issue.inclusive ? 'of at most' : 'below'} ${issue.maximum}`;
  if (issue.code === 'invalid_union')
    return anyOf(issue.errors.flatMap(([first]) => (first ? [expected(first)] : [])));
  return 'something else';
}

function anyOf(all: string[]): string {
  return all.length < 2 ? all.join() : `${all.slice(0, -1).join(', ')} or ${all.at(-1)}`;
}

function found(node: Node | null): string {
  if (isSeq(node)) return 'a list';
  if (isMap(node)) return 'a map of keys';
  const text = isScalar(node) ? (node.source ?? '') : String(node);
  return text === '' ? 'empty' : quoted(text);
}

/** The keys that a schema knows below a path. */
function keysAt(schema: unknown, path: Path): string[] {
  if (schema instanceof z.ZodOptional) return keysAt(schema.unwrap(), path);
  if (schema instanceof z.ZodPipe) return keysAt(schema.out, path);
  if (schema instanceof z.ZodRecord && schema.keyType instanceof z.ZodEnum)
    return schema.keyType.options.map(String);
  if (!(schema instanceof z.ZodObject)) return [];
  const [step, ...rest] = path;
  return step === undefined ? Object.keys(schema.shape) : keysAt(schema.shape[String(step)], rest);
}
