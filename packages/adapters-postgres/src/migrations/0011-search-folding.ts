import type { Migration } from './migration.ts';
import { firstFolding, makeSearchFold } from './search-words.ts';

/** The zero of each script with digits of its own, as in `foldText` of core. */
const zeros = `
  660 6f0 7c0 966 9e6 a66 ae6 b66 be6 c66 ce6 d66 de6 e50 ed0 f20 1040 1090 17e0 1810 1946 19d0 1a80 1a90 1b50
  1bb0 1c40 1c50 a620 a8d0 a900 a9d0 a9f0 aa50 abf0 104a0 10d30 10d40 11066 110f0 11136 111d0 112f0 11450 114d0
  11650 116c0 116d0 116da 11730 118e0 11950 11bf0 11c50 11d50 11da0 11de0 11f50 16130 16a60 16ac0 16b50 16d70
  1e140 1e2f0 1e4f0 1e5f1 1e950
`;

const digits = zeros
  .trim()
  .split(/\s+/)
  .flatMap((zero) =>
    Array.from({ length: 10 }, (_, value) => String.fromCodePoint(Number.parseInt(zero, 16) + value)),
  )
  .join('');

/** Few texts have such digits, and `translate` compares each letter with all of them: so they are looked for first. */
const makeDigits = (schema: string) =>
  `create function ${schema}.search_digits(body text) returns text
  language sql immutable parallel safe as $$
    select case when body ~ '[${digits}]'
      then translate(body, '${digits}', '${'0123456789'.repeat(Array.from(digits).length / 10)}')
      else body end
  $$`;

/** Every post is indexed again by jobs, the newest first. Until then, some old posts are not found by some words. */
const indexAgain = (schema: string) => `update ${schema}.search_state set complete = false, reached = null`;

/** Arabic letters that people type for each other, and digits of all scripts, are equal. */
export const searchFolding: Migration = {
  name: '0011_search_folding',
  up: (schema) => [
    makeDigits(schema),
    makeSearchFold(schema, 'create or replace', {
      from: `${firstFolding.from}ةۃہھىیکٱ`,
      to: `${firstFolding.to}ههههييكا`,
      of: (text) => `${schema}.search_digits(${text})`,
    }),
    indexAgain(schema),
  ],
  down: (schema) => [
    makeSearchFold(schema, 'create or replace', firstFolding),
    `drop function ${schema}.search_digits(text)`,
    indexAgain(schema),
  ],
};
