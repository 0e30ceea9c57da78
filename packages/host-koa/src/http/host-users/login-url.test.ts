import { describe, expect, it } from 'vitest';
import { loginAddress } from './login-url.ts';

describe('the way to the host application', () => {
  it.each([
    ['/login', '/login?next=%2Fblog%2F%3Fbefore%3D4'],
    ['/login?from=blog', '/login?from=blog&next=%2Fblog%2F%3Fbefore%3D4'],
    ['/login?next=/old#form', '/login?next=%2Fblog%2F%3Fbefore%3D4#form'],
    ['https://id.example.org', 'https://id.example.org/?next=%2Fblog%2F%3Fbefore%3D4'],
  ])('from %s carries where to come back to', (loginUrl, expected) => {
    expect(loginAddress(loginUrl)('/blog/?before=4')).toBe(expected);
  });

  it('is what the application makes of it', () => {
    expect(loginAddress((next) => `/enter/${next.length}`)('/blog')).toBe('/enter/5');
  });

  it.each(['', 'login', '//evil.example', '/\\evil.example', 'javascript:alert(1)', '/a b', 'https://'])(
    'is not %j',
    (loginUrl) => expect(() => loginAddress(loginUrl)).toThrow(/loginUrl must be a path/),
  );
});
