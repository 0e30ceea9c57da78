import type { PostId, UserId } from '@microblog/core';
import { describe, expect, it } from 'vitest';
import { urls } from './urls.ts';

describe.each(['', '/blog', '/a/b'])('urls under the base path %j', (basePath) => {
  const site = urls(basePath);

  it('puts the base path before every address', () => {
    expect(site.to('/explore')).toBe(`${basePath}/explore`);
    expect(site.profile({ nickname: 'john' })).toBe(`${basePath}/user/john`);
    expect(site.profile({ nickname: 'john' }, 'follow')).toBe(`${basePath}/user/john/follow`);
    expect(site.post({ id: '42' as PostId })).toBe(`${basePath}/posts/42`);
    expect(site.post({ id: '42' as PostId }, 'delete')).toBe(`${basePath}/posts/42/delete`);
    expect(site.avatar({ id: '7' as UserId, avatarUrl: null })).toBe(`${basePath}/avatars/7.svg`);
  });

  it('leads to the sign-in page, and from there back', () => {
    expect(site.signIn()).toBe(`${basePath}/login`);
    expect(site.signIn('/search?q=a&b')).toBe(`${basePath}/login?next=%2Fsearch%3Fq%3Da%26b`);
  });

  it('leads to the plain sign-in page if the way back would leave this site', () => {
    expect(site.signIn('//evil.example')).toBe(`${basePath}/login`);
  });

  it('leads home for a path that is too long for a header', () => {
    expect(site.safeRedirect(`/${'x'.repeat(999)}`)).toHaveLength(basePath.length + 1000);
    expect(site.safeRedirect(`/${'x'.repeat(1000)}`)).toBe(`${basePath}/`);
    expect(site.signIn(`/${'x'.repeat(1000)}`)).toBe(`${basePath}/login`);
  });

  it('scopes cookies to itself', () => {
    expect(site.cookiePath).toBe(basePath || '/');
  });

  it.each([
    '/',
    '/explore',
    '/user/john?before=42',
    '/search?q=http://example.org',
    '/%5Cevil',
    '/%2F%2Fevil',
    '/a//b',
    '/é',
    '/@evil',
  ])('stays within for %j', (path) => expect(site.safeRedirect(path)).toBe(`${basePath}${path}`));

  it.each([
    undefined,
    '',
    'explore',
    '//evil.example',
    '///evil.example',
    '//',
    '/\\evil.example',
    '\\\\evil.example',
    '\\/evil',
    '/\t/evil.example',
    '\t//evil.example',
    '/\n/evil.example',
    '/\r\nSet-Cookie: a=b',
    ' /explore',
    '/ /evil',
    '/\0',
    'http:',
    'http:evil.example',
    'http://evil.example',
    'https://evil.example/',
    'javascript:alert(1)',
    'data:text/html,x',
    '?next=/',
    '#top',
    '@evil.example',
    '/\u007f',
  ])('leads home for %j, which would leave this site', (path) => {
    expect(site.safeRedirect(path)).toBe(`${basePath}/`);
  });
});
