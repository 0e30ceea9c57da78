import { parseId, type UserId } from '../kernel/ids.ts';
import { invalidInput } from '../kernel/input.ts';
import type { Person } from './person.ts';

/**
 * Copies the fields of a person that the caller loaded, and drops any others.
 * @throws {MicroblogError} `invalid_input` with the field `id` if it has no valid id.
 */
export function requirePerson(given: Person): Person {
  const id = parseId<UserId>((given as Person | null | undefined)?.id);
  if (id === null) throw invalidInput([{ field: 'id', problem: 'wrong_type', params: {} }]);
  return {
    id,
    nickname: given.nickname,
    aboutMe: given.aboutMe,
    avatarUrl: given.avatarUrl,
    emailHash: given.emailHash,
    createdAt: given.createdAt,
    lastSeenAt: given.lastSeenAt,
    followerCount: given.followerCount,
    followingCount: given.followingCount,
    postCount: given.postCount,
    suspended: given.suspended,
  };
}
