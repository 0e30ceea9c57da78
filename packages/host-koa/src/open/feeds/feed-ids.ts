import type { Person, Post } from '@microblog/core';
import type { Site } from '../../site/site.ts';

/** The year in the name of the feed of all posts; it must never change. */
const YEAR = 2026;

/**
 * Names of feeds and of their entries as tag URIs (RFC 4151). They contain ids and no nicknames, so that they
 * survive a change of the nickname. They contain neither scheme nor address, so that they survive a move to HTTPS.
 */
export interface FeedIds {
  readonly everybody: string;
  user(user: Pick<Person, 'id' | 'createdAt'>): string;
  post(post: Pick<Post, 'id' | 'createdAt'>): string;
}

export function feedIds({ absoluteUrl, urls }: Pick<Site, 'absoluteUrl' | 'urls'>): FeedIds {
  const { hostname, port } = new URL(absoluteUrl?.('/') ?? 'http://microblog.invalid');
  // A tag URI cannot contain an IPv6 address.
  const authority = hostname.replace(/[^a-z0-9.-]+/g, '-').replace(/^-+|-+$/g, '');
  const name = (date: string, what: string) => `tag:${authority},${date}:${port}${urls.basePath}/${what}`;
  return {
    everybody: name(String(YEAR), 'posts'),
    user: ({ id, createdAt }) => name(dayOf(createdAt), `users/${id}`),
    post: ({ id, createdAt }) => name(dayOf(createdAt), `posts/${id}`),
  };
}

function dayOf(instant: Date): string {
  return instant.toISOString().slice(0, 10);
}
