import type { UserId } from '../kernel/ids.ts';
import type { Page } from '../kernel/page.ts';
import type { Repositories } from '../ports/storage.ts';
import type { Post } from '../posts/post.ts';
import type { User } from '../users/user.ts';

/** A post as lists show it. */
export interface PostWithAuthor {
  readonly post: Post;
  readonly author: User;
}

/**
 * Joins posts with their authors in one read, whatever their number. `known` are authors that the caller
 * has already: where they are enough, nothing is read. Posts whose author vanished are left out.
 */
export async function withAuthors(
  { users }: Pick<Repositories, 'users'>,
  posts: readonly Post[],
  known: readonly User[] = [],
): Promise<PostWithAuthor[]> {
  const authors = new Map<UserId, User>(known.map((user) => [user.id, user]));
  const missing = [...new Set(posts.map((post) => post.authorId))].filter((id) => !authors.has(id));
  if (missing.length > 0) {
    for (const user of await users.findMany(missing)) authors.set(user.id, user);
  }
  return posts.flatMap((post) => {
    const author = authors.get(post.authorId);
    return author === undefined ? [] : [{ post, author }];
  });
}

/** A page of posts as a page of posts with their authors. */
export async function hydratePage(
  repositories: Pick<Repositories, 'users'>,
  page: Page<Post>,
  known: readonly User[] = [],
): Promise<Page<PostWithAuthor>> {
  return { ...page, items: await withAuthors(repositories, page.items, known) };
}
