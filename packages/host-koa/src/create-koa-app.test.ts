import { createMicroblog, type Microblog } from '@microblog/core';
import { memoryStorage } from '@microblog/core/testing';
import { expect, it } from 'vitest';
import { createKoaApp } from './create-koa-app.ts';

const secretKeys = ['a secret key for tests alone'];
const microblog = createMicroblog({ storage: memoryStorage() });

it.each([undefined, null, {}, 'microblog', memoryStorage()])(
  'createKoaApp refuses a first argument that is no microblog: %o',
  (given) => {
    expect(() => createKoaApp(given as unknown as Microblog, { secretKeys })).toThrow(
      /^createKoaApp: the first argument must be what createMicroblog returned$/,
    );
  },
);

it.each([
  [undefined, 'secretKeys: expected a list'],
  [{ secretKeys: ['x'] }, 'secretKeys must have at least one key'],
  [{ secretKeys, basePath: 'blog/' }, "basePath must be '' or like '/blog'"],
  [{ secretKeys, origin: 'example' }, "origin must be like 'https://example.org'"],
  [{ secretKeys, languages: ['xx'] }, 'There is no catalogue for the language "xx"'],
  [{ secretKeys, loginUrl: '/login' }, 'give authenticate and loginUrl together'],
  [{ secretKeys, gravatar: true }, 'gravatar: the microblog keeps the hashes of addresses to itself'],
])('createKoaApp begins the message about a wrong option with its name: %j', (given, fault) => {
  expect(() => createKoaApp(microblog, given as never)).toThrow(`createKoaApp: ${fault}`);
});
