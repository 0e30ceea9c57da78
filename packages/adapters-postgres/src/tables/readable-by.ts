/**
 * The condition that a reader who may not read posts of suspended members may read those of `author`, a column with an
 * id. The twin of core's `mayRead`, to which the storage contract holds it. Every list and count of posts has it.
 */
export function readableBy(schema: string, author: string): string {
  return `not exists (
      select from ${schema}.users as suspended where suspended.id = ${author} and suspended.suspended_at is not null)`;
}
