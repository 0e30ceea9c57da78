import type { IncomingMessage } from 'node:http';
import type { Logger, Microblog } from '@microblog/core';
import type { Urls } from '../../site/urls.ts';
import type { Authenticated } from './authenticate.ts';
import { type HostUsers, hostUsers } from './host-users.ts';
import { checkedAddress, type LoginUrl } from './login-url.ts';

/** Options of an application whose users are those of the application that it is embedded in. */
export interface HostSignIn {
  /**
   * Returns the sender of a request: a profile, or null for a visitor. With it, the host application owns sign-in: the
   * pages of accounts do not exist here and no session cookie is set. Called for every page. The request has what the
   * host's middleware put on it, and the whole address as `url`; writing `url` has no effect outside of this call.
   * Default: accounts with a password here.
   */
  authenticate?(request: IncomingMessage): Authenticated | Promise<Authenticated>;
  /** With `authenticate`: where "sign in" leads. `?next=`, the path to come back to, is added if it is a text. */
  readonly loginUrl?: LoginUrl;
  /** With `authenticate`: a page or address of the host that signs people out, by a link. Default: no such link. */
  readonly logoutUrl?: string;
  /** How long `authenticate` may take, in milliseconds. Default: 10,000. */
  readonly authenticateTimeout?: number;
  /**
   * Origins from which pictures of accounts (`avatarUrl`) may come, such as `https://cdn.example.org`; browsers load
   * none from other origins. Default: generated pictures only.
   */
  readonly avatarOrigins?: readonly string[];
}

interface Needs {
  readonly microblog: Microblog;
  readonly logger: Logger;
  readonly urls: Urls;
}

/** Session stores answer much faster, and readers do not wait longer. */
const TIMEOUT_MS = 10_000;

/** Options after parsing: one that is not given may be present as undefined. */
type ParsedHostSignIn = { readonly [Name in keyof HostSignIn]: HostSignIn[Name] | undefined };

/** Null if people sign in here. @throws {Error} for options that contradict each other. */
export function usersOfHost(options: ParsedHostSignIn, needs: Needs): HostUsers | null {
  const { loginUrl, logoutUrl, authenticateTimeout: timeout = TIMEOUT_MS } = options;
  if ((options.authenticate === undefined) !== (loginUrl === undefined)) {
    throw new Error('give authenticate and loginUrl together: who is signed in, and where to sign in.');
  }
  if (options.authenticate === undefined) return null;
  if (logoutUrl !== undefined) checkedAddress('logoutUrl', logoutUrl);
  return hostUsers({
    ...needs,
    authenticate: (request) => options.authenticate?.(request),
    timeout,
  });
}
