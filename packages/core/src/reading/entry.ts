import type { Post } from '../posts/post.ts';
import type { Person } from '../users/person.ts';

/** A post as it is read everywhere: in lists, alone, in search, in feeds and embeds. */
export interface Entry {
  readonly post: Post;
  readonly author: Person;
}
