import type { Post } from '../posts/post.ts';
import type { Person } from '../users/person.ts';

/** A post as every read returns it: lists, single posts, search, feeds and embeds. */
export interface Entry {
  readonly post: Post;
  readonly author: Person;
}
