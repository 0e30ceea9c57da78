import type { AuthoredPost, Post } from '../../posts/post.ts';

/** The posts of a page, with or without authors. */
export function postsOf(page: { readonly items: readonly (Post | AuthoredPost)[] }): Post[] {
  return page.items.map((item) => ('post' in item ? item.post : item));
}
