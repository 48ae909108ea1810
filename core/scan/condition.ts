import type { ColumnSchema } from '../contract.js';
import { DriftError, messages, quoted } from '../errors.js';
import type { Database } from './database.js';
import { columnId, literal } from './sql.js';

/** A condition that a person wrote, and how they know it: `--reference-where`. */
export interface Condition {
  text: string;
  option: string;
}

/**
 * Turns a condition over a file's own column names into SQL over c0, c1, ... DuckDB parses it, and only what stands in
 * the lists below goes on: no subquery, no other table, no file, no function that reads anything but its arguments.
 * What comes out is written anew from the parse tree, so that no text of the person's becomes SQL.
 *
 * @throws {DriftError} `bad-option` with what is wrong
 */
export async function toSql(
  database: Database,
  relation: string,
  columns: readonly ColumnSchema[],
  condition: Condition,
): Promise<string> {
  const statement = await parse(database, condition);
  const node = statement.statements[0]?.node as { where_clause: unknown };
  node.where_clause = checked(node.where_clause, { columns, condition });
  const text = literal(written(statement));
  const [row] = await database.rows(`SELECT json_deserialize_sql(${text})`);
  const sql = String(row?.[0]).replace(/^SELECT 1 WHERE /, '');
  const [described] = await explaining(condition, columns, () =>
    database.rows(`DESCRIBE SELECT (${sql}) FROM ${relation}`),
  );
  const type = String(described?.[1]);
  if (type !== 'BOOLEAN') throw bad(condition, `it is ${type} and not true or false`);
  return sql;
}

/** Turns what DuckDB says of a condition, or of a value that it meets, into a sentence. */
export async function explaining<T>(
  condition: Condition,
  columns: readonly ColumnSchema[],
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const isAbout =
      error instanceof Error &&
      !(error instanceof DriftError) &&
      /^(Binder|Conversion|Invalid Input|Out of Range|Mismatch Type|Not implemented) Error/.test(
        error.message,
      );
    if (!isAbout) throw error;
    const [said = ''] = error.message.replace(/^[A-Za-z ]+ Error: /, '').split('\n');
    const named = said.replace(/"?\bc(\d+)\b"?/g, (id, index) =>
      columns[Number(index)] ? quoted(columns[Number(index)]?.name ?? '') : id,
    );
    throw bad(condition, named, error);
  }
}

interface Statement {
  statements: { node: unknown }[];
}

/** One SELECT whose condition is all that is not fixed, as DuckDB's parse tree. */
async function parse(database: Database, condition: Condition): Promise<Statement> {
  const { text } = condition;
  if (text.trim() === '') throw bad(condition, 'it is empty');
  if (text.includes('\0')) throw bad(condition, 'it holds a character that is no text');
  // a line of its own for the bracket, or a comment at the end would hide it
  const trees = await database.rows(
    `SELECT json_serialize_sql(${literal(`SELECT 1 WHERE (${text}\n)`)}), json_serialize_sql('SELECT 1 WHERE true')`,
  );
  const [asked, plain] = (trees[0] ?? []).map((tree) => read(String(tree)));
  if (asked?.error) throw bad(condition, asked.error_message ?? 'it cannot be understood');
  const frame = (tree: Statement | undefined) =>
    JSON.stringify(tree, (key, value) => (free.includes(key) ? null : value));
  if (!asked || frame(asked) !== frame(plain))
    throw bad(condition, 'it is more than one condition');
  return asked;
}

/** Where a parsed statement may differ from the plain one. */
const free = ['where_clause', 'query_location', 'named_param_map'];

type Tree = Statement & { error?: boolean; error_message?: string };

/** Numbers are kept as they are written: those of 64 bits do not fit a JavaScript number. */
function read(text: string): Tree {
  const tokens = /"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;
  return JSON.parse(
    text.replace(tokens, (token) => (token[0] === '"' ? token : `"\\u0000${token}"`)),
  );
}

function written(tree: unknown): string {
  return JSON.stringify(tree).replace(/"\\u0000([^"]*)"/g, '$1');
}

interface Context {
  columns: readonly ColumnSchema[];
  condition: Condition;
}

type Node = Record<string, unknown> & { class: string; type: string };

/** By class of expression: where further expressions stand, and what else it may hold. */
const shapes: Record<string, { parts: string[]; leaves: string[] }> = {
  CONSTANT: { parts: [], leaves: ['value'] },
  COLUMN_REF: { parts: [], leaves: ['column_names'] },
  COMPARISON: { parts: ['left', 'right'], leaves: [] },
  CONJUNCTION: { parts: ['children'], leaves: [] },
  OPERATOR: { parts: ['children'], leaves: [] },
  BETWEEN: { parts: ['input', 'lower', 'upper'], leaves: [] },
  CAST: { parts: ['child'], leaves: ['cast_type', 'try_cast'] },
  CASE: { parts: ['else_expr'], leaves: ['case_checks'] },
  FUNCTION: {
    parts: ['children'],
    leaves: 'function_name schema catalog filter order_bys distinct is_operator export_state'.split(
      ' ',
    ),
  },
};

