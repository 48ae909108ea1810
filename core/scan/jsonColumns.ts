import { DriftError, messages } from '../errors.js';
import type { Database } from './database.js';
import { literal, literalList } from './sql.js';

/** A key of the objects, and how its values are read. */
export interface JsonColumn {
  name: string;
  /** Of values that are no single ones; null where `loadedType` says it. */
  storageType: string | null;
  loadedType: 'VARCHAR' | 'DOUBLE' | 'BIGINT' | 'BOOLEAN' | TimeType;
  /** The structure, quoted, whose struct the value is taken from; null where it is taken by itself. */
  layer: string | null;
  /** SQL for the value as text. */
  expression: string;
}

type TimeType = 'DATE' | 'TIMESTAMP' | 'TIMESTAMP WITH TIME ZONE';

/** A type of `json_group_structure`: a name, the type of a list's items in a list, or those of an object. */
type Structure = string | Structure[] | { [key: string]: Structure };

const sampleRowCount = 20_000;
/** A tree of them takes about ten times as much. */
const sampleBytes = 16_000_000;
const orderRowCount = 100;
/** Objects that are maps have a key for each of their things; they are no table. */
const mostNames = 10_000;

const day = '[0-9]{4}-[0-9]{2}-[0-9]{2}';
const time = `${day}[T ][0-9]{2}:[0-9]{2}(:[0-9]{2}(\\.[0-9]+)?)?`;

/** How times are written, and as what they are read. */
const timePatterns: [TimeType, string][] = [
  ['DATE', day],
  ['TIMESTAMP', time],
  ['TIMESTAMP WITH TIME ZONE', `${time} ?(Z|[+-][0-9]{2}(:?[0-9]{2})?)`],
];

/**
 * All keys, those of the first rows first, with types from a sample of the rows that have them.
 *
 * @param objects - a subquery with the columns json and file_index, in which all rows are objects
 */
export async function findJsonColumns(
  database: Database,
  objects: string,
  shownName: string,
): Promise<JsonColumn[]> {
  const limit = await sampleSize(database, objects);
  const sample = `(SELECT * FROM ${objects} LIMIT ${limit})`;
  const names = await readNames(database, objects, shownName);
  const structures = await readStructures(database, sample);
  const late = names.filter((name) => !structures.has(name));
  if (late.length > 0) {
    const isLate = `list_has_any(json_keys(json), ${literalList(late.filter(isPlain))})`;
    const rows = `(SELECT json FROM ${objects} WHERE ${isLate} LIMIT ${limit})`;
    const found = await readStructures(database, rows);
    for (const name of late) structures.set(name, found.get(name) ?? 'VARCHAR');
  }
  const columns = withExpressions(
    names.map((name) => ({ name, ...toType(structures.get(name) ?? 'VARCHAR') })),
  );
  await findNested(database, sample, columns, structures);
  await findTimes(database, sample, columns);
  return columns;
}

async function sampleSize(database: Database, objects: string): Promise<number> {
  const [answer = []] = await database.rows(
    `SELECT avg(strlen(json)) FROM (SELECT json FROM ${objects} LIMIT 100)`,
  );
  return Math.min(sampleRowCount, Math.ceil(sampleBytes / Math.max(1, Number(answer[0]))));
}

/** In the order of the first rows; those that come later after them, by name. */
async function readNames(
  database: Database,
  objects: string,
  shownName: string,
): Promise<string[]> {
  const first = await database.rows(
    `SELECT json_keys(json) FROM (SELECT json FROM ${objects} LIMIT ${orderRowCount})`,
  );
  const names = new Set(first.flatMap(([keys]) => keys as string[]));
  const all = await database.rows(
    `SELECT DISTINCT unnest(json_keys(json)) AS name FROM ${objects} ORDER BY name LIMIT ${mostNames + 1}`,
  );
  for (const [name] of all) names.add(String(name));
  if (names.size > mostNames) {
    const why = `its rows have more than ${mostNames} keys in all`;
    throw new DriftError('file-unreadable', messages.unsupported(shownName, why));
  }
  return [...names];
}

async function readStructures(database: Database, rows: string): Promise<Map<string, Structure>> {
  const [answer = []] = await database.rows(`SELECT json_group_structure(json) FROM ${rows}`);
  const structure = JSON.parse(String(answer[0] ?? '{}')) as Structure;
  return new Map(typeof structure === 'object' ? Object.entries(structure) : []);
}

function toType(structure: Structure): Pick<JsonColumn, 'storageType' | 'loadedType'> {
  if (typeof structure !== 'string')
    return { storageType: shownType(structure), loadedType: 'VARCHAR' };
  const isNumber = /^(U?(BIG|HUGE)INT|DOUBLE)$/.test(structure);
  if (isNumber) return { storageType: null, loadedType: 'DOUBLE' };
  return { storageType: null, loadedType: structure === 'BOOLEAN' ? 'BOOLEAN' : 'VARCHAR' };
}

