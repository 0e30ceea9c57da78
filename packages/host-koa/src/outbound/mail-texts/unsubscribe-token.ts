import { parseId, type UserId } from '@microblog/core';
import type Keygrip from 'keygrip';

/**
 * What stands in a link that ends mails about followers, for ever: who it is for, signed. It opens nothing
 * else, and needs nobody to sign in (RFC 8058).
 */
export function unsubscribeToken(keys: Keygrip, userId: UserId): string {
  return `${userId}.${keys.sign(message(userId))}`;
}

/** Whose mails the token ends; null for one that was not made here. */
export function unsubscribingUser(keys: Keygrip, token: string): UserId | null {
  const [id = '', signature = '', ...rest] = token.split('.');
  const userId = parseId<UserId>(id);
  if (userId === null || rest.length > 0 || !keys.verify(message(userId), signature)) return null;
  return userId;
}

function message(userId: UserId): string {
  return `unsubscribe ${userId}`;
}
