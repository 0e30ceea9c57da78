/**
 * What templates are given: the state that every page shares, and one model a page. Types only; routes
 * produce them. Texts are plain and escaped by the template; only `bodyHtml` is markup already.
 */

import type { SearchOrder } from '@microblog/core';
import type { FooterView } from '../theming/footer.ts';
import type { Surfaces } from '../theming/theme-variables.ts';

export type Theme = 'auto' | 'light' | 'dark';

/** The place in the navigation that is marked as the current one; '' marks none. */
export type Place = 'home' | 'explore' | 'search' | 'profile' | '';

/** What happened, as a key of `flash` in the catalogue `pages`. The browser script knows `published`. */
export type FlashCode =
  | 'registered'
  | 'signed_in'
  | 'signed_out'
  | 'published'
  | 'deleted'
  | 'followed'
  | 'unfollowed'
  | 'saved'
  | 'password_changed'
  | 'signed_out_everywhere'
  | 'email_pending'
  | 'email_changed'
  | 'email_confirmed'
  | 'confirmation_sent'
  | 'account_deleted'
  | 'identity_joined'
  | 'identity_linked'
  | 'identity_known'
  | 'identity_unlinked';

export interface Flash {
  /** Harmless ones (`success`, `info`) leave by themselves after a while. */
  readonly kind: 'success' | 'info' | 'danger';
  /** Null for a text that is in no catalogue, such as an error's. */
  readonly code: FlashCode | null;
  readonly text: string;
}

/** An instant in the past, in the reader's language. */
export interface Moment {
  /** ISO 8601 in UTC, for `datetime`. */
  readonly iso: string;
  /** Date and time in full. */
  readonly exact: string;
  /** As short as it gets: "5m ago". Both sides make it with `assets/browser/relative-time.ts`. */
  readonly relative: string;
}

/** A date, or a date and time, of which one text is shown. */
export interface DateText {
  readonly iso: string;
  readonly text: string;
}

export interface LanguageChoice {
  /** A BCP 47 tag. */
  readonly code: string;
  /** In that language itself: "Español". */
  readonly name: string;
  readonly current: boolean;
}

/** Somebody's picture: `partials/avatar.njk` shows it. */
export interface PictureView {
  /** The generated picture, or the one that came with the account. Always there. */
  readonly avatarUrl: string;
  /** What lies on top of it, from elsewhere: blank where they have none. Null where nothing does. */
  readonly gravatarUrl: string | null;
}

export interface ViewerView extends PictureView {
  readonly id: string;
  readonly nickname: string;
  readonly profileUrl: string;
}

/** The page in another form, for programs that look for one. */
export interface Alternate {
  readonly type: string;
  readonly title: string;
  readonly url: string;
}

export interface PageState {
  /** A text of the catalogue `pages`, as plain text. `count` chooses the plural. */
  readonly t: (key: string, params?: Readonly<Record<string, string | number>>) => string;
  readonly lang: string;
  readonly dir: 'ltr' | 'rtl';
  /** A path of this application, with the base path in front. */
  readonly url: (path: string) => string;
  /** The address of an asset by its plain name: `app.css`, `app.js`, `icons.svg`, `favicon.svg`, or a host's own. */
  readonly asset: (name: string) => string;
  readonly csrfToken: string;
  /** Who is signed in, or null for a visitor. */
  readonly viewer: ViewerView | null;
  readonly place: Place;
  readonly flash: Flash | null;
  readonly theme: Theme;
  readonly languages: readonly LanguageChoice[];
  /** Path and query of this page, without the base path: where `next` leads back to. */
  readonly path: string;
  readonly searchEnabled: boolean;
  /** False too where a host application owns sign-in. */
  readonly registrationOpen: boolean;
  /** Where "Sign in" leads: this application's page, or the host application's. */
  readonly signInUrl: string;
  /** Where the sign-out form posts to. Null where a host application owns sign-in. */
  readonly signOutUrl: string | null;
  /** Null for visitors. */
  readonly settingsUrl: string | null;
  /** Where the host application signs people out, as a link. Null where it owns no sign-in, or says nothing. */
  readonly signOutLink: string | null;
  /** In graphemes. */
  readonly postMaxLength: number;
  readonly brand: string;
  /** The page's colour in light and dark mode. */
  readonly surfaces: Surfaces;
  /** The address of the host's own style sheet, which comes after ours; null where there is none. */
  readonly themeStylesheet: string | null;
  readonly footer: FooterView;
  readonly alternates: readonly Alternate[];
  readonly requestId: string;
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
  readonly joined: DateText;
  /** Null until the first visit. */
  readonly lastSeen: DateText | null;
  readonly counts: { readonly posts: number; readonly followers: number; readonly following: number };
  readonly isViewer: boolean;
  /** How the viewer stands to them; null for visitors and for oneself. */
  readonly relationship: RelationshipView | null;
  /** Null unless the viewer may edit this profile here. */
  readonly editUrl: string | null;
}

/** What a form shows again after it was refused. `errors` by field, `error` for the form as a whole. */
export interface FormView<Values> {
  readonly values: Values;
  readonly errors: Readonly<Record<string, string>>;
  readonly error: string | null;
}

export interface HomePage {
  readonly timeline: PagedPosts;
  /** Null for visitors. */
  readonly composer: { readonly body: string; readonly error: string | null } | null;
  readonly suggestions: readonly PersonCard[];
}

export interface ExplorePage {
  readonly timeline: PagedPosts;
}

export interface ProfilePage {
  readonly person: Profile;
  readonly timeline: PagedPosts;
}

