import { hotRead } from '../../connection/hot-statement.ts';
import { type PersonFields, personColumns, type UserFields, userColumns } from './row.ts';

export type RelatedFields = readonly [following: 't' | 'f', followedBy: 't' | 'f', ...person: PersonFields];

export const userById = hotRead<readonly [id: string], UserFields>(
  (schema) => `
  select ${userColumns('users')} from ${schema}.users where id = $1`,
);

/** `$1` is in lower case. */
export const userByNickname = hotRead<readonly [nickname: string], UserFields>(
  (schema) => `
  select ${userColumns('users')} from ${schema}.users where lower(nickname) = $1`,
);

/** `$1` is in lower case; `$2` is the viewer. */
export const personByNickname = hotRead<readonly [nickname: string, viewerId: string], RelatedFields>(
  (schema) => `
  select exists (select from ${schema}.follows where follower_id = $2::bigint and followed_id = person.id),
         exists (select from ${schema}.follows where follower_id = person.id and followed_id = $2::bigint),
         ${personColumns('person')}
    from ${schema}.users as person where lower(person.nickname) = $1`,
);
