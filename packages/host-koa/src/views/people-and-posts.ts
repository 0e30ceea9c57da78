/** People and posts in the form that templates use. Types only; only `bodyHtml` and `aboutMeHtml` contain markup. */

/** A time in the reader's language. The texts are in UTC; a script rewrites them in the reader's own zone. */
export interface Moment {
  /** ISO 8601 in UTC, for `datetime`. */
  readonly iso: string;
  /** Date and time in full, with the zone. */
  readonly exact: string;
  /** The shortest form: "5m ago". Server and browser both use `assets/browser/relative-time.ts`. */
  readonly relative: string;
  /** Only the day, in UTC: "November 22, 2026". */
  readonly day: string;
}

/** A person's picture, shown by `partials/avatar.njk`. */
export interface PictureView {
  /** The generated picture, or the one that came with the account. Never missing. */
  readonly avatarUrl: string;
  /** Gravatar's picture shown on top of it, transparent if the person has none. Null if there is nothing on top. */
  readonly gravatarUrl: string | null;
}

export interface RelationshipView {
  readonly following: boolean;
  readonly followedBy: boolean;
}

export interface AuthorView extends PictureView {
  readonly nickname: string;
  readonly profileUrl: string;
}

export interface PostView {
  readonly id: string;
  /** Escaped text in which links are `<a>` and line breaks are `<br>`. */
  readonly bodyHtml: string;
  /** Lists show only its beginning, with a link to the whole. */
  readonly long: boolean;
  readonly author: AuthorView;
  readonly createdAt: Moment;
  readonly url: string;
  readonly mayDelete: boolean;
  readonly deleteUrl: string;
  readonly language: string | null;
  /** Null if no translation is offered: to visitors, in the reader's own language, without a translator. */
  readonly translation: TranslationView | null;
}

/** Translation of a post to the reader's language: the form and its result. */
export interface TranslationView {
  /** The action of the form that asks for it. */
  readonly url: string;
  /** Null until a translation was requested. */
  readonly shown: TranslatedView | null;
  /** Why a requested translation failed. */
  readonly fault: string | null;
}

export interface TranslatedView {
  /** As `PostView.bodyHtml`. */
  readonly html: string;
  readonly language: string;
  /** The translation service and the original language. */
  readonly note: string;
}

/** Links from a page of a list; null if there is no such page. */
export interface PageNeighbours {
  readonly newerUrl: string | null;
  readonly olderUrl: string | null;
  /** The first page, for a page beyond the oldest entry; null for every other page. */
  readonly newestUrl: string | null;
}

export interface PagedPosts extends PageNeighbours {
  readonly posts: readonly PostView[];
  /** For the newest page of a timeline that shows new posts; null for every other list. */
  readonly newPosts: NewPostsView | null;
}

/** How a page gets newer posts. */
export interface NewPostsView {
  /** The address that returns the number of newer posts. */
  readonly countUrl: string;
  /** The list's own address, which shows them. */
  readonly url: string;
}

/** A person in a list of people. */
export interface PersonCard extends PictureView {
  readonly nickname: string;
  readonly aboutMe: string;
  /** `aboutMe` as markup, with its addresses as links. */
  readonly aboutMeHtml: string;
  readonly profileUrl: string;
  readonly followerCount: number;
  /** The relationship of viewer and person; null for visitors. */
  readonly relationship: RelationshipView | null;
  readonly isViewer: boolean;
}

/** The header of a person's own pages. */
export interface Profile extends PictureView {
  readonly nickname: string;
  readonly aboutMe: string;
  /** `aboutMe` as markup, with its addresses as links. */
  readonly aboutMeHtml: string;
  readonly profileUrl: string;
  /** Hue of the banner in degrees, from `avatarHue`. */
  readonly hue: number;
  readonly joined: Moment;
  /** Null until the first visit, and if `readable` is false. */
  readonly lastSeen: Moment | null;
  /** Their posts are shown to moderators alone. */
  readonly suspended: boolean;
  /** Whether the viewer may read their posts. If not, the profile shows no counts. */
  readonly readable: boolean;
  readonly counts: { readonly posts: number; readonly followers: number; readonly following: number };
  readonly isViewer: boolean;
  /**
   * The relationship of viewer and person. Null for visitors and for the viewer's own profile. Also null if `readable`
   * is false, unless the viewer follows the person and may want to stop.
   */
  readonly relationship: RelationshipView | null;
  /** Null unless the viewer may edit this profile here. */
  readonly editUrl: string | null;
}
