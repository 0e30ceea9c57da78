import { MicroblogError } from '../kernel/errors.ts';
import { isUsable } from '../kernel/text.ts';
import type { Repositories } from '../ports/storage.ts';
import type { User } from './user.ts';

/**
 * The user with that nickname, in any case.
 * @throws {MicroblogError} `user_not_found`.
 */
export function findUser({ users }: Pick<Repositories, 'users'>, nickname: unknown): Promise<User> {
  return byNickname(nickname, (text) => users.findByNickname(text));
}

/**
 * What `find` reads for that nickname. Reads nothing if `nickname` is not a text that storages accept.
 * @throws {MicroblogError} `user_not_found` if it reads null.
 */
export async function byNickname<Found>(
  nickname: unknown,
  find: (nickname: string) => Promise<Found | null>,
): Promise<Found> {
  const text = typeof nickname === 'string' ? nickname : '';
  const found = isUsable(text) && text !== '' ? await find(text) : null;
  if (found === null) {
    throw new MicroblogError('user_not_found', 'No user has this nickname.', {
      details: { nickname: text.slice(0, 80) },
    });
  }
  return found;
}
