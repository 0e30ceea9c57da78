import type { PostId } from '@microblog/core';
import { type HotValue, hotRead, hotWrite } from '../../connection/hot-statement.ts';
import { type PageParts, pagedStatement } from '../paged-statement.ts';
import { homeIds } from './home-ids.ts';
import { type AuthoredFields, authoredColumns, type PostFields, postColumns } from './row.ts';

type IdFields = readonly [id: PostId];

export const insertPost = hotWrite<
  readonly [id: string, authorId: string, body: string, language: string | null, createdAt: string]
>(
  (schema) => `
  insert into ${schema}.posts (id, author_id, body, language, created_at) values ($1, $2, $3, $4, $5)`,
);

export const postById = hotRead<readonly [id: string], PostFields>(
  (schema) => `
  select ${postColumns} from ${schema}.posts as post where post.id = $1`,
);

/** As `postsByIds`. Postgres would plan an array of one anew each time, as it can't know that it is short. */
export const authoredPostById = hotRead<readonly [id: string], AuthoredFields>(
  (schema) => `
  select ${authoredColumns}
    from ${schema}.posts as post
    join ${schema}.users as author on author.id = post.author_id
   where post.id = $1`,
);

export const postsByIds = hotRead<readonly [ids: readonly string[]], AuthoredFields>(
  (schema) => `
  select ${authoredColumns}
    from ${schema}.posts as post
    join ${schema}.users as author on author.id = post.author_id
   where post.id = any($1::bigint[])`,
);

export const postsOfAll = pagedStatement<readonly HotValue[], AuthoredFields>(
  '$2',
  (parts) => `
  select ${authoredColumns}
    from (${newest('*', parts)}) as post
    join ${parts.schema}.users as author on author.id = post.author_id
   order by post.id ${parts.order}
   limit $1`,
);

export const idsOfAll = pagedStatement<readonly HotValue[], IdFields>(
  '$2',
  (parts) => `
  select post.id from (${newest('post.id', parts)}) as post limit $1`,
);

/** The posts of all authors, from the primary key. */
const newest = (columns: string, { schema, beyond, readable, order, limit }: PageParts) => `
    select ${columns}
      from ${schema}.posts as post
     where ${beyond('post.id')} and ${readable('post.author_id')}
     order by post.id ${order}
     ${limit}`;

/** `$2` is the author. */
export const postsOfAuthor = pagedStatement<readonly HotValue[], PostFields>(
  '$3',
  ({ schema, beyond, readable, order, limit }) => `
  select ${postColumns}
    from (
    select *
      from ${schema}.posts as post
     where post.author_id = $2::bigint and ${beyond('post.id')} and ${readable('post.author_id')}
     order by post.id ${order}
     ${limit}) as post
   limit $1`,
);

/** `$2` is the reader. */
export const postsAtHome = pagedStatement<readonly HotValue[], AuthoredFields>(
  '$3',
  (parts) => `
  select ${authoredColumns}
    from (${homeIds(parts)}) as skeleton
    join ${parts.schema}.posts as post on post.id = skeleton.id
    join ${parts.schema}.users as author on author.id = post.author_id
   order by post.id ${parts.order}`,
);

/** `$2` is the reader. */
export const idsAtHome = pagedStatement<readonly HotValue[], IdFields>(
  '$3',
  (parts) => `
  select skeleton.id from (${homeIds(parts)}) as skeleton`,
);
