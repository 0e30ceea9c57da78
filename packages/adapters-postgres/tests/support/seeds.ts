import type { Storage, User } from '@microblog/core';
import { builders } from '@microblog/core/testing';

/** As many new members as wanted, with no posts and no followers. */
export async function insertMembers(storage: Storage, count: number): Promise<User[]> {
  const build = builders();
  const members: User[] = [];
  for (let n = 0; n < count; n++) members.push(await storage.users.insert(build.user()));
  return members;
}