/** The same expression with columns by their place; everything in it has been looked at. */
function checked(expression: unknown, context: Context): unknown {
  if (Array.isArray(expression)) return expression.map((part) => checked(part, context));
  const node = expression as Node;
  const shape = shapes[node.class];
  if (!shape) throw bad(context.condition, reasons[node.class] ?? `${node.class} is not allowed`);
  const { parts, leaves } = shape;
  const known = ['class', 'type', 'alias', 'query_location', ...parts, ...leaves];
  const odd = Object.keys(node).find((key) => !known.includes(key));
  if (odd !== undefined || node.alias !== '')
    throw bad(context.condition, `${odd ?? 'a name for it'} is not allowed`);
  check(node, context);
  const changed: Node = { ...node };
  for (const part of parts) changed[part] = checked(node[part], context);
  if (node.class === 'COLUMN_REF')
    changed.column_names = placed(node.column_names as string[], context);
  if (node.class === 'CASE') {
    changed.case_checks = (node.case_checks as Record<string, unknown>[]).map((one) => ({
      when_expr: checked(one.when_expr, context),
      then_expr: checked(one.then_expr, context),
    }));
  }
  return changed;
}

const reasons: Record<string, string> = {
  SUBQUERY: 'a subquery is not allowed; IN takes a list in round brackets',
  WINDOW: 'a window function is not allowed',
  STAR: 'name the columns one by one',
  LAMBDA: 'a function of its own is not allowed',
  PARAMETER: 'it has a parameter; write the value itself',
  POSITIONAL_REFERENCE: 'name the columns instead of numbering them',
};

function check(node: Node, { condition }: Context): void {
  if (node.class === 'OPERATOR' && !operators.has(node.type))
    throw bad(condition, `${node.type.toLowerCase()} is not allowed`);
  if (node.class === 'CAST') {
    const { id } = node.cast_type as { id: string };
    if (!types.has(id)) throw bad(condition, 'only plain types are allowed in a cast');
  }
  if (node.class !== 'FUNCTION') return;
  const name = String(node.function_name).toLowerCase();
  if (!functions.has(name) || (node.schema !== '' && node.schema !== 'main') || node.catalog !== '')
    throw bad(condition, `the function ${quoted(name)} is not allowed`);
  const { orders } = node.order_bys as { orders: unknown[] };
  if (node.filter !== null || orders.length > 0 || node.distinct || node.export_state)
    throw bad(condition, `${quoted(name)} is no aggregate here`);
}

/** The longest beginning of a dotted name that is a column, by its place; the rest are fields of its value. */
function placed(names: string[], { columns, condition }: Context): string[] {
  for (let length = names.length; length > 0; length--) {
    const name = names.slice(0, length).join('.');
    const exact = columns.findIndex((column) => column.name === name);
    const alike = columns.flatMap((column, index) =>
      column.name.toLowerCase() === name.toLowerCase() ? [index] : [],
    );
    if (exact < 0 && alike.length > 1)
      throw bad(
        condition,
        `${quoted(name)} may be several columns; write it in quotes as it stands`,
      );
    const index = exact < 0 ? alike[0] : exact;
    if (index !== undefined) return [columnId(index), ...names.slice(length)];
  }
  const known = columns.map(({ name }) => name);
  throw bad(condition, messages.columnUnknown(names.join('.'), known));
}

function bad({ option }: Condition, why: string, cause?: unknown): DriftError {
  return new DriftError('bad-option', messages.badCondition(option, why), { cause });
}

const operators: ReadonlySet<string> = new Set([
  ...['COMPARE_IN', 'COMPARE_NOT_IN', 'OPERATOR_NOT', 'OPERATOR_IS_NULL', 'OPERATOR_IS_NOT_NULL'],
  ...['OPERATOR_COALESCE', 'ARRAY_EXTRACT', 'STRUCT_EXTRACT'],
]);

const types: ReadonlySet<string> = new Set([
  ...['BOOLEAN', 'TINYINT', 'SMALLINT', 'INTEGER', 'BIGINT', 'HUGEINT', 'UTINYINT', 'USMALLINT'],
  ...['UINTEGER', 'UBIGINT', 'FLOAT', 'DOUBLE', 'DECIMAL', 'VARCHAR', 'UUID', 'INTERVAL', 'DATE'],
  ...['TIME', 'TIMESTAMP', 'TIMESTAMP_S', 'TIMESTAMP_MS', 'TIMESTAMP_NS'],
  'TIMESTAMP WITH TIME ZONE',
]);

/** Of their arguments alone: the same for the same row at any time, and not larger than they are. */
const functions: ReadonlySet<string> = new Set(
  [
    '+ - * / // % ** ^ || ~~ !~~ ~~* !~~* ~~~ ^@ & | << >>',
    'like_escape not_like_escape ilike_escape not_ilike_escape',
    'abs ceil ceiling floor round trunc sign sqrt cbrt pow power exp ln log log2 log10 mod fmod',
    'greatest least nullif isnan isinf isfinite',
    'lower lcase upper ucase length len strlen trim ltrim rtrim left right substr substring',
    'replace reverse concat instr strpos position contains prefix suffix starts_with ends_with',
    'regexp_matches regexp_full_match regexp_extract split_part strip_accents ascii unicode',
    'levenshtein hash md5',
    'date_part datepart date_trunc datetrunc date_diff datediff date_sub datesub last_day',
    'year quarter month week day hour minute second millisecond dayofmonth dayofweek dayofyear',
    'isodow isoyear weekday weekofyear yearweek dayname monthname epoch epoch_ms timezone',
    'make_date make_time make_timestamp strftime strptime try_strptime to_timestamp',
    'to_years to_months to_weeks to_days to_hours to_minutes to_seconds to_milliseconds',
    'list_value list_contains list_has array_contains array_length row',
  ]
    .join(' ')
    .split(' '),
);
