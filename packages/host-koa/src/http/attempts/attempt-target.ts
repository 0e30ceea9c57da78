import { normalizeEmail, type Viewer } from '@microblog/core';

/** The account whose password is tried: by the login that a visitor typed, or the member who is signed in. */
export type AttemptTarget = { readonly login: string } | { readonly member: Viewer };

/** A nickname or an e-mail address as core compares them. It is cut, because a form can send any length. */
export function foldedLogin(login: string): string {
  const typed = login.trim().slice(0, 300);
  return (normalizeEmail(typed) ?? typed.replace(/^@/, '')).toLowerCase();
}

/** The key for counting attempts. No login that is typed has the key of a member's attempts in the settings. */
export function attemptKey(account: AttemptTarget): string {
  return 'login' in account ? `login ${foldedLogin(account.login)}` : `member ${account.member?.id ?? ''}`;
}
