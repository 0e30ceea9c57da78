import { readdirSync } from 'node:fs';
import { operator } from '@microblog/core';
import { memorySearchIndex, memoryStorage } from '@microblog/core/testing';
import { hostOpener, type RunningHost } from '../support/host.ts';
import { PASSWORD, type Visitor, visitor } from '../support/visitor.ts';

/** A language for each folder of texts. */
export const languages: readonly string[] = readdirSync(new URL('../../locales/', import.meta.url));

const LONGEST_NAME = `${'W'.repeat(60)}_64x`;

/** Extreme texts that people may write and pages must display. */
const NASTY_POSTS = [
  '👩🏽‍🚀'.repeat(140),
  `https://example.org/${'a-very-long-path/'.repeat(7)}`,
  'Donaudampfschifffahrtsgesellschaftskapitänswitwe'.repeat(2),
  'مرحبا بالعالم! رابط https://example.org/مرحبا وكلمة English في الوسط.',
  '今日は天気がいいので散歩に出かけました。'.repeat(6),
  `one\n\n\ntwo\n${'x'.repeat(100)}`,
  'm'.repeat(140),
  Array.from({ length: 40 }, (_, line) => `${line}`).join('\n'),
  'Short.',
];

export interface NastyHost {
  readonly url: string;
  /** Has written all of them, follows others, and is followed. */
  readonly writer: Visitor;
  /** A newly registered person. */
  readonly newcomer: Visitor;
  readonly pages: readonly NastyPage[];
  /** The same pages for readers with other rights: other buttons in the same layout. */
  readonly forOthers: readonly NastyPage[];
  close(): Promise<void>;
}

export interface NastyPage {
  readonly name: string;
  readonly path: string;
  readonly as: 'visitor' | 'writer' | 'newcomer';
}

/** A microblog in memory of people with the longest names and the worst posts, in all languages. */
export async function openNastyHost(): Promise<NastyHost> {
  const storage = memoryStorage();
  const unreadable = (id: string) => id === '500';
  const open = hostOpener({
    openStorage: async () => ({
      ...storage,
      posts: {
        ...storage.posts,
        find: async (id) => {
          if (unreadable(id)) throw new Error('The database is on fire.');
          return storage.posts.find(id);
        },
      },
    }),
  });
  const running = await open({ search: memorySearchIndex, app: { languages } });
  const [writer, newcomer] = [visitor(running.url), visitor(running.url)];
  await writer.register(LONGEST_NAME);
  await newcomer.register('newcomer');
  // The welcome message appears once, above the page.
  for (const person of [writer, newcomer]) await person.get('/');
  const permalink = await fill(running);
  return {
    url: running.url,
    writer,
    newcomer,
    pages: [
      { name: 'home', path: '/', as: 'visitor' },
      { name: 'home', path: '/', as: 'writer' },
      { name: 'an empty home', path: '/', as: 'newcomer' },
      { name: 'explore', path: '/explore', as: 'visitor' },
      { name: 'the end of a list', path: '/explore?before=1', as: 'writer' },
      { name: 'a post', path: permalink, as: 'writer' },
      { name: 'the own profile', path: `/user/${LONGEST_NAME}`, as: 'writer' },
      { name: "another's profile", path: `/user/${LONGEST_NAME}`, as: 'newcomer' },
      { name: 'an empty profile', path: '/user/newcomer', as: 'newcomer' },
      { name: 'followers', path: `/user/${LONGEST_NAME}/followers`, as: 'writer' },
      { name: 'people followed', path: `/user/${LONGEST_NAME}/following`, as: 'writer' },
      { name: 'search', path: '/search', as: 'visitor' },
      { name: 'what a search found', path: '/search?q=short%20or%20one', as: 'writer' },
      { name: 'a search that found nothing', path: `/search?q=${'nothing'.repeat(20)}`, as: 'visitor' },
      { name: 'sign-in', path: '/login', as: 'visitor' },
      { name: 'registration', path: '/register', as: 'visitor' },
      { name: 'editing the profile', path: '/edit', as: 'writer' },
      { name: 'settings', path: '/settings', as: 'writer' },
      { name: 'not found', path: '/nowhere', as: 'visitor' },
      { name: 'a fault', path: '/posts/500', as: 'writer' },
    ],
    forOthers: [
      { name: 'explore', path: '/explore', as: 'newcomer' },
      { name: 'a post', path: permalink, as: 'newcomer' },
      { name: 'a profile', path: `/user/${LONGEST_NAME}`, as: 'visitor' },
      { name: 'followers', path: `/user/${LONGEST_NAME}/followers`, as: 'visitor' },
      { name: 'people followed', path: `/user/${LONGEST_NAME}/following`, as: 'newcomer' },
      { name: 'a search that found nothing', path: '/search?q=nothing', as: 'newcomer' },
      { name: 'not found', path: '/nowhere', as: 'newcomer' },
    ],
    close: running.close,
  };
}

/** Returns the path of one of the posts. */
async function fill({ microblog }: RunningHost): Promise<string> {
  const { accounts, posts, follows, users } = microblog;
  const writer = await accounts.show(operator, LONGEST_NAME);
  let last = '';
  for (const body of NASTY_POSTS) last = (await posts.publish(writer, { body })).id;
  for (const [index, nickname] of ['ada', 'i'.repeat(64), 'b.e_n'].entries()) {
    const account = { nickname, email: `person${index}@example.org`, password: PASSWORD };
    const person = await accounts.register(null, account);
    await users.editProfile(person, { nickname, aboutMe: NASTY_POSTS[index] ?? '' });
    await follows.follow(person, LONGEST_NAME);
    await follows.follow(writer, nickname);
  }
  return `/posts/${last}`;
}
