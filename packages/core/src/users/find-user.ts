import { MicroblogError } from '../kernel/errors.ts';
import { isUsable } from '../kernel/text.ts';
import type { Repositories } from '../ports/storage.ts';
import type { User } from './user.ts';

/**
 * The user with that nickname, in any case. Reads nothing if `nickname` is not a text that storages accept.
 * @throws {MicroblogError} `user_not_found`.
 */
export async function findUser({ users }: Pick<Repositories, 'users'>, nickname: unknown): Promise<User> {
  const text = typeof nickname === 'string' ? nickname : '';
  const user = isUsable(text) && text !== '' ? await users.findByNickname(text) : null;
  if (user === null) {
    throw new MicroblogError('user_not_found', 'No user has this nickname.', {
      details: { nickname: text.slice(0, 80) },
    });
  }
  return user;
}
