/**
 * Measures how long searches take, in a file and in Postgres, compared with `ilike`. docs/search.md has figures.
 *
 *   node --conditions=@microblog/source search.ts fill POSTS FILE DATABASE_URL [LANGUAGE]
 *   node --conditions=@microblog/source search.ts time FILE DATABASE_URL [SERIES]
 *   node --conditions=@microblog/source search.ts processor-time FILE DATABASE_URL [SERIES]
 *
 * `fill` writes the same posts into the file and an empty database, and prints how fast that was. The posts are in
 * LANGUAGE (such as `en`); without it, they have no language. `time` prints a table in Markdown, and may be run
 * again. `processor-time` does the same on a busy machine (Linux, with the database on this machine).
 */

import { fillIndexes } from './search-data.ts';
import { timeSearches } from './search-times.ts';

const [command, ...rest] = process.argv.slice(2);
const [posts = '', file = '', databaseUrl = '', language = null] = command === 'fill' ? rest : ['', ...rest];
if (!['fill', 'time', 'processor-time'].includes(command ?? '') || file === '' || databaseUrl === '') {
  console.error(
    'usage: search.ts fill POSTS FILE DATABASE_URL [LANGUAGE]\n       search.ts time|processor-time FILE DATABASE_URL [SERIES]',
  );
  process.exit(2);
}
if (command === 'fill') await fillIndexes({ posts: Number(posts), file, databaseUrl, language });
else {
  const processor = command === 'processor-time';
  await timeSearches({ file, databaseUrl, series: Number(language ?? 5), processor });
}
