import { describe, expect, it } from 'vitest';
import { loginAddress } from './login-url.ts';

describe('loginAddress', () => {
  it.each([
    ['/login', '/login?next=%2Fblog%2F%3Fbefore%3D4'],
    ['/login?from=blog', '/login?from=blog&next=%2Fblog%2F%3Fbefore%3D4'],
    ['/login?next=/old#form', '/login?next=%2Fblog%2F%3Fbefore%3D4#form'],
    ['https://id.example.org', 'https://id.example.org/?next=%2Fblog%2F%3Fbefore%3D4'],
  ])('adds the path to come back to: %s', (loginUrl, expected) => {
    expect(loginAddress(loginUrl)('/blog/?before=4')).toBe(expected);
  });

  it('is the result of the application’s function', () => {
    expect(loginAddress((next) => `/enter/${next.length}`)('/blog')).toBe('/enter/5');
  });

  it.each(['', 'login', '//evil.example', '/\\evil.example', 'javascript:alert(1)', '/a b', 'https://'])(
    'is not %j',
    (loginUrl) => expect(() => loginAddress(loginUrl)).toThrow(/loginUrl must be a path/),
  );
});
