import type { Post } from '@microblog/core';
import { LRUCache } from 'lru-cache';

type PostData = Pick<Post, 'id' | 'body' | 'createdAt'>;
type Texts = Readonly<Record<string, string | boolean>>;

interface Kept<Made> {
  readonly body: string;
  readonly time: number;
  readonly texts: Made;
}

/** Approximate bytes of an entry besides its texts. */
const ENTRY_SIZE = 300;

/**
 * Returns a function that makes texts from a post, and keeps those of the posts that were shown last, up to `maxBytes`.
 * They are made again if the body or the time of the post changed: another process may have changed it. Texts depend on
 * the post and on `language` alone, never on the reader.
 */
export function keptByPost<Made extends Texts>(
  maxBytes: number,
  make: (post: PostData, language: string) => Made,
): (post: PostData, language: string) => Made {
  const cache = new LRUCache<string, Kept<Made>>({ maxSize: maxBytes, maxEntrySize: maxBytes });
  return (post, language) => {
    const key = `${post.id} ${language}`;
    const time = post.createdAt.getTime();
    const known = cache.get(key);
    if (known !== undefined && known.body === post.body && known.time === time) return known.texts;
    const texts = make(post, language);
    cache.set(key, { body: post.body, time, texts }, { size: ENTRY_SIZE + 2 * lengthOf(post.body, texts) });
    return texts;
  };
}

function lengthOf(body: string, texts: Texts): number {
  return Object.values(texts).reduce<number>(
    (sum, text) => sum + (typeof text === 'string' ? text.length : 0),
    body.length,
  );
}
