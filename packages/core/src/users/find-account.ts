import { MicroblogError } from '../kernel/errors.ts';
import { isUsable } from '../kernel/text.ts';
import type { Repositories } from '../ports/storage.ts';
import { normalizeEmail } from './email.ts';
import { findUser } from './find-user.ts';
import type { User } from './user.ts';

/**
 * The user with that address, in any spelling of its domain; null without one. An address of an earlier release may
 * have another form. Reads nothing if `text` is not a text that storages accept.
 */
export async function findByAddress(
  { users }: Pick<Repositories, 'users'>,
  text: string,
): Promise<User | null> {
  return isUsable(text) ? users.findByEmail(normalizeEmail(text) ?? text.trim()) : null;
}

/**
 * For administrators: the user with that nickname or that e-mail address, in any case. Not for others: it would show
 * who has an address.
 * @throws {MicroblogError} `user_not_found`.
 */
export async function findAccount(repositories: Pick<Repositories, 'users'>, name: string): Promise<User> {
  const isAddress = typeof name === 'string' && /^.+@/.test(name.trim());
  if (!isAddress) return findUser(repositories, withoutAt(name));
  const user = await findByAddress(repositories, name);
  if (user !== null) return user;
  throw new MicroblogError('user_not_found', 'No user has this e-mail address.');
}

/** A nickname as people write it, without the `@` before it. */
export function withoutAt(name: string): string {
  return typeof name === 'string' ? name.trim().replace(/^@/, '') : name;
}
