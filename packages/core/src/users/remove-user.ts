import type { EventRecorder } from '../events/events.ts';
import type { UserId } from '../kernel/ids.ts';
import { type Cursor, MAX_PAGE_LIMIT } from '../kernel/page.ts';
import type { Transaction } from '../ports/storage.ts';
import { unrestrictedReader } from '../reading/may-read.ts';
import type { User } from './user.ts';

/**
 * Removes somebody with all that is theirs, and keeps the events of it: one for each post, where anybody hears
 * of deleted posts, and one for the person. Says whether there was anybody.
 */
export async function removeUser(
  events: EventRecorder,
  transaction: Transaction,
  user: Pick<User, 'id' | 'nickname'>,
  deletedBy: UserId,
): Promise<boolean> {
  if (events.hears('post.deleted')) await recordPostsGone(events, transaction, user.id, deletedBy);
  if (!(await transaction.users.delete(user.id))) return false;
  await events.record(transaction, 'user.deleted', {
    userId: user.id,
    nickname: user.nickname,
    deletedBy,
  });
  return true;
}

/** Whoever hears of deleted posts, a search index above all, hears of these too: a statement for each page. */
async function recordPostsGone(
  events: EventRecorder,
  transaction: Transaction,
  authorId: UserId,
  deletedBy: UserId,
): Promise<void> {
  let before: Cursor | undefined;
  do {
    const page = { limit: MAX_PAGE_LIMIT, before };
    const { items, next } = await transaction.posts.listByAuthor(unrestrictedReader, authorId, page);
    const gone = items.map(({ id: postId }) => ({ postId, authorId, deletedBy }));
    await events.recordMany(transaction, 'post.deleted', gone);
    before = next ?? undefined;
  } while (before !== undefined);
}