/** As DuckDB writes types. */
function shownType(structure: Structure): string {
  if (typeof structure === 'string') return structure === 'NULL' ? 'JSON' : structure;
  if (Array.isArray(structure)) return `${shownType(structure[0] ?? 'JSON')}[]`;
  const fields = Object.entries(structure).map(([name, type]) => `${name} ${shownType(type)}`);
  const list = fields.join(', ');
  return `STRUCT(${list.length > 200 ? `${list.slice(0, 199)}…` : list})`;
}

/**
 * One struct of texts takes all values out of an object at once. Names in a struct differ in more
 * than case, so what is left over goes into a second one, and so on; and they have no NUL.
 */
function withExpressions(
  columns: readonly Omit<JsonColumn, 'layer' | 'expression'>[],
): JsonColumn[] {
  const layers: Map<string, string>[] = [];
  const places = columns.map(({ name }) => {
    if (!isPlain(name)) return null;
    let index = layers.findIndex((layer) => !layer.has(name.toLowerCase()));
    if (index < 0) index = layers.push(new Map()) - 1;
    const layer = layers[index] as Map<string, string>;
    layer.set(name.toLowerCase(), name);
    return { index, position: layer.size };
  });
  const structures = layers.map((layer) => {
    const fields = [...layer.values()].map((name) => `${JSON.stringify(name)}:"VARCHAR"`);
    return literal(`{${fields.join(',')}}`);
  });
  return columns.map((column, index) => {
    const place = places[index];
    if (place) {
      const expression = `struct_extract_at(s${place.index}, ${place.position})`;
      return { ...column, layer: structures[place.index] ?? null, expression };
    }
    const pointer = `/${column.name.replaceAll('~', '~0').replaceAll('/', '~1')}`;
    const parts = pointer.split('\0').map(literal).join(' || chr(0) || ');
    return { ...column, layer: null, expression: `json_extract_string(json, ${parts})` };
  });
}

function isPlain(name: string): boolean {
  return !name.includes('\0');
}

/** A subquery in which column `index` is `textId(index)`, taken out of each object once. */
export function textsOf(objects: string, columns: readonly JsonColumn[]): string {
  const list = columns.map(({ expression }, index) => `${expression} AS ${textId(index)}`);
  const layers = [...new Set(columns.flatMap(({ layer }) => layer ?? []))];
  const structs = layers.map((layer, index) => `json_transform(json, ${layer}) AS s${index}`);
  const inner = `SELECT ${[...structs, 'json', 'file_index'].join(', ')} FROM ${objects}`;
  return `(SELECT ${[...list, 'file_index'].join(', ')} FROM (${inner}))`;
}

export function textId(index: number): string {
  return `t${index}`;
}

/** Texts of which all in the sample are times of one kind are read as such. */
async function findTimes(
  database: Database,
  sample: string,
  columns: readonly JsonColumn[],
): Promise<void> {
  const list = columns.flatMap(({ storageType, loadedType }, index) => {
    if (storageType !== null || loadedType !== 'VARCHAR') return [];
    const value = textId(index);
    return timePatterns.map(([type, pattern]) => {
      const isTime = `regexp_full_match(${value}, '${pattern}') AND TRY_CAST(${value} AS ${type}) IS NOT NULL`;
      return { index, type, condition: `bool_and(${isTime})` };
    });
  });
  const answers = await readConditions(database, sample, columns, list);
  for (const [i, { index, type }] of list.entries()) {
    const column = columns[index];
    if (column && answers[i] === true) column.loadedType = type;
  }
}

/** What the sample's values do not agree in is text, unless some of them are no single values. */
async function findNested(
  database: Database,
  sample: string,
  columns: readonly JsonColumn[],
  structures: ReadonlyMap<string, Structure>,
): Promise<void> {
  const list = columns.flatMap(({ name }, index) => {
    if (structures.get(name) !== 'JSON') return [];
    const value = textId(index);
    return {
      index,
      condition: `bool_or(left(${value}, 1) IN ('{', '[') AND json_valid(${value}))`,
    };
  });
  const answers = await readConditions(database, sample, columns, list);
  for (const [i, { index }] of list.entries()) {
    const column = columns[index];
    if (column && answers[i] === true) column.storageType = 'JSON';
  }
}

async function readConditions(
  database: Database,
  sample: string,
  columns: readonly JsonColumn[],
  list: readonly { condition: string }[],
): Promise<unknown[]> {
  if (list.length === 0) return [];
  const conditions = list.map(({ condition }) => condition).join(', ');
  const [answers = []] = await database.rows(
    `SELECT ${conditions} FROM ${textsOf(sample, columns)}`,
  );
  return answers;
}
