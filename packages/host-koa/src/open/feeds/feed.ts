import type { Entry, Page, Person, Post } from '@microblog/core';
import type { HostContext } from '../../http/context.ts';
import { pageQuery } from '../../http/page-query.ts';
import type { Site } from '../../site/site.ts';
import { feedIds } from './feed-ids.ts';
import { feedText } from './feed-text.ts';

export type FeedFormat = 'atom' | 'json';

export interface FeedAuthor {
  readonly name: string;
  readonly url: string;
  readonly avatarUrl: string;
}

/** What a feed has of a post's body: texts that depend on the post alone. */
export type FeedTexts = Pick<FeedEntry, 'title' | 'html' | 'text'>;

export interface FeedEntry {
  readonly id: string;
  readonly url: string;
  readonly title: string;
  readonly html: string;
  readonly text: string;
  /** A BCP 47 tag; null if unknown. */
  readonly language: string | null;
  readonly author: FeedAuthor;
  /** ISO 8601 in UTC. Posts do not change. */
  readonly published: string;
}

/** A page of posts in a form that both formats use; texts contain only characters that XML allows. */
export interface Feed {
  readonly id: string;
  readonly brand: string;
  readonly title: string;
  readonly description: string;
  /** Language of the feed's own texts. */
  readonly language: string;
  readonly pageUrl: string;
  readonly selfUrl: string;
  readonly firstUrl: string;
  readonly newerUrl: string | null;
  readonly olderUrl: string | null;
  readonly updated: Date;
  /** Null for the feed of all posts. */
  readonly author: FeedAuthor | null;
  readonly entries: readonly FeedEntry[];
}

/**
 * `of` is the author of all posts; null for the feed of all posts. Links are absolute if the site's origin is known,
 * else paths.
 */
export function feed(
  site: Site,
  ctx: HostContext,
  of: Person | null,
  page: Page<Entry>,
  format: FeedFormat,
  textsOf: (post: Post) => FeedTexts,
): Feed {
  const { urls, absoluteUrl } = site;
  const brand = feedText(site.look.brand);
  const { translate: t, lang } = ctx.state;
  const ids = feedIds(site);
  // A picture that came with the account may be on another site.
  const link = (address: string) => (address.startsWith('/') ? (absoluteUrl?.(address) ?? address) : address);
  const author = (user: Person): FeedAuthor => ({
    name: feedText(user.nickname),
    url: link(urls.profile(user)),
    avatarUrl: link(urls.onePicture(user)),
  });
  const entry = ({ post, author: by }: Entry): FeedEntry => {
    const { title, html, text } = textsOf(post);
    return {
      id: ids.post(post),
      url: link(urls.post(post)),
      title,
      html,
      text,
      language: post.language,
      author: author(by),
      published: post.createdAt.toISOString(),
    };
  };
  const path = urls.feed(of, format);
  // Each language is a feed of its own.
  const own = ctx.query.lang === undefined ? '' : `lang=${lang}`;
  const address = (...parameters: string[]) => {
    const query = [...parameters, own].filter((text) => text !== '').join('&');
    return link(query === '' ? path : `${path}?${query}`);
  };
  const { before, after } = pageQuery(ctx);
  return {
    id: of === null ? ids.everybody : ids.user(of),
    brand,
    title: of === null ? brand : t('feed.user', { nickname: of.nickname, brand }),
    description: of === null ? t('layout.description') : feedText(of.aboutMe),
    language: lang,
    pageUrl: link(of === null ? urls.to('/explore') : urls.profile(of)),
    selfUrl: address(before ? `before=${before}` : after ? `after=${after}` : ''),
    firstUrl: address(),
    newerUrl: page.previous === null ? null : address(`after=${page.previous}`),
    olderUrl: page.next === null ? null : address(`before=${page.next}`),
    updated: page.items[0]?.post.createdAt ?? of?.createdAt ?? new Date(0),
    author: of === null ? null : author(of),
    entries: page.items.map(entry),
  };
}
