/** People and posts as templates are given them. Types only; only `bodyHtml` is markup already. */

/** An instant in the reader's language. The texts are in UTC; a script writes them anew in the reader's own zone. */
export interface Moment {
  /** ISO 8601 in UTC, for `datetime`. */
  readonly iso: string;
  /** Date and time in full, with the zone. */
  readonly exact: string;
  /** As short as it gets: "5m ago". Both sides make it with `assets/browser/relative-time.ts`. */
  readonly relative: string;
  /** The day alone, in UTC: "November 22, 2026". */
  readonly day: string;
}

/** Somebody's picture: `partials/avatar.njk` shows it. */
export interface PictureView {
  /** The generated picture, or the one that came with the account. Always there. */
  readonly avatarUrl: string;
  /** What lies on top of it, from elsewhere: blank where they have none. Null where nothing does. */
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
  /** Lists show its beginning alone, with a link to the whole. */
  readonly long: boolean;
  readonly author: AuthorView;
  readonly createdAt: Moment;
  readonly url: string;
  readonly mayDelete: boolean;
  readonly deleteUrl: string;
  readonly language: string | null;
  /** Null where no translation is offered: to visitors, in the reader's own language, without a translator. */
  readonly translation: TranslationView | null;
}

/** The way to a post in the reader's language. */
export interface TranslationView {
  /** Where the form goes that asks for it. */
  readonly url: string;
  /** Null until it was asked for. */
  readonly shown: TranslatedView | null;
  /** Why it is not there although it was asked for. */
  readonly fault: string | null;
}

export interface TranslatedView {
  /** As `PostView.bodyHtml`. */
  readonly html: string;
  readonly language: string;
  /** Whose translation it is, and from which language. */
  readonly note: string;
}

/** Where a page of a list leads, or null where there is nothing. */
export interface PageNeighbours {
  readonly newerUrl: string | null;
  readonly olderUrl: string | null;
  /** The beginning of the list, for a page beyond its oldest entry; null for every other page. */
  readonly newestUrl: string | null;
}

export interface PagedPosts extends PageNeighbours {
  readonly posts: readonly PostView[];
  /** For the newest page of a timeline that grows by itself; null for every other list. */
  readonly news: NewsView | null;
}

/** How a page learns of newer posts. */
export interface NewsView {
  /** Where a script asks how many there are. */
  readonly countUrl: string;
  /** The list's own address, which shows them. */
  readonly url: string;
}

/** Somebody in a list of people. */
export interface PersonCard extends PictureView {
  readonly nickname: string;
  readonly aboutMe: string;
  readonly profileUrl: string;
  readonly followerCount: number;
  /** How the viewer stands to them; null for visitors. */
  readonly relationship: RelationshipView | null;
  readonly isViewer: boolean;
}

/** Somebody at the head of their own pages. */
export interface Profile extends PictureView {
  readonly nickname: string;
  readonly aboutMe: string;
  readonly profileUrl: string;
  /** Degrees on the colour wheel, from `avatarHue`, for the banner. */
  readonly hue: number;
  readonly joined: Moment;
  /** Null until the first visit. */
  readonly lastSeen: Moment | null;
  readonly counts: { readonly posts: number; readonly followers: number; readonly following: number };
  readonly isViewer: boolean;
  /** How the viewer stands to them; null for visitors and for oneself. */
  readonly relationship: RelationshipView | null;
  /** Null unless the viewer may edit this profile here. */
  readonly editUrl: string | null;
}
