import type { Person, Post } from '@microblog/core';
import { type Gravatar, type GravatarSize, type GravatarUser, noGravatar } from './gravatar.ts';

/** Addresses of the application's own pages, all under its base path. No other file spells them. */
export interface Urls {
  /** `''`, or a path such as `/blog`, with a leading and without a trailing slash. */
  readonly basePath: string;
  /** The path of cookies. */
  readonly cookiePath: string;
  /** Adds the base path to a path of the application. */
  to(path: string): string;
  profile(user: Pick<Person, 'nickname'>, part?: 'followers' | 'following' | 'follow' | 'unfollow'): string;
  post(post: Pick<Post, 'id'>, part?: 'delete' | 'translate'): string;
  /** The picture that came with the account if its origin is allowed; else the generated one. */
  avatar(user: Pick<Person, 'id' | 'avatarUrl'>): string;
  /**
   * The picture shown on top of `avatar`: Gravatar's, transparent if the person has none. Null if the account came
   * with its own picture, and if Gravatar is not used for the person.
   */
  gravatar(user: GravatarUser & Pick<Person, 'avatarUrl'>, size: GravatarSize): string | null;
  /**
   * One single picture, for programs that can't show one on top of another; Gravatar draws it if the person has
   * none.
   */
  onePicture(user: GravatarUser & Pick<Person, 'id' | 'avatarUrl'>): string;
  /** The site where people change that picture; null if Gravatar is not used. */
  readonly gravatarSite: string | null;
  /** Other origins from which pages load pictures. */
  readonly pictureOrigins: ReadonlySet<string>;
  /** Whether a picture from another origin may be shown. */
  showsAvatar(avatarUrl: string): boolean;
  /** The feed of one person's posts; null for the feed of all posts. */
  feed(user: Pick<Person, 'nickname'> | null, format: 'atom' | 'json'): string;
  /** One post as other sites show it. */
  embeddedPost(post: Pick<Post, 'id'>): string;
  /** Where signing in begins: here, or in the host application, which leads back to `next` or home. */
  signIn(next?: string): string;
  /**
   * Checks a redirect target from outside: a path of the application, or its home if the path would leave this site.
   */
  safeRedirect(path: string | undefined): string;
}

export interface UrlOptions {
  /** Makes the address of the host application's sign-in page from the path to return to. */
  readonly hostSignIn?: ((next: string) => string) | undefined;
  /** Origins from which pictures may be shown in addition to the generated ones. Default: none. */
  readonly avatarOrigins?: ReadonlySet<string>;
  /** Default: none. */
  readonly gravatar?: Gravatar;
}

export function urls(basePath = '', options: UrlOptions = {}): Urls {
  const { hostSignIn, avatarOrigins = new Set(), gravatar: pictures = noGravatar } = options;
  const safeRedirect = (path: string | undefined) => to(path !== undefined && isLocal(path) ? path : '/');
  const showsAvatar = (url: string) => URL.canParse(url) && avatarOrigins.has(new URL(url).origin);
  const own = (avatarUrl: string | null) => (avatarUrl !== null && showsAvatar(avatarUrl) ? avatarUrl : null);
  const to = (path: string) => `${basePath}${path}` || '/';
  return {
    basePath,
    cookiePath: basePath || '/',
    to,
    profile: ({ nickname }, part) => to(`/user/${nickname}${part === undefined ? '' : `/${part}`}`),
    post: ({ id }, part) => to(`/posts/${id}${part === undefined ? '' : `/${part}`}`),
    avatar: ({ id, avatarUrl }) => own(avatarUrl) ?? to(`/avatars/${id}.svg`),
    gravatar: (user, size) => (own(user.avatarUrl) === null ? pictures.pictureOf(user, size) : null),
    onePicture: (user) =>
      own(user.avatarUrl) ?? pictures.pictureOf(user, 96, 'identicon') ?? to(`/avatars/${user.id}.svg`),
    gravatarSite: pictures.origin,
    pictureOrigins: new Set([...avatarOrigins, ...(pictures.origin === null ? [] : [pictures.origin])]),
    showsAvatar,
    feed: (user, format) => to(`${user === null ? '' : `/user/${user.nickname}`}/feed.${format}`),
    embeddedPost: ({ id }) => to(`/embed/post/${id}`),
    signIn: (next) => {
      if (hostSignIn !== undefined) return hostSignIn(safeRedirect(next));
      return to(next !== undefined && isLocal(next) ? `/login?next=${encodeURIComponent(next)}` : '/login');
    },
    safeRedirect,
  };
}

/** A longer path would make a header that clients and proxies refuse. */
const MAX_LENGTH = 1000;

/**
 * Whether browsers take `path` for a path of the same site. Two leading slashes name another host. Browsers drop
 * tabs and line ends and read a backslash as a slash, so that `/\example.org` names one too (URL Standard, section
 * 4.4).
 */
function isLocal(path: string): boolean {
  return path.length <= MAX_LENGTH && /^\/(?!\/)[^\u0000-\u0020\\\u007f]*$/.test(path);
}
