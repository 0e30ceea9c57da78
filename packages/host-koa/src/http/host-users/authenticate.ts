import type { IncomingMessage } from 'node:http';
import type { HostProfile } from '@microblog/core';
import { hostError } from '../../host-errors.ts';
import { withinTime } from '../../operations/within-time.ts';
import type { HostContext } from '../context.ts';

/** What the host application says of whoever sent a request: nothing, for a visitor. */
export type Authenticated = HostProfile | null | undefined;

/** Who sent a request: asked for each page, never for files. */
export type Authenticate = (request: IncomingMessage) => Authenticated | Promise<Authenticated>;

const SHAPE = 'Return { externalId, nickname, email?, avatarUrl?, locale? }, or null for a visitor.';

/**
 * Asks the host application who sent the request. It gets the very request that it handed over, with whatever
 * its middleware hung on it, such as `req.user` or `req.session`.
 * @throws {MicroblogError} `authenticate_failed` where it throws, answers with something else than a profile,
 * or does not answer in time. A late answer goes unheard.
 */
export async function askHost(
  authenticate: Authenticate,
  { req, originalUrl }: Pick<HostContext, 'req' | 'originalUrl'>,
  milliseconds: number,
): Promise<HostProfile | null> {
  // The base path was taken off; the host knows its own addresses.
  const below = req.url;
  let answer: unknown;
  try {
    req.url = originalUrl;
    const asked = Promise.resolve(authenticate(req));
    answer = await withinTime<unknown, unknown>(asked, milliseconds, () => LATE);
  } catch (error) {
    throw authenticateFailed(
      `It threw. Mend what it threw, which is the cause of this error. ${SHAPE}`,
      error,
    );
  } finally {
    if (below !== undefined) req.url = below;
  }
  if (answer === LATE) {
    const remedy = 'Let it look up the session in less, or raise authenticateTimeout.';
    throw authenticateFailed(`It did not answer within ${milliseconds} ms. ${remedy}`);
  }
  if (answer === null || answer === undefined) return null;
  if (typeof answer !== 'object' || Array.isArray(answer)) throw notAProfile(typeof answer);
  return answer as HostProfile;
}

const LATE = Symbol('late');

/** `what` is in words, never a value: it may be anything that is known of somebody. */
export function notAProfile(what: string, cause?: unknown) {
  return authenticateFailed(`It returned no profile (${what}). ${SHAPE}`, cause);
}

function authenticateFailed(what: string, cause?: unknown) {
  return hostError(
    'authenticate_failed',
    `authenticate(request) of the host application failed. ${what}`,
    cause,
  );
}
