import { samplePeople } from '../database/people.ts';
import { sampleBody } from '../database/seed.ts';
import { cutSlots } from './page-template.ts';

/** What a page of posts consists of: templates with slots, cut out of a page of ours. */
export interface PageShape {
  readonly head: string;
  /** A post by somebody else, and one by the viewer if the page shows one. */
  readonly post: string;
  readonly ownPost: string | null;
  readonly between: string;
  readonly tail: string;
}

/** The sample people by their ids. */
export interface SampleIds {
  readonly viewer: string;
  readonly author: string;
}

/**
 * Cuts a page of ours into templates. Everything that is different on the same page of other people, or tomorrow,
 * becomes a slot; the rest stays as it is. `posts` is a page of the same viewer with sample posts, if this one has
 * posts of others.
 * @throws {Error} if the page has no posts.
 */
export function shapeOf(page: string, ids: SampleIds, posts: PageShape | null = null): PageShape {
  const parts = page.split(/(<article\b.*?<\/article>)/s);
  if (parts.length < 3) throw new Error('The page has no posts.');
  const articles = parts.filter((_, index) => index % 2 === 1);
  const lastId = idOf(articles.at(-1) ?? '');
  const isOwn = (article: string) => article.includes(`/user/${samplePeople.viewer}"`);
  const cutPost = (article: string | undefined) => article && cutSlots(article, postSlots(article, ids));
  const around = (text: string) => cutSlots(text, [...pageSlots(ids), [lastId, 'last']]);
  const other = posts?.post ?? cutPost(articles.find((article) => !isOwn(article)));
  const own = posts?.ownPost ?? cutPost(articles.find(isOwn));
  return {
    head: around(parts[0] ?? ''),
    post: other ?? '',
    ownPost: own ?? null,
    between: parts[2] ?? '',
    tail: around(parts.at(-1) ?? ''),
  };
}

/** Cuts the page of one sample post into one template. */
export function permalinkShape(page: string, ids: SampleIds): string {
  return cutSlots(page, [...postSlots(page, ids), ...pageSlots(ids)]);
}

type Slots = readonly (readonly [value: string | RegExp, name: string])[];

function postSlots(article: string, ids: SampleIds): Slots {
  const isOwn = !article.includes(ids.author);
  return [
    [`"${sampleBody}"`, 'quotedText'],
    [sampleBody, 'body'],
    [idOf(article), 'id'],
    [isOwn ? samplePeople.viewer : samplePeople.author, 'author'],
    [isOwn ? ids.viewer : ids.author, 'authorId'],
    [/(?<=<time datetime=")[^"]+/g, 'iso'],
    [/(?<=<time [^>]*title=")[^"]+/g, 'exact'],
    [/(?<=data-exact>)[^<]+/g, 'exact'],
    [/(?<=data-relative>)[^<]+/g, 'relative'],
    [/(?<=class="post-body"[^>]* lang=")[^"]+/g, 'language'],
    token,
  ];
}

function pageSlots(ids: SampleIds): Slots {
  return [
    [samplePeople.viewer, 'viewer'],
    [ids.viewer, 'viewerId'],
    [samplePeople.author, 'author'],
    [ids.author, 'authorId'],
    [/(?<=data-as="number">)[^<]+(?=.*posts<\/span>)/g, 'posts'],
    [/(?<=data-as="number">)[^<]+(?=.*followers<\/span>)/g, 'followers'],
    [/(?<=data-as="number">)[^<]+(?=.*following<\/span>)/g, 'following'],
    [/(?<=class="profile-about"[^>]*>)[^<]+/g, 'about'],
    [/(?<=<time datetime=")[^"]+(?="[^>]*data-day)/g, 'joined'],
    [/(?<=<time datetime=")[^"]+(?="[^>]*data-relative=)/g, 'seen'],
    token,
  ];
}

const token = [/(?<=name="_csrf" value=")[^"]+/g, 'token'] as const;

function idOf(article: string): string {
  return /\bid="post-(\d+)"/.exec(article)?.[1] ?? 'no id';
}
