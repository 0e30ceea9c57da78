import { MicroblogError } from '../kernel/errors.ts';
import type { UserId } from '../kernel/ids.ts';
import type { User } from './user.ts';

/** The account of the caller was deleted after the caller was identified. */
export function accountGone(): MicroblogError<'user_not_found'> {
  return new MicroblogError('user_not_found', 'The account no longer exists.');
}

/** @throws {MicroblogError} `user_not_found` if `user` is null. */
export function requireUser(user: User | null): User {
  if (user === null) throw accountGone();
  return user;
}

/** @throws {MicroblogError} `account_suspended`. */
export function requireActive({
  id,
  suspendedAt,
}: {
  readonly id: UserId;
  readonly suspendedAt: Date | null;
}): void {
  if (suspendedAt !== null) throw new MicroblogError('account_suspended', `The account ${id} is suspended.`);
}
