import { parseId, type UserId } from '@microblog/core';
import type Keygrip from 'keygrip';

/**
 * Tokens of links that end mails about followers. A token never expires, allows nothing else, and works without
 * signing in (RFC 8058). Its format is `<user id>.<signature>`.
 */
export interface UnsubscribeTokens {
  issue(userId: UserId): string;
  /** The user whose mails the token ends. Null if it was not issued here. */
  userOf(token: string): UserId | null;
}

export function unsubscribeTokens(keys: Keygrip): UnsubscribeTokens {
  return {
    issue: (userId) => `${userId}.${keys.sign(message(userId))}`,
    userOf(token) {
      const [id = '', signature = '', ...rest] = token.split('.');
      const userId = parseId<UserId>(id);
      if (userId === null || rest.length > 0 || !keys.verify(message(userId), signature)) return null;
      return userId;
    },
  };
}

function message(userId: UserId): string {
  return `unsubscribe ${userId}`;
}
