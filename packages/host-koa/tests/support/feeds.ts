import { parseAtomFeed, parseJsonFeed } from 'feedsmith';
import { SaxesParser } from 'saxes';
import { expect } from 'vitest';

/** What a feed reader gets from either format. */
export interface ReadFeed {
  readonly id: string | null;
  readonly title: string;
  readonly language: string;
  readonly self: string;
  readonly page: string;
  readonly older: string | null;
  readonly newer: string | null;
  readonly updated: string | null;
  readonly entries: readonly {
    readonly id: string;
    readonly url: string;
    readonly html: string;
    readonly author: string;
    readonly published: string;
    readonly language: string | null;
  }[];
}

/** RFC 3339, as RFC 4287 and JSON Feed require. */
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/;
/** RFC 4151, section 2.1, with a DNS name. */
const TAG =
  /^tag:[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*,\d{4}(-\d\d(-\d\d)?)?:[\w\-.~!$&'()*+,;=:@/?]*$/;

/**
 * Reads a feed with a strict XML parser first, then with a feed parser, and checks everything that RFC 4287
 * requires.
 */
export function readAtom(xml: string): ReadFeed {
  expect(xmlFaults(xml)).toEqual([]);
  const feed = parseAtomFeed(xml);
  const links = (rel: string) => feed.links?.filter((link) => link.rel === rel) ?? [];
  expect(feed.id).toMatch(TAG);
  expect(feed.title?.value.trim()).not.toBe('');
  expect(feed.updated).toMatch(INSTANT);
  expect([links('self').length, links('alternate').length]).toEqual([1, 1]);
  expect(links('self')[0]?.type).toBe('application/atom+xml');
  const entries = (feed.entries ?? []).map((entry) => {
    expect(entry.id).toMatch(TAG);
    expect(entry.title?.value).toMatch(/\S/);
    expect(entry.updated).toMatch(INSTANT);
    expect(entry.content?.type).toBe('html');
    const alternates = entry.links?.filter((link) => link.rel === 'alternate') ?? [];
    expect(alternates).toHaveLength(1);
    return {
      id: entry.id ?? '',
      url: alternates[0]?.href ?? '',
      html: entry.content?.value ?? '',
      author: entry.authors?.[0]?.name ?? '',
      published: entry.published ?? '',
      language: entry.content?.xml?.lang ?? null,
    };
  });
  expectUnique(entries);
  return {
    id: feed.id ?? null,
    title: feed.title?.value ?? '',
    language: /<feed [^>]*xml:lang="([^"]*)"/.exec(xml)?.[1] ?? '',
    self: links('self')[0]?.href ?? '',
    page: links('alternate')[0]?.href ?? '',
    older: links('next')[0]?.href ?? null,
    newer: links('previous')[0]?.href ?? null,
    updated: feed.updated ?? null,
    entries,
  };
}

/** Checks that every field that JSON Feed 1.1 requires is there, with the right type. */
export function readJsonFeed(text: string): ReadFeed {
  const feed = JSON.parse(text);
  expect(parseJsonFeed(feed).items ?? []).toHaveLength(feed.items.length);
  expect(feed.version).toBe('https://jsonfeed.org/version/1.1');
  expect(feed.title).toMatch(/\S/);
  expect(Array.isArray(feed.items)).toBe(true);
  expect('author' in feed, 'what 1.1 replaced').toBe(false);
  const entries = feed.items.map((item: Record<string, unknown>) => {
    expect(item).toMatchObject({
      id: expect.stringMatching(TAG),
      url: expect.any(String),
      content_html: expect.any(String),
      content_text: expect.any(String),
      date_published: expect.stringMatching(INSTANT),
      authors: [{ name: expect.any(String), url: expect.any(String), avatar: expect.any(String) }],
    });
    expect(item).not.toHaveProperty('title');
    return {
      id: item.id,
      url: item.url,
      html: item.content_html,
      author: (item.authors as { name: string }[])[0]?.name,
      published: item.date_published,
      language: item.language ?? null,
    };
  });
  expectUnique(entries);
  return {
    id: null,
    title: feed.title,
    language: feed.language,
    self: feed.feed_url,
    page: feed.home_page_url,
    older: feed.next_url ?? null,
    newer: null,
    updated: null,
    entries,
  };
}

/** What a strict parser rejects in a document: syntax that is not well-formed, and invalid characters. */
export function xmlFaults(xml: string): string[] {
  const faults: string[] = [];
  const parser = new SaxesParser({ xmlns: true });
  parser.on('error', ({ message }) => void faults.push(message));
  parser.write(xml).close();
  return faults;
}

function expectUnique(entries: readonly { readonly id: string }[]): void {
  expect(new Set(entries.map(({ id }) => id)).size).toBe(entries.length);
}
