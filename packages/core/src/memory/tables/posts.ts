import { z } from 'zod';
import { archivedId, archivedText, archivedTime } from '../../archive/archive-fields.ts';
import type { PostId, UserId } from '../../kernel/ids.ts';
import type { Post, PostRepository } from '../../posts/post.ts';
import { postNotFound } from '../../posts/post-not-found.ts';
import { pageOfRows } from '../page-of-rows.ts';
import type { RepositoryTable } from '../table.ts';
import { followKey } from './follow-key.ts';

export const posts: RepositoryTable<Post, PostRepository, 'insert' | 'delete', Post> = {
  key: ({ id }) => id,
  notFound: postNotFound,
  belongsTo: { users: ({ authorId }) => [authorId] },
  counts: ({ authorId }) => [[authorId, 'postCount']],
  archive: {
    since: 1,
    orderBy: 'id',
    schema: z.strictObject({
      id: archivedId<PostId>(),
      authorId: archivedId<UserId>(),
      body: archivedText,
      language: archivedText.nullable(),
      createdAt: archivedTime,
    }),
    toRow: (record) => record,
  },
  reads: (rows) => {
    const homePosts = (readerId: UserId) =>
      [...rows().posts.values()].filter(
        ({ authorId }) => authorId === readerId || rows().follows.has(followKey(readerId, authorId)),
      );
    return {
      find: async (id) => rows().posts.get(id) ?? null,
      findMany: async (ids) => [...new Set(ids)].flatMap((id) => rows().posts.get(id) ?? []),
      listAll: async (page) => pageOfRows(rows().posts.values(), page),
      async listByAuthor(authorId, page) {
        const own = [...rows().posts.values()].filter((post) => post.authorId === authorId);
        return pageOfRows(own, page);
      },
      listHome: async (readerId, page) => pageOfRows(homePosts(readerId), page),
      countAllNewer: async (after, most) =>
        pageOfRows(rows().posts.values(), { after, limit: most }).items.length,
      countHomeNewer: async (readerId, after, most) =>
        pageOfRows(homePosts(readerId), { after, limit: most }).items.length,
    };
  },
  writes: (store) => ({
    insert: async (post) => store.insert('posts', post),
    delete: async (id) => store.delete('posts', id),
  }),
};
