import { describe, expect, it } from 'vitest';
import { cookiesSetBy, requestContext } from '../../../tests/support/request-context.ts';
import type { HostContext } from '../context.ts';
import { ownCookies } from './own-cookies.ts';

const NAME = 'microblog_test';

function overTls(cookies: Record<string, string> = {}): HostContext {
  const ctx = requestContext({ cookies });
  Object.defineProperty(ctx.request, 'protocol', { value: 'https' });
  return ctx;
}

describe('a cookie of the application', () => {
  it('has the prefix __Host- at the root of a site over TLS', () => {
    const ctx = overTls();
    ownCookies({ cookiePath: '/' }).set(ctx, NAME, 'value');
    expect([...cookiesSetBy(ctx)]).toEqual([
      [
        `__Host-${NAME}`,
        { value: 'value', attributes: { path: '/', secure: '', httponly: '', samesite: 'lax' } },
      ],
    ]);
  });

  it('is read by that name alone: one that a sibling subdomain has set counts for nothing', () => {
    const cookies = ownCookies({ cookiePath: '/' });
    expect(cookies.get(overTls({ [NAME]: 'tossed' }), NAME)).toBeUndefined();
    expect(cookies.get(overTls({ [NAME]: 'tossed', [`__Host-${NAME}`]: 'own' }), NAME)).toBe('own');
  });

  it('is removed by that name, with the attributes that browsers demand', () => {
    const ctx = overTls({ [`__Host-${NAME}`]: 'own' });
    ownCookies({ cookiePath: '/' }).clear(ctx, NAME);
    expect(cookiesSetBy(ctx).get(`__Host-${NAME}`)?.attributes).toMatchObject({ path: '/', secure: '' });
  });

  it.each([
    ['below a base path', overTls(), '/blog'],
    ['without TLS', requestContext(), '/'],
  ])('has no prefix %s', (_, ctx, cookiePath) => {
    ownCookies({ cookiePath }).set(ctx, NAME, 'value');
    expect([...cookiesSetBy(ctx).keys()]).toEqual([NAME]);
  });
});
