import type { UserId } from '../../kernel/ids.ts';

/** The key of a follow, and of the claim of the mail about it. */
export function followKey(followerId: UserId, followedId: UserId): string {
  return `${followerId}>${followedId}`;
}
