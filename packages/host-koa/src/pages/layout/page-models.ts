/**
 * The models of templates: the state that every page shares, and one model a page. Types only; routes make the
 * models. Texts are plain and escaped by the template; only `bodyHtml` and `aboutMeHtml` are markup already.
 */

import type { SearchOrder } from '@microblog/core';
import type {
  PagedPosts,
  PageNeighbours,
  PersonCard,
  PostView,
  Profile,
} from '../../views/people-and-posts.ts';
import type {
  EditPage,
  LoginPage,
  MailLinkPage,
  NewPasswordPage,
  RegisterPage,
  ResetPasswordPage,
  SettingsPage,
} from '../accounts/account-pages.ts';

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
  /** Null before a query was sent, and if search is off. */
  readonly results: SearchResultsView | null;
  readonly orders: readonly SearchOrderChoice[];
  /** Example queries, each with its address. */
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
  /** A text that describes what it finds. */
  readonly text: string;
  readonly url: string;
}

export interface ErrorPage {
  readonly status: number;
  /** An error code of core or of the host. */
  readonly code: string;
  /** From the catalogue `errors`: `codes.<code>.title` and `.text`. */
  readonly title: string;
  readonly text: string;
  /** The text of a form that was refused, or null. */
  readonly draft: string | null;
  /** The link to try again, or null. */
  readonly wayBack: { readonly url: string; readonly to: 'sign_in' | 'settings' } | null;
}

/** The model of each template. */
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
