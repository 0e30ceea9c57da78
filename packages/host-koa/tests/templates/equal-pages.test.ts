import type { LanguageDetector, Storage } from '@microblog/core';
import { operator } from '@microblog/core';
import { fakeTranslator, memorySearchIndex, memoryStorage } from '@microblog/core/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { packageFile } from '../../src/assemble-host.ts';
import { hostOpener, type RunningHost } from '../support/host.ts';
import { PASSWORD, type Visitor, visitor } from '../support/visitor.ts';

const ORIGIN = 'https://blog.example.org';
const LONG = `https://example.org/?a=1&b=2 ${Array.from({ length: 40 }, (_, line) => line).join('\n')}`;
const NASTY = '<script>alert("1")</script> \'&amp;\' \\ \u2028 `$' + '{1}` 👩🏽‍🚀 مرحبا';

/** The same site twice: compiled templates, and all templates by Nunjucks, as in development. */
let compiled: RunningHost;
let nunjucks: RunningHost;
/** Ids of posts by what is special about them. */
const posts: Record<string, string> = {};
const people: Record<string, Visitor> = {};

const detector: LanguageDetector = { detect: async (text) => (text.startsWith('Hola') ? 'es' : null) };

beforeAll(async () => {
  const storage = memoryStorage();
  const kept: Storage = { ...storage, close: async () => {} };
  // Below a base path, cookies have the same names over TLS.
  const open = hostOpener({ basePath: '/blog', openStorage: async () => kept });
  const setup = (more: object) => ({
    search: memorySearchIndex,
    translator: fakeTranslator(),
    languageDetector: detector,
    app: {
      languages: ['en', 'es', 'ar', 'fr'],
      origin: ORIGIN,
      embedOrigins: ['*'],
      footer: {
        text: { en: 'Run by <us>', es: 'De "nosotros"' },
        links: [{ text: 'Imprint', href: '/imprint?a=1&b=2' }],
      },
      theme: { accent: 'teal' },
      ...more,
    },
  });
  // As in production: a missing name prints nothing.
  compiled = await open(setup({ strictTemplates: false }));
  nunjucks = await open(setup({ development: { assets: packageFile('dist/assets') } }));
  await fill(compiled, storage);
  await nunjucks.microblog.search.fill({ again: true });
});
afterAll(async () => {
  for (const host of [compiled, nunjucks]) await host.close();
  expect([compiled.failures, nunjucks.failures]).toEqual([[], []]);
});

async function fill({ url, microblog }: RunningHost, storage: Storage): Promise<void> {
  const { accounts, users, follows } = microblog;
  for (const nickname of ['ada', 'newcomer', 'judith', 'gone', 'eve']) {
    const person = visitor(url);
    expect((await person.register(nickname)).status).toBe(303);
    await person.get('/');
    people[nickname] = person;
  }
  const ada = await accounts.show(operator, 'ada');
  const publish = async (name: string, body: string, by = ada) => {
    posts[name] = (await microblog.posts.publish(by, { body })).id;
  };
  for (let number = 0; number < 60; number++) await publish('plain', `post ${number} www.example.org`);
  await publish('spanish', 'Hola a todos');
  await publish('nasty', NASTY);
  await publish('long', LONG);
  await users.editProfile(ada, { nickname: 'ada', aboutMe: NASTY });
  const eve = await accounts.show(operator, 'eve');
  await publish('eve', 'by eve', eve);
  await follows.follow(eve, 'ada');
  await follows.follow(ada, 'eve');
  const gone = await accounts.show(operator, 'gone');
  await publish('suspended', 'by a suspended member', gone);
  await follows.follow(gone, 'ada');
  await storage.users.update(gone.id, { suspendedAt: new Date() });
  const judith = await accounts.show(operator, 'judith');
  await storage.users.update(judith.id, { role: 'moderator' });
}

/** A page without what differs in each answer: tokens, the id of the request, and how long ago something was. */
function same(text: string): string {
  return text
    .replaceAll(/name="_csrf" value="[^"]*"/g, 'name="_csrf" value=""')
    .replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}/g, '')
    .replaceAll(/<time [^>]*data-relative="[^>]*>[^<]*/g, '')
    .replaceAll(/(<time [^>]*>)[^<]*/g, '$1');
}

/** A browser at the other host with the same cookies. */
function atNunjucks(person: Visitor, headers: Readonly<Record<string, string>>): Visitor {
  const other = visitor(nunjucks.url, { headers });
  for (const [name, value] of person.cookies) other.cookies.set(name, value);
  return other;
}

