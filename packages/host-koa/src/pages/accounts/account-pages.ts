/** The models of the pages and forms of accounts. Types only. */

import type { FormView } from '../../http/forms/form-view.ts';
import type { SettingRow } from '../settings/setting-rows.ts';

/** A link that begins a sign-in with a provider. */
export interface ProviderChoice {
  readonly name: string;
  readonly url: string;
}

export interface LoginPage {
  readonly form: FormView<{ readonly login: string; readonly rememberMe: boolean }, 'login' | 'password'>;
  /** A path within this application, or '' for home. */
  readonly next: string;
  /** A post that was typed before signing in, or ''; it comes back in the composer. */
  readonly draft: string;
  /** While an identity waits to be linked, the links lead to the settings; see `link`. */
  readonly providers: readonly ProviderChoice[];
  /** The identity that is linked to the account on sign-in. Null if none waits. */
  readonly link: PendingLinkView | null;
}

/** An identity that waits to be linked to an account. */
export interface PendingLinkView {
  /** The provider's slug, for the form. */
  readonly slug: string;
  readonly provider: string;
  /** The person's address there, or their name; '' if neither is known. */
  readonly person: string;
}

export interface RegisterPage {
  readonly providers: readonly ProviderChoice[];
  /** The partial of providers reads it. On this page, no identity waits. */
  readonly link: null;
  readonly form: FormView<
    { readonly nickname: string; readonly email: string },
    'nickname' | 'email' | 'password'
  >;
  /** In characters, for the hint beside the field. */
  readonly passwordMinLength: number;
}

export interface EditPage {
  readonly form: FormView<{ readonly nickname: string; readonly aboutMe: string }, 'nickname' | 'aboutMe'>;
  /** In characters. */
  readonly nicknameMaxLength: number;
  /** In graphemes. */
  readonly aboutMeMaxLength: number;
  /** Where people change their picture. Null if it is always generated, or comes from the host application. */
  readonly gravatarSite: string | null;
}

export interface ResetPasswordPage {
  readonly form: FormView<{ readonly email: string }, 'email'>;
  /** Without mail there is no way to a new password. */
  readonly mailEnabled: boolean;
  /** True after the request, whether or not an account has that address. */
  readonly sent: boolean;
}

export interface NewPasswordPage {
  readonly form: FormView<object, 'password'>;
  readonly nickname: string;
  /** Whether sign-in providers are connected, which a new password disconnects. */
  readonly disconnects: boolean;
  readonly action: string;
  readonly passwordMinLength: number;
}

/** The page of a link in a mail: it asks first, then confirms the result. */
export interface MailLinkPage {
  readonly purpose: 'confirm_email' | 'unsubscribe';
  readonly action: string;
  readonly done: boolean;
  /** The account that the address is confirmed for. Null for other purposes, and if `signedInAs` is not null. */
  readonly nickname: string | null;
  /** Who is signed in, if the link is for another account. Else null. */
  readonly signedInAs: string | null;
}

/** A form of the settings that may be refused. */
export type SettingsSection = 'email' | 'password' | 'link' | 'delete';

export interface SettingsPage {
  /** False if a host application owns accounts: address, password and sessions are changed there. */
  readonly accountHere: boolean;
  readonly email: string | null;
  readonly emailConfirmed: boolean;
  /** The address that is to replace it after confirmation. Null if there is none. */
  readonly emailPending: string | null;
  readonly hasPassword: boolean;
  readonly mailEnabled: boolean;
  /** The settings about mails that are on or off. */
  readonly mailSettings: readonly SettingRow[];
  /** The language of the account, one of those offered. */
  readonly ownLanguage: string;
  readonly passwordMinLength: number;
  /** Null if there are no sign-in providers and no identities of theirs. */
  readonly signInWays: SignInWaysView | null;
  readonly forms: {
    readonly email: FormView<{ readonly email: string }, 'email' | 'password'>;
    readonly password: FormView<object, 'currentPassword' | 'password'>;
    readonly link: FormView<object, 'password'>;
    readonly delete: FormView<object, 'password' | 'nickname'>;
  };
}

/** The ways to sign in besides a password. */
export interface SignInWaysView {
  readonly identities: readonly IdentityView[];
  /** A proven identity, to be linked by a button. */
  readonly pending: PendingLinkView | null;
  /** The providers that are not connected yet. */
  readonly providers: readonly ProviderChoice[];
}

export interface IdentityView {
  readonly provider: string;
  readonly person: string;
  /** Null if it is the only way to sign in. */
  readonly unlinkUrl: string | null;
}
