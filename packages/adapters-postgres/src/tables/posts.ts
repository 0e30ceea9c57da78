import {
  type MemberReader,
  mapPage,
  type PageRequest,
  type Post,
  type PostId,
  type PostRepository,
  pageOf,
  type UserId,
} from '@microblog/core';
import { Model, raw, snakeCaseMappers } from 'objection';
import { idClash, userNotFound } from './constraint-meanings.ts';
import type { Database } from './database.ts';
import { direction, keyset, readPage } from './keyset.ts';
import type { Models } from './models.ts';
import { readableBy } from './readable-by.ts';
import type { RepositoryTable } from './table.ts';

export class PostRow extends Model {
  static override readonly tableName = 'posts';
  static override readonly columnNameMappers = snakeCaseMappers();

  declare id: PostId;
  declare authorId: UserId;
  declare body: string;
  declare language: string | null;
  declare createdAt: Date;
}

function toPost({ id, authorId, body, language, createdAt }: PostRow): Post {
  return { id, authorId, body, language, createdAt };
}

export const posts: RepositoryTable<'posts', PostRow> = {
  name: 'posts',
  row: PostRow,
  repository: postRepository,
  constraints: { posts_pkey: idClash, posts_author_fkey: userNotFound },
  archive: {
    key: 'id',
    columns: {
      id: ['id', 'bigint'],
      authorId: ['author_id', 'bigint'],
      body: ['body', 'text'],
      language: ['language', 'text'],
      createdAt: ['created_at', 'timestamptz'],
    },
  },
};

function postRepository(database: Database): PostRepository {
  return {
    async insert({ id, authorId, body, language, createdAt }) {
      await database.write(({ posts }) => posts().insert({ id, authorId, body, language, createdAt }));
    },
    async find(id) {
      const row = await database.read(({ posts }) => posts().findById(id));
      return row === undefined ? null : toPost(row);
    },
    async findMany(ids) {
      const rows = await database.read(({ posts }) => posts().whereIn('id', [...ids]));
      return rows.map(toPost);
    },
    async delete(id) {
      const deleted = await database.write(({ posts }) => posts().delete().where({ id }).returning('id'));
      return deleted.length > 0;
    },
    async listAll(reader, page) {
      return database.read((models) => readPage(readableBy(models, reader, models.posts()), page, toPost));
    },
    async listByAuthor(reader, authorId, page) {
      return database.read((models) => {
        const own = models.posts().where('author_id', authorId);
        return readPage(readableBy(models, reader, own), page, toPost);
      });
    },
    async listHome(reader, page) {
      const rows = await database.read((models) => homeTimeline(models, reader, page));
      return mapPage(pageOf(rows, page), toPost);
    },
    async countAllNewer(reader, after, most) {
      const page = { after, limit: most };
      const rows = await database.read((models) =>
        keyset(readableBy(models, reader, models.posts().select('id')), page),
      );
      return Math.min(rows.length, most);
    },
    async countHomeNewer(reader, after, most) {
      const page = { after, limit: most };
      const rows = await database.read((models) => homeTimeline(models, reader, page, 'posts.id'));
      return Math.min(rows.length, most);
    },
  };
}

// Why: docs/decisions/0004-home-timeline-query.md
/**
 * First reads only ids: a page of the newest ones of each author that the reader may read, from the index
 * `posts_by_author`, then one page of all these. Then reads the posts of that page. The cost grows with authors times
 * page size, not with the number of posts.
 */
function homeTimeline(
  models: Models,
  reader: MemberReader,
  page: PageRequest,
  columns = 'posts.*',
): PromiseLike<PostRow[]> {
  const followed = models.follows().select('followed_id as id').where('follower_id', reader.id);
  const authors = readableBy(
    models,
    reader,
    models
      .users()
      .select('author.id')
      .from(raw('(? union all select ?::bigint) as author', [followed, reader.id])),
    'author.id',
  );
  const ofAuthor = keyset(
    models.posts().alias('post').select('post.id').whereColumn('post.author_id', 'author.id'),
    page,
    'post.id',
  );
  const order = raw(direction(page));
  const skeleton = raw(
    `(select newest.id
        from (?) as author
       cross join lateral (?) as newest
       order by newest.id ?
       limit ?) as skeleton`,
    [authors, ofAuthor, order, page.limit + 1],
  );
  return models
    .posts()
    .select(columns)
    .join(skeleton, 'skeleton.id', 'posts.id')
    .orderBy('posts.id', direction(page));
}