export interface PeoplePage extends PageNeighbours {
  readonly person: Profile;
  readonly which: 'followers' | 'following';
  readonly people: readonly PersonCard[];
}

export interface PostPage {
  readonly post: PostView;
}

export interface SearchPage {
  readonly query: string;
  /** Null before anything was asked, and where search is off. */
  readonly results: SearchResultsView | null;
  readonly orders: readonly SearchOrderChoice[];
  /** Queries that show what can be asked, each with its address. */
  readonly examples: readonly SearchExample[];
}

export interface SearchResultsView {
  readonly posts: readonly PostView[];
  /** Null on the last page. */
  readonly moreUrl: string | null;
  /** Null on the first page. */
  readonly firstUrl: string | null;
}

export interface SearchOrderChoice {
  readonly order: SearchOrder;
  readonly url: string;
  readonly current: boolean;
}

export interface SearchExample {
  readonly query: string;
  /** What it finds, in words. */
  readonly text: string;
  readonly url: string;
}

/** A link that begins a sign-in with a provider. */
export interface ProviderChoice {
  readonly name: string;
  readonly url: string;
}

export interface LoginPage {
  readonly form: FormView<{ readonly login: string; readonly rememberMe: boolean }>;
  /** A path within this application, or '' for home. */
  readonly next: string;
  /** A post that was typed before signing in, or ''; it comes back in the composer. */
  readonly draft: string;
  readonly providers: readonly ProviderChoice[];
  /** What is bound to the account that is signed in to: a provider's identity, which waits; null mostly. */
  readonly link: PendingLinkView | null;
}

/** An identity that waits to be bound to an account. */
export interface PendingLinkView {
  /** The provider's slug, for the form. */
  readonly slug: string;
  readonly provider: string;
  /** The person's address there, or how they are called; '' where neither is known. */
  readonly person: string;
}

export interface RegisterPage {
  readonly providers: readonly ProviderChoice[];
  readonly form: FormView<{ readonly nickname: string; readonly email: string }>;
  /** In characters, for the hint beside the field. */
  readonly passwordMinLength: number;
}

export interface EditPage {
  readonly form: FormView<{ readonly nickname: string; readonly aboutMe: string }>;
  /** In characters. */
  readonly nicknameMaxLength: number;
  /** In graphemes. */
  readonly aboutMeMaxLength: number;
  /** Where people change their picture; null where it is always the drawn one, or the host application's. */
  readonly gravatarSite: string | null;
}

export interface ResetPasswordPage {
  readonly form: FormView<{ readonly email: string }>;
  /** Without mail there is no way to a new password. */
  readonly mailEnabled: boolean;
  /** After it was asked for, whether or not anybody has that address. */
  readonly sent: boolean;
}

export interface NewPasswordPage {
  readonly form: FormView<object>;
  readonly nickname: string;
  readonly action: string;
  readonly passwordMinLength: number;
}

/** Where a link in a mail leads: asks first, then says that it is done. */
export interface MailLinkPage {
  readonly purpose: 'confirm_email' | 'unsubscribe';
  readonly action: string;
  readonly done: boolean;
}

/** A form of the settings that may be refused. */
export type SettingsSection = 'email' | 'password' | 'delete';

export interface SettingsPage {
  /** False where a host application owns accounts: address, password and sessions are changed there. */
  readonly accountHere: boolean;
  readonly email: string | null;
  readonly emailConfirmed: boolean;
  readonly hasPassword: boolean;
  readonly mailEnabled: boolean;
  readonly mailOnFollow: boolean;
  /** Of those offered, the one that mails are written in. */
  readonly mailLanguage: string;
  readonly passwordMinLength: number;
  /** Null where there are no sign-in providers, and no identities of theirs. */
  readonly signInWays: SignInWaysView | null;
  readonly forms: {
    readonly email: FormView<{ readonly email: string }>;
    readonly password: FormView<object>;
    readonly delete: FormView<object>;
  };
}

/** With what somebody signs in beside a password. */
export interface SignInWaysView {
  readonly identities: readonly IdentityView[];
  /** Just proven, to be bound on a button. */
  readonly pending: PendingLinkView | null;
  /** Those that are not connected yet. */
  readonly providers: readonly ProviderChoice[];
}

export interface IdentityView {
  readonly provider: string;
  readonly person: string;
  /** Null where it is the only way in. */
  readonly unlinkUrl: string | null;
}

export interface ErrorPage {
  readonly status: number;
  /** An error code of core or of the host. */
  readonly code: string;
  /** From the catalogue `errors`: `codes.<code>.title` and `.text`. */
  readonly title: string;
  readonly text: string;
  /** What was typed into a form that could not be taken, or null. */
  readonly draft: string | null;
  /** Where it is tried again, or null. */
  readonly wayBack: { readonly url: string; readonly to: 'sign_in' | 'settings' } | null;
}

/** Which model goes with which template. */
export interface PageModels {
  readonly 'home.njk': HomePage;
  readonly 'explore.njk': ExplorePage;
  readonly 'profile.njk': ProfilePage;
  readonly 'people.njk': PeoplePage;
  readonly 'post.njk': PostPage;
  readonly 'search.njk': SearchPage;
  readonly 'login.njk': LoginPage;
  readonly 'register.njk': RegisterPage;
  readonly 'edit.njk': EditPage;
  readonly 'reset-password.njk': ResetPasswordPage;
  readonly 'new-password.njk': NewPasswordPage;
  readonly 'mail-link.njk': MailLinkPage;
  readonly 'settings.njk': SettingsPage;
  readonly 'error.njk': ErrorPage;
}
