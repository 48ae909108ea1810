import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { messages } from '../../../core/errors.js';
import { type Condition, toSql } from '../../../core/scan/condition.js';
import { createDatabase, type Database } from '../../../core/scan/database.js';
import { createTemporaryFolder } from '../../createTemporaryFolder.js';
import { opened } from './opened.js';

const folder = createTemporaryFolder();
const secret = folder.write('secret.csv', 'a\n1\n');
/** In the order of c0, c1, ... of the table below. */
const names = ['age', 'My "Col"', 'city', 'when', 'Größe', 'a.b', 'Twin', 'twin', 'select', 'big'];
const columns = names.map((name) => ({ name, storageType: '' }));

let database: Database;
beforeAll(async () => {
  database = await createDatabase([], {});
  await database.run(
    `CREATE TABLE reference AS SELECT * FROM (VALUES
      (17.0, 'x', 'Rome', TIMESTAMP '2026-01-01', 1.5, {'f': 1}, 1, 2, true, 9007199254740992),
      (30.0, 'y', 'Oslo', TIMESTAMP '2026-02-01', 2.5, {'f': 2}, 3, 4, false, 9007199254740993),
      (NULL, 'z', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL)
    ) AS t(${columns.map((_, index) => `c${index}`).join(', ')})`,
  );
  await database.run('CREATE TABLE current AS SELECT 42 AS c0');
});
afterAll(() => database.close());

const condition = (text: string): Condition => ({ text, option: '--reference-where' });

function sqlOf(text: string): Promise<string> {
  return toSql(database, 'reference', columns, condition(text));
}

/** The values of c1 in the rows that a condition chooses. */
async function chosen(text: string): Promise<string> {
  const where = await sqlOf(text);
  const rows = await database.rows(`SELECT c1 FROM reference WHERE ${where} ORDER BY c1`);
  return rows.flat().join('');
}

describe('a condition chooses rows', () => {
  it.each([
    ['age >= 18', 'y'],
    ['AGE < 18', 'x'],
    ['age IS NULL', 'z'],
    ['NOT (age > 18) OR age IS NULL', 'xz'],
    [`"My ""Col""" = 'y'`, 'y'],
    [`city IN ('Oslo', 'Kyiv')`, 'y'],
    [`city LIKE 'R%' OR city ILIKE 'os%'`, 'xy'],
    [`lower(city) = 'rome' AND length(city) BETWEEN 3 AND 5`, 'x'],
    [`"when" >= DATE '2026-01-15'`, 'y'],
    [`"when" < '2026-01-15'`, 'x'],
    [`"when" + INTERVAL 40 DAY > TIMESTAMP '2026-02-15'`, 'y'],
    ['year("when") = 2026 AND extract(month FROM "when") = 2', 'y'],
    ['größe > 2', 'y'],
    ['"a.b" IS NOT NULL', 'xy'],
    ['"a.b".f = 2', 'y'],
    ['a.b.f = 1', 'x'],
    ['"Twin" = 1', 'x'],
    ['"twin" = 4', 'y'],
    ['"select"', 'x'],
    ['big = 9007199254740993', 'y'],
    ['CASE WHEN age > 18 THEN true ELSE city IS NULL END', 'yz'],
    ['coalesce(age, 99) > 20', 'yz'],
    ['age % 2 = 0 AND round(größe) = 3', 'y'],
    ['TRY_CAST("My ""Col""" AS DOUBLE) IS NULL', 'xyz'],
    ['age > 18 -- those of age', 'y'],
    ['age /* in years */ > 18\nAND true', 'y'],
    [`city = 'it''s' OR city = 'Oslo'`, 'y'],
    ["regexp_matches(city, '^O')", 'y'],
    ['age > 1e1 AND age < 2.05e1', 'x'],
  ])('%s', async (text, expected) => {
    expect(await chosen(text)).toBe(expected);
  });

  it('by the place of its columns, not by their names', async () => {
    expect(await sqlOf('age > 18 AND "My ""Col""" = city')).toBe('((c0 > 18) AND (c1 = c2))');
  });
});

