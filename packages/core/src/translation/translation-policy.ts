import type { Post } from '../posts/post.ts';
import { primaryLanguage } from '../search/matching.ts';

/**
 * Whether a translation into `language` is worth offering: the post's own language is known and different.
 * Regions do not count: a reader of `es` also reads `es-MX`.
 */
export function isTranslatable(post: Pick<Post, 'language'>, language: string): boolean {
  return post.language !== null && primaryLanguage(post.language) !== primaryLanguage(language);
}
