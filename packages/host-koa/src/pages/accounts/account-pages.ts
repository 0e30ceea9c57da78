/** What the pages and forms of accounts are given. Types only. */

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
  /** While something waits to be bound, those that lead to the settings; see `link`. */
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
  /** The partial of providers asks for it: here, no identity waits. */
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
  /** Where people change their picture; null where it is always the drawn one, or the host application's. */
  readonly gravatarSite: string | null;
}

export interface ResetPasswordPage {
  readonly form: FormView<{ readonly email: string }, 'email'>;
  /** Without mail there is no way to a new password. */
  readonly mailEnabled: boolean;
  /** After it was asked for, whether or not anybody has that address. */
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

/** Where a link in a mail leads: asks first, then says that it is done. */
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
  /** False where a host application owns accounts: address, password and sessions are changed there. */
  readonly accountHere: boolean;
  readonly email: string | null;
  readonly emailConfirmed: boolean;
  /** What waits to take its place; null mostly. */
  readonly emailPending: string | null;
  readonly hasPassword: boolean;
  readonly mailEnabled: boolean;
  /** Of the settings that are on or off, those about mails. */
  readonly mailSettings: readonly SettingRow[];
  /** Of those offered, the one that the account is set to. */
  readonly ownLanguage: string;
  readonly passwordMinLength: number;
  /** Null where there are no sign-in providers, and no identities of theirs. */
  readonly signInWays: SignInWaysView | null;
  readonly forms: {
    readonly email: FormView<{ readonly email: string }, 'email' | 'password'>;
    readonly password: FormView<object, 'currentPassword' | 'password'>;
    readonly link: FormView<object, 'password'>;
    readonly delete: FormView<object, 'password' | 'nickname'>;
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
