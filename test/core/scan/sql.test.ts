import { expect, test } from 'vitest';
import { createDatabase } from '../../../core/scan/database.js';
import { literal } from '../../../core/scan/sql.js';

test.each(['', "it's", "'; DROP TABLE reference; --", 'a\0b', '\0', "'\0'", '\\', '🦆\u2028'])(
  'any text comes back as it is: %j',
  async (text) => {
    const database = await createDatabase([], {});
    try {
      expect(await database.rows(`SELECT ${literal(text)}`)).toEqual([[text]]);
    } finally {
      await database.close();
    }
  },
);