describe('what is no condition over this file gets one sentence', () => {
  it.each([
    ['', /it is empty/],
    ['  \n', /it is empty/],
    ['age >', /syntax error/],
    ['age > 18)', /syntax error/],
    ['age > 18; DROP TABLE reference', /syntax error/],
    ['true) ; SELECT (1', /more than one condition/],
    ['true) UNION SELECT (1', /more than one condition/],
    ['true) LIMIT (1', /more than one condition/],
    ['true) GROUP BY (1', /more than one condition/],
    ['true) QUALIFY (true', /more than one condition/],
    ['true) USING SAMPLE (3', /syntax error|more than one condition/],
    ['age > 18 AS x', /syntax error/],
    ['age > 18, true', /it is STRUCT\(.*\) and not true or false/],
    ['age', /it is DECIMAL\(3,1\) and not true or false/],
    ["'text'", /it is VARCHAR and not true or false/],
    ['aeg > 18', /no column is called "aeg", there are "age", "My "Col""/],
    ['TWIN = 1', /"TWIN" may be several columns/],
    ['c0 > 18', /no column is called "c0"/],
    ['rowid > 0', /no column is called "rowid"/],
    ['current.c0 = 42', /no column is called "current\.c0"/],
    ['reference.age > 1', /no column is called "reference\.age"/],
    ['current_date > "when"', /no column is called "current_date"/],
    ['city > 3', /Cannot compare values of type VARCHAR/],
    ['lower(age) = 1', /No function matches/],
    ['age > (SELECT 1)', /a subquery is not allowed/],
    ['EXISTS (SELECT 1 FROM current)', /a subquery is not allowed/],
    ['age IN (SELECT c0 FROM current)', /a subquery is not allowed/],
    ['age = ANY([1, 2])', /a subquery is not allowed/],
    [`age = (FROM read_csv('${secret}'))`, /a subquery is not allowed|syntax error/],
    [`read_text('${secret}') IS NULL`, /the function "read_text" is not allowed/],
    ["getenv('HOME') = ''", /the function "getenv" is not allowed/],
    ["current_setting('temp_directory') = ''", /the function "current_setting" is not allowed/],
    ["getvariable('x') = 1", /the function "getvariable" is not allowed/],
    ['now() > "when"', /the function "now" is not allowed/],
    ['random() > 0.5', /the function "random" is not allowed/],
    ["length(repeat('x', 1000000000)) > 1", /the function "repeat" is not allowed/],
    ['len(range(1000000000)) > 1', /the function "range" is not allowed/],
    ['count(*) > 1', /the function "count_star" is not allowed/],
    ['row_number() OVER () > 1', /a window function is not allowed/],
    ['COLUMNS(*) IS NULL', /name the columns one by one/],
    ['#1 > 3', /name the columns instead of numbering them/],
    ['age = ?', /it has a parameter/],
    ['list_filter([1], x -> x > 0) = [1]', /is not allowed/],
    [`CAST(city AS "other") IS NULL`, /only plain types/],
    ['memory.main.lower(city) = 1', /is not allowed/],
    ["city COLLATE nocase = 'x'", /is not allowed/],
    ['age > 18 \0', /no text/],
  ])('%s', async (text, why) => {
    const failed = expect(sqlOf(text)).rejects;
    await failed.toMatchObject({
      code: 'bad-option',
      message: expect.stringMatching(/^The condition --reference-where cannot be used \(.*\); /),
    });
    await expect(sqlOf(text)).rejects.toThrowError(why);
    await expect(sqlOf(text)).rejects.toThrowError(/^[^\p{Cc}]+\.$/u);
  });
});

describe('whatever is written', () => {
  const words = [
    ...['age', 'city', '"when"', 'c0', 'reference', 'current', '(', ')', '(', ')', ',', ';', '--'],
    ...['/*', '*/', "'", "''", '"', '$$', '\n', '\\', '=', '>', 'AND', 'OR', 'NOT', 'IN', 'SELECT'],
    ...['FROM', 'UNION', 'WHERE', 'LIMIT', '1', 'true', 'NULL', '::', '.', '[', ']', '{', '}', '?'],
    ...["read_text('/etc/hostname')", 'DROP TABLE reference', 'COPY', 'SET', 'lower(city)', ':='],
  ];

  it('becomes a harmless condition or a sentence', async () => {
    const word = fc.constantFrom(...words);
    const comparison = fc.tuple(
      fc.constantFrom('age', 'c1', '"My ""Col"""', '1', 'lower(city)', "'x'", '(age)'),
      fc.constantFrom('=', '>', 'IS NOT DISTINCT FROM', '+ 1 >', 'IN (1, 2) =', '||'),
      fc.constantFrom('age', 'big', '2', 'city', 'NULL', '-1', "'--'", "'; SELECT'"),
      fc.constantFrom('', '', 'AND true', 'OR NOT ("select")', '/* ; */', '-- SELECT'),
      fc.oneof(fc.constant(''), word),
    );
    const texts = fc.oneof(fc.array(word, { maxLength: 12 }), comparison);
    let acceptedCount = 0;
    await fc.assert(
      fc.asyncProperty(texts, fc.constantFrom('', ' '), async (parts, between) => {
        const text = parts.join(between);
        const sql = await sqlOf(text).catch((error) => {
          expect(error).toMatchObject({ name: 'DriftError', code: 'bad-option' });
          return null;
        });
        if (sql === null) return;
        acceptedCount++;
        expect(sql.replace(/'[^']*'/g, '')).not.toMatch(/SELECT|;|--|read_|reference|current/);
      }),
      { numRuns: 1_500, seed: 7 },
    );
    expect(acceptedCount).toBeGreaterThan(100);
    expect(await database.rows('SELECT count(*) FROM reference')).toEqual([['3']]);
  });
});

describe('of a file', () => {
  const path = folder.write(
    'people.csv',
    `name,age,code\n${Array.from({ length: 40 }, (_, i) => `n${i},${i},${i === 39 ? 'x' : i}`).join('\n')}\n`,
  );

  it('the rows left out are counted, and only the others are read', async () => {
    const { dataset, rows } = await opened({ path, where: 'Age >= 30' });
    expect(dataset).toMatchObject({
      rowCount: 10,
      rejectedRowCount: 0,
      leftOut: [{ why: 'condition', rowCount: 30 }],
    });
    expect(rows.map(([name]) => name)).toEqual(Array.from({ length: 10 }, (_, i) => `n${30 + i}`));
  });

  it('one that all rows meet leaves none out', async () => {
    expect((await opened({ path, where: 'age >= 0' })).dataset.leftOut).toEqual([]);
  });

  it('one that no row meets is a sentence', async () => {
    await expect(opened({ path, where: 'age > 100' })).rejects.toMatchObject({
      code: 'bad-option',
      message: messages.nothingChosen('--reference-where', 40),
    });
  });

  it('a value that it cannot take is a sentence, with the column by its name', async () => {
    await expect(opened({ path, where: 'CAST(code AS DOUBLE) > 3' })).rejects.toThrowError(
      /^The condition --reference-where cannot be used \(Could not convert string .?x.? to DOUBLE/,
    );
    await expect(opened({ path, where: 'name + age > 3' })).rejects.toMatchObject({
      code: 'bad-option',
    });
  });
});
