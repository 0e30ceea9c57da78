import { expect, it } from 'vitest';
import { absoluteUrls } from './absolute-url.ts';
import { urls } from './urls.ts';

const absolute = absoluteUrls('https://blog.example.org');

it('puts a path of the site behind its origin', () => {
  expect(absolute(urls('/blog').profile({ nickname: 'ada' }))).toBe('https://blog.example.org/blog/user/ada');
  expect(absolute('/')).toBe('https://blog.example.org/');
  expect(absolute('/a?b=c d')).toBe('https://blog.example.org/a?b=c%20d');
});

it.each(['//evil.example/', '/\\evil.example/', 'https://evil.example/', 'posts/1', '', '/\t/evil.example/'])(
  'never leads elsewhere: %j',
  (path) => {
    expect(() => absolute(path)).toThrow();
  },
);
