import type { Feed, FeedAuthor, FeedEntry } from './feed.ts';

/** JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/). Entries have no titles, as it recommends for microblogs. */
export function jsonFeed(feed: Feed): string {
  const document = {
    version: 'https://jsonfeed.org/version/1.1',
    title: feed.title,
    home_page_url: feed.pageUrl,
    feed_url: feed.selfUrl,
    ...(feed.description === '' ? {} : { description: feed.description }),
    ...(feed.olderUrl === null ? {} : { next_url: feed.olderUrl }),
    ...(feed.author === null ? {} : { icon: feed.author.avatarUrl, authors: [authorOf(feed.author)] }),
    language: feed.language,
    items: feed.entries.map(itemOf),
  };
  return JSON.stringify(document);
}

function itemOf({ id, url, html, text, published, author, language }: FeedEntry) {
  return {
    id,
    url,
    content_html: `<p dir="auto">${html}</p>`,
    content_text: text,
    date_published: published,
    authors: [authorOf(author)],
    ...(language === null ? {} : { language }),
  };
}

function authorOf({ name, url, avatarUrl }: FeedAuthor) {
  return { name, url, avatar: avatarUrl };
}
