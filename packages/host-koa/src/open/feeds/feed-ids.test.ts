import type { PostId, UserId } from '@microblog/core';
import { expect, it } from 'vitest';
import { absoluteUrls } from '../../site/absolute-url.ts';
import { urls } from '../../site/urls.ts';
import { feedIds } from './feed-ids.ts';

const createdAt = new Date('2026-03-04T23:59:59.999Z');
const post = { id: '42' as PostId, createdAt };

it.each([
  ['https://blog.example.org', '', 'tag:blog.example.org,2026-03-04:/posts/42'],
  ['http://blog.example.org', '', 'tag:blog.example.org,2026-03-04:/posts/42'],
  ['https://blog.example.org', '/blog', 'tag:blog.example.org,2026-03-04:/blog/posts/42'],
  ['http://localhost:5000', '/blog', 'tag:localhost,2026-03-04:5000/blog/posts/42'],
  ['http://[::1]:5000', '', 'tag:1,2026-03-04:5000/posts/42'],
  ['https://bücher.example', '', 'tag:xn--bcher-kva.example,2026-03-04:/posts/42'],
])('names a post at %s%s', (origin, basePath, id) => {
  expect(
    feedIds({ absoluteUrl: absoluteUrls(new URL(origin).origin), urls: urls(basePath) }).post(post),
  ).toBe(id);
});

it('gives people, all posts and single posts different names, even if the origin is unknown', () => {
  const ids = feedIds({ absoluteUrl: null, urls: urls('') });
  const user = { id: '42' as UserId, createdAt };
  expect(new Set([ids.post(post), ids.user(user), ids.everybody]).size).toBe(3);
  expect(ids.user(user)).toBe('tag:microblog.invalid,2026-03-04:/users/42');
});
