import { idClash, userNotFound } from '../constraint-meanings.ts';
import type { RepositoryTable } from '../table.ts';
import { postRepository } from './repository.ts';
import { PostRow } from './row.ts';

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
