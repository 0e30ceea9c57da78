import { z } from 'zod';
import { archivedId, archivedText, archivedTime } from '../../archive/archive-fields.ts';
import type { PostId, UserId } from '../../kernel/ids.ts';
import type { Page } from '../../kernel/page.ts';
import type { AuthoredPost, Post, PostRepository } from '../../posts/post.ts';
import { postNotFound } from '../../posts/post-not-found.ts';
import { type MemberReader, mayRead, type Reader } from '../../reading/may-read.ts';
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
    const readable = (reader: Reader) =>
      [...rows().posts.values()].filter(({ authorId }) => {
        const author = rows().users.get(authorId);
        return author !== undefined && mayRead(reader, { suspended: author.suspendedAt !== null });
      });
    const homePosts = (reader: MemberReader) =>
      readable(reader).filter(
        ({ authorId }) => authorId === reader.id || rows().follows.has(followKey(reader.id, authorId)),
      );
    const authored = (post: Post): AuthoredPost[] => {
      const author = rows().users.get(post.authorId);
      return author === undefined ? [] : [{ post, author }];
    };
    const authoredPage = (page: Page<Post>): Page<AuthoredPost> => ({
      ...page,
      items: page.items.flatMap(authored),
    });
    return {
      find: async (id) => rows().posts.get(id) ?? null,
      findMany: async (ids) =>
        [...new Set(ids)].flatMap((id) => rows().posts.get(id) ?? []).flatMap(authored),
      listAll: async (reader, page) => authoredPage(pageOfRows(readable(reader), page)),
      async listByAuthor(reader, authorId, page) {
        const own = readable(reader).filter((post) => post.authorId === authorId);
        return pageOfRows(own, page);
      },
      listHome: async (reader, page) => authoredPage(pageOfRows(homePosts(reader), page)),
      countAllNewer: async (reader, after, most) =>
        pageOfRows(readable(reader), { after, limit: most }).items.length,
      countHomeNewer: async (reader, after, most) =>
        pageOfRows(homePosts(reader), { after, limit: most }).items.length,
    };
  },
  writes: (store) => ({
    insert: async (post) => store.insert('posts', post),
    delete: async (id) => store.delete('posts', id),
  }),
};
