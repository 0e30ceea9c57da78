import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { migrate, type PostgresStorage, postgresStorage, rollback } from '../src/index.ts';
import { createDatabase, type TestDatabase } from './support/databases.ts';

let database: TestDatabase;
let storage: PostgresStorage;

beforeAll(async () => {
  database = await createDatabase();
  storage = postgresStorage({ connectionString: database.url });
  await migrate(storage);
});
afterAll(async () => {
  await storage.close();
  await database.drop();
});

const wordsOf = async (text: string) => {
  const [row] = await storage.query<{ words: string[] }>(
    `select ${storage.schema}.search_words(?) as words`,
    [text],
  );
  return row?.words;
};
const isComplete = async () => {
  const [row] = await storage.query<{ complete: boolean }>(
    `select complete from ${storage.schema}.search_state`,
    [],
  );
  return row?.complete;
};
const markComplete = () =>
  storage.query(`update ${storage.schema}.search_state set complete = true, reached = 1`, []);

describe('the migration of search words', () => {
  it('folds otherwise, and makes jobs index all posts again, in both directions', async () => {
    expect(await wordsOf('مدرسة ٣')).toEqual(['مدرسه', '3']);
    expect(await rollback(storage)).toBe('0011_search_folding');
    expect(await wordsOf('مدرسة ٣')).toEqual(['مدرسة', '٣']);
    await markComplete();
    expect(await migrate(storage)).toEqual(['0011_search_folding']);
    expect(await wordsOf('مدرسة ٣')).toEqual(['مدرسه', '3']);
    expect(await isComplete()).toBe(false);
    await markComplete();
    await rollback(storage);
    expect(await isComplete()).toBe(false);
    await migrate(storage);
  });
});