const paths = () => [
  '/',
  `/?before=${posts.plain}`,
  '/?before=1',
  '/explore',
  `/explore?after=${posts.plain}`,
  '/user/ada',
  '/user/newcomer',
  '/user/gone',
  '/user/ada/followers',
  '/user/ada/following',
  '/user/newcomer/followers',
  '/user/newcomer/following?before=1',
  `/posts/${posts.long}`,
  `/posts/${posts.nasty}`,
  `/posts/${posts.spanish}`,
  `/posts/${posts.spanish}?translated=1`,
  `/posts/${posts.suspended}`,
  '/search',
  '/search?q=post',
  `/search?q=nothing%20${encodeURIComponent(NASTY)}`,
  '/search?q=post&order=newest',
  '/search?q=post&before=1',
  '/login',
  '/login?next=/explore',
  '/register',
  '/reset-password',
  '/reset-password/unknown',
  '/confirm-email/unknown',
  '/unsubscribe/unknown',
  '/edit',
  '/settings',
  '/nowhere',
  '/embed/timeline',
  '/embed/timeline?theme=dark&limit=3',
  '/embed/user/ada',
  '/embed/user/newcomer',
  '/embed/user/nobody',
  `/embed/post/${posts.nasty}`,
  '/feed.atom',
  '/user/ada/feed.atom',
  `/user/ada/feed.atom?before=${posts.plain}`,
  '/feed.json',
  ...['json', 'xml'].map(
    (format) => `/oembed?format=${format}&url=${encodeURIComponent(`${ORIGIN}/blog/posts/${posts.nasty}`)}`,
  ),
];

const readers = ['visitor', 'ada', 'newcomer', 'judith'];
const languages = ['en', 'es', 'ar'];
const cases = readers.flatMap((reader) => languages.map((language) => [reader, language] as const));

describe('compiled pages', () => {
  it.each(cases)('are the same as those by Nunjucks, for %s in %s', async (reader, language) => {
    const own = visitor(compiled.url);
    for (const [name, value] of people[reader]?.cookies ?? []) own.cookies.set(name, value);
    // A browser without a secret for its forms gets one; both hosts get the same.
    await own.get('/login');
    expect((await own.get('/settings')).status).toBe(reader === 'visitor' ? 303 : 200);
    for (const path of paths()) {
      const headers = { 'Accept-Language': language };
      const [mine, theirs] = await Promise.all([own.get(path, headers), atNunjucks(own, headers).get(path)]);
      expect([path, mine.status, same(mine.text)]).toEqual([path, theirs.status, same(theirs.text)]);
      for (const name of ['content-type', 'cache-control', 'content-security-policy', 'vary']) {
        expect([path, name, mine.headers.get(name)]).toEqual([path, name, theirs.headers.get(name)]);
      }
    }
  });

  it.each(languages)('are the same with the faults of a form, in %s', async (language) => {
    const forms: readonly (readonly [string, string, Record<string, string>])[] = [
      ['visitor', '/login', { login: 'ada', password: NASTY, remember_me: '1' }],
      ['visitor', '/login', { login: '', password: '' }],
      ['visitor', '/register', { nickname: '<b>', email: 'no address', password: 'x' }],
      ['visitor', '/reset-password', { email: NASTY }],
      ['ada', '/posts', { body: 'x'.repeat(10_000) + NASTY }],
      ['ada', '/edit', { nickname: NASTY, about_me: 'y'.repeat(10_000) }],
      ['ada', '/settings/email', { email: 'no address', password: PASSWORD }],
      ['ada', '/settings/password', { current_password: 'wrong', password: 'short' }],
      ['ada', '/settings/delete', { password: 'wrong' }],
    ];
    for (const [reader, path, fields] of forms) {
      const own = visitor(compiled.url);
      for (const [name, value] of people[reader]?.cookies ?? []) own.cookies.set(name, value);
      const headers = { 'Accept-Language': language };
      const token = await own.token('/explore');
      const other = atNunjucks(own, headers);
      const sent = { _csrf: token, ...fields };
      const [mine, theirs] = [await own.send(path, sent, headers), await other.send(path, sent)];
      expect([path, mine.status, same(mine.text)]).toEqual([path, theirs.status, same(theirs.text)]);
    }
  });

  it('are the same with a message and a chosen theme', async () => {
    for (const theme of ['light', 'dark']) {
      const own = visitor(compiled.url);
      expect((await own.signIn('ada')).status).toBe(303);
      await own.submit('/theme', { theme });
      const other = atNunjucks(own, { 'Accept-Language': 'en' });
      const [mine, theirs] = [await own.get('/'), await other.get('/')];
      expect(same(mine.text)).toBe(same(theirs.text));
      expect(mine.text).toContain('flash-success');
    }
  });
});
