import { MicroblogError } from '../kernel/errors.ts';
import { isUsable } from '../kernel/text.ts';
import type { Repositories } from '../ports/storage.ts';
import type { User } from './user.ts';

/**
 * The person of that nickname, in any case. A text that no storage can hold is nobody's, and no storage is
 * asked for it.
 * @throws {MicroblogError} `user_not_found`.
 */
export async function findUser({ users }: Pick<Repositories, 'users'>, nickname: string): Promise<User> {
  const user = isUsable(nickname) ? await users.findByNickname(nickname) : null;
  if (user === null) {
    throw new MicroblogError('user_not_found', 'There is nobody with that nickname.', {
      details: { nickname: nickname.slice(0, 80) },
    });
  }
  return user;
}
