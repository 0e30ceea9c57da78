import type { Post } from '@microblog/core';

/** What pages show of a post that depends on nothing but the post and the language. */
export interface OnePostTexts {
  /** See `PostView`. */
  readonly bodyHtml: string;
  readonly long: boolean;
  /** The texts of `Moment`, without the relative one. */
  readonly iso: string;
  readonly exact: string;
  readonly day: string;
}

/** Texts that are made once and shown on many pages. */
export interface PostTexts {
  of(post: Pick<Post, 'id' | 'body' | 'createdAt'>, lang: string): OnePostTexts;
  /** How long ago something was, as in `Moment`. Default: until this moment. */
  relative(instant: Date, lang: string, now?: Date): string;
}
