import type { Viewer } from '@microblog/core';

/** Whose password is tried: of whatever account somebody names to sign in, or of who is signed in already. */
export type GuessedAccount = { readonly login: string } | { readonly member: Viewer };

/** A nickname or an address as core compares them; cut, since anybody may type any length. */
export function foldedLogin(login: string): string {
  return login.trim().toLowerCase().slice(0, 300);
}

/** What attempts are counted under. Nobody can name a login that counts for what members do in the settings. */
export function keyOfGuessed(account: GuessedAccount): string {
  return 'login' in account ? `login ${foldedLogin(account.login)}` : `member ${account.member?.id ?? ''}`;
}
