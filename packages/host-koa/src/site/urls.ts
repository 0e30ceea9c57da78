import type { Person, Post } from '@microblog/core';
import { type Gravatar, type GravatarSize, type GravatarUser, noGravatar } from './gravatar.ts';

/** Addresses of the application's own pages, all under its base path. The only place that spells them. */
export interface Urls {
  /** `''`, or a path such as `/blog`: with a slash at its beginning, without one at its end. */
  readonly basePath: string;
  /** What cookies are scoped to. */
  readonly cookiePath: string;
  /** A path of the application as a path of the site. */
  to(path: string): string;
  profile(user: Pick<Person, 'nickname'>, part?: 'followers' | 'following' | 'follow' | 'unfollow'): string;
  post(post: Pick<Post, 'id'>, part?: 'delete' | 'translate'): string;
  /** The picture that came with the account, where its origin is allowed; else the generated one. */
  avatar(user: Pick<Person, 'id' | 'avatarUrl'>): string;
  /**
   * What lies on top of it: Gravatar's picture, blank where they have none. Null where the account came with a
   * picture of its own, and where no such pictures are shown of them.
   */
  gravatar(user: GravatarUser & Pick<Person, 'avatarUrl'>, size: GravatarSize): string | null;
  /** The one picture of somebody, for what can't show one on top of another; Gravatar draws it where they have none. */
  onePicture(user: GravatarUser & Pick<Person, 'id' | 'avatarUrl'>): string;
  /** Where people change that picture; null where none are shown. */
  readonly gravatarSite: string | null;
  /** From where pictures come, beside this site. */
  readonly pictureOrigins: ReadonlySet<string>;
  /** Whether a picture from elsewhere may be shown. */
  showsAvatar(avatarUrl: string): boolean;
  /** Of one person's posts, or of everybody's. */
  feed(user: Pick<Person, 'nickname'> | null, format: 'atom' | 'json'): string;
  /** One post as other sites show it. */
  embeddedPost(post: Pick<Post, 'id'>): string;
  /** Where signing in begins: here, or in the host application, which leads back to `next` or home. */
  signIn(next?: string): string;
  /** A path of the application that came from outside, or its home where that would leave this site. */
  within(path: string | undefined): string;
}

export interface UrlOptions {
  /** The way in of a host application that owns sign-in, from the path to come back to. */
  readonly hostSignIn?: ((next: string) => string) | undefined;
  /** Whose pictures may be shown beside the generated ones. Default: nobody's. */
  readonly avatarOrigins?: ReadonlySet<string>;
  /** Default: none. */
  readonly gravatar?: Gravatar;
}

export function urls(basePath = '', options: UrlOptions = {}): Urls {
  const { hostSignIn, avatarOrigins = new Set(), gravatar: pictures = noGravatar } = options;
  const within = (path: string | undefined) => to(path !== undefined && isLocal(path) ? path : '/');
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
      if (hostSignIn !== undefined) return hostSignIn(within(next));
      return to(next !== undefined && isLocal(next) ? `/login?next=${encodeURIComponent(next)}` : '/login');
    },
    within,
  };
}

/** Longer ones would make a header that clients and proxies refuse. */
const MAX_LENGTH = 1000;

/**
 * Whether browsers take `path` for a path of the same site. Two slashes at its beginning name another host;
 * browsers drop tabs and line ends and read a backslash as a slash, so that `/\example.org` does so too
 * (URL Standard, section 4.4).
 */
function isLocal(path: string): boolean {
  return path.length <= MAX_LENGTH && /^\/(?!\/)[^\u0000-\u0020\\\u007f]*$/.test(path);
}
