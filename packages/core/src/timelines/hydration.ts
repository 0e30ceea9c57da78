import type { UserId } from '../kernel/ids.ts';
import type { Page } from '../kernel/page.ts';
import type { Repositories } from '../ports/storage.ts';
import type { Post } from '../posts/post.ts';
import type { Person } from '../users/person.ts';
import type { UserPresenter } from '../users/user-presenter.ts';

/** A post as lists show it. */
export interface PostWithAuthor {
  readonly post: Post;
  readonly author: Person;
}

export interface HydrationNeeds {
  readonly storage: Pick<Repositories, 'users'>;
  readonly present: UserPresenter;
}

/** Joins posts with their authors in one read, whatever their number. Posts without an author are left out. */
export async function withAuthors(
  { storage, present }: HydrationNeeds,
  posts: readonly Post[],
): Promise<PostWithAuthor[]> {
  const ids = [...new Set(posts.map((post) => post.authorId))];
  const people = ids.length === 0 ? [] : await present.people(await storage.users.findMany(ids));
  const authors = new Map<UserId, Person>(people.map((person) => [person.id, person]));
  return posts.flatMap((post) => {
    const author = authors.get(post.authorId);
    return author === undefined ? [] : [{ post, author }];
  });
}

/** A page of posts as a page of posts with their authors. */
export async function hydratePage(needs: HydrationNeeds, page: Page<Post>): Promise<Page<PostWithAuthor>> {
  return { ...page, items: await withAuthors(needs, page.items) };
}
