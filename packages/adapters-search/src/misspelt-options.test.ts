import { expect, it } from 'vitest';
import { fileSearchIndex, postgresSearchIndex } from './index.ts';

const misspelt = (options: object) => options as never;
const storage = { schema: 'microblog', query: async () => [] };

it('an option of fileSearchIndex that is misspelt is refused', () => {
  expect(() => fileSearchIndex(misspelt({ path: 'search.sqlite' }))).toThrow(
    "fileSearchIndex: there is no option 'path': the options are file, logger",
  );
});

it('an option of postgresSearchIndex that is misspelt is refused', () => {
  expect(() => postgresSearchIndex(storage, misspelt({ language: ['en'] }))).toThrow(
    "postgresSearchIndex: there is no option 'language': did you mean 'languages'?",
  );
});
