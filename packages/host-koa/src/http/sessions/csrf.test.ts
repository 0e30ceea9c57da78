import type { User, UserId } from '@microblog/core';
import { builders } from '@microblog/core/testing';
import { describe, expect, it } from 'vitest';
import {
  cookiesSetBy,
  type RequestSketch,
  requestContext,
  testKeys,
} from '../../../tests/support/request-context.ts';
import { urls } from '../../site/urls.ts';
import { csrfTokens } from './csrf.ts';

const COOKIE = 'microblog_csrf';
const tokensOf = (keys: ReturnType<typeof testKeys>) =>
  csrfTokens({ keys, urls: urls('/blog'), origin: 'https://blog.example.org' });
const tokens = tokensOf(testKeys());
const user = (id: string) => ({ ...builders().user(), id: id as UserId }) as User;

/** A token and its cookie, as a browser has them after a page. */
function page(sketch: RequestSketch = {}) {
  const ctx = requestContext(sketch);
  const token = tokens.issue(ctx);
  const secret = cookiesSetBy(ctx).get(COOKIE)?.value ?? sketch.cookies?.[COOKIE] ?? '';
  return { token, cookies: { [COOKIE]: secret }, ctx };
}

describe('csrfTokens.issue', () => {
  it('gives the browser a secret that scripts and other sites can’t read', () => {
    expect(cookiesSetBy(page().ctx).get(COOKIE)?.attributes).toEqual({
      path: '/blog',
      samesite: 'lax',
      httponly: '',
    });
  });

  it('keeps the secret that the browser has', () => {
    const { cookies } = page();
    expect(cookiesSetBy(page({ cookies }).ctx).has(COOKIE)).toBe(false);
  });

  it('replaces a malformed secret', () => {
    expect(cookiesSetBy(page({ cookies: { [COOKIE]: 'short' } }).ctx).get(COOKIE)?.value).toMatch(
      /^[\w-]{24}$/,
    );
  });

  it('differs each time', () => {
    const { cookies, token } = page();
    expect(page({ cookies }).token).not.toBe(token);
  });
});

describe('csrfTokens.isValid', () => {
  it('takes every token of this browser', () => {
    const first = page();
    const second = page({ cookies: first.cookies });
    const ctx = requestContext({ cookies: first.cookies });
    expect([first.token, second.token].map((token) => tokens.isValid(ctx, token))).toEqual([true, true]);
  });

  it('refuses the token of another browser', () => {
    const ctx = requestContext({ cookies: page().cookies });
    expect(tokens.isValid(ctx, page().token)).toBe(false);
  });

  it('refuses every token if the browser sends no secret', () => {
    expect(tokens.isValid(requestContext(), page().token)).toBe(false);
  });

  it('refuses a token from before signing in, and that of another member', () => {
    const { cookies, token } = page();
    expect(tokens.isValid(requestContext({ cookies, viewer: user('7') }), token)).toBe(false);
    const own = page({ cookies, viewer: user('7') });
    expect(tokens.isValid(requestContext({ cookies, viewer: user('7') }), own.token)).toBe(true);
    expect(tokens.isValid(requestContext({ cookies, viewer: user('8') }), own.token)).toBe(false);
  });

  it('refuses a token of other keys, and takes one of an older key', () => {
    const { cookies, token } = page();
    const rotated = tokensOf(testKeys('the newer key of all', 'a key for tests alone'));
    const foreign = tokensOf(testKeys('another key altogether'));
    expect(rotated.isValid(requestContext({ cookies }), token)).toBe(true);
    expect(foreign.isValid(requestContext({ cookies }), token)).toBe(false);
  });

  it.each([
    ['nothing', () => ''],
    ['another salt', (token: string) => `${'A'.repeat(12)}${token.slice(12)}`],
    ['a signature that is cut', (token: string) => token.slice(0, -1)],
    ['no signature', (token: string) => token.slice(0, 13)],
    ['an addition', (token: string) => `${token}=`],
  ])('refuses %s', (_name, change) => {
    const { cookies, token } = page();
    expect(tokens.isValid(requestContext({ cookies }), change(token))).toBe(false);
  });
});

describe('a form that another site sent', () => {
  const answered = (headers: Record<string, string>) => {
    const { token, cookies } = page();
    return tokens.isValid(requestContext({ method: 'POST', cookies, headers }), token);
  };

  it.each([
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
    { 'sec-fetch-site': 'cross-site', origin: 'https://blog.example.org' },
    { origin: 'https://evil.example' },
    { origin: 'https://evil.example:443' },
    { origin: 'https://sub.blog.example.org' },
    { origin: 'http://localhost:81' },
    { origin: 'nonsense' },
  ])('is refused, though its token is valid: %j', (headers) => {
    expect(answered(headers)).toBe(false);
  });

  it.each([
    {},
    { 'sec-fetch-site': 'same-origin' },
    { 'sec-fetch-site': 'same-origin', origin: 'null' },
    { 'sec-fetch-site': 'none' },
    { origin: 'https://blog.example.org' },
    { origin: 'http://localhost' },
    { origin: 'null' },
  ])('is another thing than one of this site: %j', (headers) => {
    expect(answered(headers)).toBe(true);
  });
});
