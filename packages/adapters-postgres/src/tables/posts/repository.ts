import {
  type AuthoredPost,
  type Cursor,
  type MemberReader,
  type Page,
  type PageRequest,
  type PostRepository,
  pageOf,
  type Reader,
} from '@microblog/core';
import type { HotRow, HotStatement, HotValue } from '../../connection/hot-statement.ts';
import type { Database } from '../database.ts';
import { type AuthoredFields, toAuthoredPosts, toPost } from './row.ts';
import {
  authoredPostById,
  idsAtHome,
  idsOfAll,
  insertPost,
  postById,
  postsAtHome,
  postsByIds,
  postsOfAll,
  postsOfAuthor,
} from './statements.ts';

type Paged<Row extends HotRow> = (
  page: PageRequest,
  reader: Reader,
) => HotStatement<readonly HotValue[], Row>;

export function postRepository(database: Database): PostRepository {
  /** One row more than the page has shows that the list goes on. */
  const rowsOf = <Row extends HotRow>(
    list: Paged<Row>,
    reader: Reader,
    page: PageRequest,
    own: readonly HotValue[],
    limit = page.limit + 1,
  ): Promise<readonly Row[]> => {
    const cursor = page.after ?? page.before;
    return database.run(list(page, reader), [limit, ...own, ...(cursor === undefined ? [] : [cursor])]);
  };
  const count = async (
    list: Paged<HotRow>,
    reader: Reader,
    after: Cursor | undefined,
    most: number,
    own: readonly HotValue[],
  ) => (await rowsOf(list, reader, { after, limit: most }, own, most)).length;

  return {
    async insert({ id, authorId, body, language, createdAt }) {
      await database.run(insertPost, [id, authorId, body, language, createdAt.toISOString()]);
    },
    async find(id) {
      const [row] = await database.run(postById, [id]);
      return row === undefined ? null : toPost(row);
    },
    async findMany(ids) {
      const [only, ...others] = ids;
      if (only === undefined) return [];
      const rows =
        others.length === 0
          ? await database.run(authoredPostById, [only])
          : await database.run(postsByIds, [ids]);
      return toAuthoredPosts(rows);
    },
    async delete(id) {
      const deleted = await database.write(({ posts }) => posts().delete().where({ id }).returning('id'));
      return deleted.length > 0;
    },
    async listAll(reader, page) {
      return authoredPage(await rowsOf(postsOfAll, reader, page, []), page);
    },
    async listByAuthor(reader, authorId, page) {
      const rows = await rowsOf(postsOfAuthor, reader, page, [authorId]);
      return pageOf(rows.map(toPost), page);
    },
    async listHome(reader, page) {
      return authoredPage(await rowsOf(postsAtHome, reader, page, [reader.id]), page);
    },
    countAllNewer: (reader, after, most) => count(idsOfAll, reader, after, most, []),
    countHomeNewer: (reader: MemberReader, after, most) => count(idsAtHome, reader, after, most, [reader.id]),
  };
}

function authoredPage(rows: readonly AuthoredFields[], page: PageRequest): Page<AuthoredPost> {
  const { items, ...cursors } = pageOf(
    rows.map((fields) => ({ id: fields[0], fields })),
    page,
  );
  return { ...cursors, items: toAuthoredPosts(items.map(({ fields }) => fields)) };
}
