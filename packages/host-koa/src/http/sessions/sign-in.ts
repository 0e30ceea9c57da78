import type { IdentityProviders } from '../../outbound/identity-providers/identity-providers.ts';
import type { AttemptLimits } from '../attempts/attempt-limits.ts';
import type { KnownBrowsers } from './known-browsers.ts';
import type { Sessions } from './sessions.ts';
import type { SignInCookies } from './sign-in-cookies.ts';

/** How members are recognised, and how people sign in in this browser. */
export interface SignIn {
  /** Finds the member who is signed in: by a session here, or by the host application. */
  readonly viewers: Pick<Sessions, 'resume'>;
  readonly sessions: Sessions;
  readonly knownBrowsers: KnownBrowsers;
  readonly attempts: AttemptLimits;
  /** Empty if the host application signs people in. */
  readonly identityProviders: IdentityProviders;
  readonly cookies: SignInCookies;
}
