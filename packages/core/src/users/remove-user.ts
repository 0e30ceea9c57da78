import type { EventRecorder } from '../events/events.ts';
import type { UserId } from '../kernel/ids.ts';
import { type Cursor, MAX_PAGE_LIMIT } from '../kernel/page.ts';
import type { Transaction } from '../ports/storage.ts';
import { unrestrictedReader } from '../reading/may-read.ts';
import type { User } from './user.ts';

/**
 * Deletes a user with all their data. Records `user.deleted`, and `post.deleted` for each post if that event has a
 * subscriber. Returns false if the user was already gone.
 */
export async function removeUser(
  events: EventRecorder,
  transaction: Transaction,
  user: Pick<User, 'id' | 'nickname'>,
  deletedBy: UserId,
): Promise<boolean> {
  if (events.hasSubscriber('post.deleted')) await recordDeletedPosts(events, transaction, user.id, deletedBy);
  if (!(await transaction.users.delete(user.id))) return false;
  await events.record(transaction, 'user.deleted', {
    userId: user.id,
    nickname: user.nickname,
    deletedBy,
  });
  return true;
}

/** Subscribers of `post.deleted`, such as the search index, need these events too. One statement for each page. */
async function recordDeletedPosts(
  events: EventRecorder,
  transaction: Transaction,
  authorId: UserId,
  deletedBy: UserId,
): Promise<void> {
  let before: Cursor | undefined;
  do {
    const page = { limit: MAX_PAGE_LIMIT, before };
    const { items, next } = await transaction.posts.listByAuthor(unrestrictedReader, authorId, page);
    const deleted = items.map(({ id: postId }) => ({ postId, authorId, deletedBy }));
    await events.recordMany(transaction, 'post.deleted', deleted);
    before = next ?? undefined;
  } while (before !== undefined);
}
