import type { IncomingMessage } from 'node:http';
import type { HostProfile } from '@microblog/core';
import { hostError } from '../../host-errors.ts';
import { withTimeout } from '../../operations/with-timeout.ts';
import type { HostContext } from '../context.ts';
import { requestWithUrl } from './request-view.ts';

/** What the host application returns for a request: a profile, or nothing for a visitor. */
export type Authenticated = HostProfile | null | undefined;

/** Returns the sender of a request. Called for each page, never for files. */
export type Authenticate = (request: IncomingMessage) => Authenticated | Promise<Authenticated>;

const SHAPE = 'Return { externalId, nickname, email?, avatarUrl?, locale? }, or null for a visitor.';

/**
 * Asks the host application for the sender of the request. `authenticate` gets the request with everything that the
 * host's middleware put on it, such as `req.user` or `req.session`, and with the whole address as `url`.
 * @throws {MicroblogError} `authenticate_failed` if it throws, returns something other than a profile, or does not
 * answer in time. A late answer is ignored.
 */
export async function askHost(
  authenticate: Authenticate,
  { req, originalUrl }: Pick<HostContext, 'req' | 'originalUrl'>,
  milliseconds: number,
): Promise<HostProfile | null> {
  let answer: unknown;
  try {
    const answering = Promise.resolve(authenticate(requestWithUrl(req, originalUrl)));
    answer = await withTimeout<unknown, unknown>(answering, milliseconds, () => LATE);
  } catch (error) {
    throw authenticateFailed(`It threw an error, which is the cause of this one. ${SHAPE}`, error);
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

/** `what` describes the value in words: the value itself may be private data. */
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
