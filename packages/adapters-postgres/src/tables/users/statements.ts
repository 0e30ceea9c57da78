import { hotRead } from '../../connection/hot-statement.ts';
import { type UserFields, userColumns } from './row.ts';

export const userById = hotRead<readonly [id: string], UserFields>(
  (schema) => `
  select ${userColumns('users')} from ${schema}.users where id = $1`,
);

/** `$1` is in lower case. */
export const userByNickname = hotRead<readonly [nickname: string], UserFields>(
  (schema) => `
  select ${userColumns('users')} from ${schema}.users where lower(nickname) = $1`,
);
