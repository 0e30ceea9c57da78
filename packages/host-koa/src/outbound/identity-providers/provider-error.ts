import { MicroblogError } from '@microblog/core';
import {
  AuthorizationResponseError,
  ClientError,
  ResponseBodyError,
  WWWAuthenticateChallengeError,
} from 'openid-client';
import type { HostErrorCode } from '../../host-errors.ts';
import { MetadataError } from './metadata-error.ts';

export type ProviderErrorCode = Extract<HostErrorCode, `provider_${string}`>;

/**
 * Converts a failure of a provider, or a missing answer, to our error. Neither the error nor its cause is kept: they
 * hold codes, tokens and claims. `details.reason` says in one word what happened, `details.step` where.
 * @throws `thrown` itself if it is a fault of this program and not of the provider.
 */
export function providerError(
  thrown: unknown,
  provider: string,
  step: 'discovery' | 'callback',
): MicroblogError<ProviderErrorCode> {
  const { code, reason, remedy } = classify(thrown);
  const said =
    thrown instanceof MetadataError && thrown.saidIssuer !== null ? { issuer: thrown.saidIssuer } : {};
  return new MicroblogError(code, `Signing in with ${provider} failed at ${step} (${reason}): ${remedy}.`, {
    details: { provider, step, reason, ...said },
  });
}

interface Classification {
  readonly code: ProviderErrorCode;
  readonly reason: string;
  readonly remedy: string;
}

const CHECK_PROVIDER = 'check that the provider runs and can be reached from this server';
const SIGN_IN_AGAIN = 'sign in again';

function classify(thrown: unknown): Classification {
  if (thrown instanceof AuthorizationResponseError) return refused(singleWord(thrown.error));
  if (thrown instanceof ResponseBodyError) return ofTokenEndpoint(singleWord(thrown.error), thrown.status);
  if (thrown instanceof WWWAuthenticateChallengeError)
    return ofTokenEndpoint('invalid_client', thrown.status);
  if (thrown instanceof MetadataError) return ofMetadata(thrown);
  const reason = reasonOf(thrown);
  const status =
    thrown instanceof Error && thrown.cause instanceof Response ? thrown.cause.status : undefined;
  if (status !== undefined) {
    return status >= 500 || status === 429
      ? { code: 'provider_unavailable', reason: `HTTP ${status}`, remedy: CHECK_PROVIDER }
      : invalid(`HTTP ${status}`);
  }
  // Network errors of fetch have a cause; other errors of that type are programming mistakes.
  if (!(thrown instanceof ClientError) && !(thrown instanceof Error && thrown.cause instanceof Error)) {
    throw thrown;
  }
  const isSilent = /^OAUTH_(TIMEOUT|ABORT)$/.test(reason) || !(thrown instanceof ClientError);
  return isSilent ? { code: 'provider_unavailable', reason, remedy: CHECK_PROVIDER } : invalid(reason);
}

/**
 * Error codes in the redirect from the provider (RFC 6749, section 4.1.2.1, and OpenID Connect Core, 3.1.2.6), and
 * Apple's `user_cancelled_authorize`.
 */
function refused(reason: string): Classification {
  if (
    /^(access_denied|user_cancelled_authorize|consent_required|interaction_required|login_required)$/.test(
      reason,
    )
  ) {
    return { code: 'provider_refused', reason, remedy: SIGN_IN_AGAIN };
  }
  if (/^(server_error|temporarily_unavailable)$/.test(reason)) {
    return { code: 'provider_unavailable', reason, remedy: CHECK_PROVIDER };
  }
  return invalid(reason);
}

function ofMetadata({ reason, saidIssuer }: MetadataError): Classification {
  if (saidIssuer === null) return invalid(reason);
  const remedy = `the provider calls itself ${saidIssuer}: if that is right, write it so as its issuer in OIDC_PROVIDERS`;
  return { code: 'provider_answer_invalid', reason, remedy };
}

/** RFC 6749, section 5.2. */
function ofTokenEndpoint(reason: string, status: number): Classification {
  if (reason === 'invalid_grant') return { code: 'provider_interrupted', reason, remedy: SIGN_IN_AGAIN };
  if (status >= 500) return { code: 'provider_unavailable', reason, remedy: CHECK_PROVIDER };
  if (/^(invalid|unauthorized)_client$/.test(reason)) {
    const remedy = 'check clientId and clientSecret in OIDC_PROVIDERS';
    return { code: 'provider_answer_invalid', reason, remedy };
  }
  return invalid(reason);
}

function invalid(reason: string): Classification {
  const remedy = 'check issuer in OIDC_PROVIDERS, and what is registered at the provider';
  return { code: 'provider_answer_invalid', reason, remedy };
}

/** The code of the innermost error that has one: of the system, or of openid-client. */
function reasonOf(thrown: unknown): string {
  let reason = 'unknown';
  let error = thrown;
  for (let depth = 0; depth < 5 && error instanceof Error; depth++, error = error.cause) {
    if (error.name === 'TimeoutError') return 'OAUTH_TIMEOUT';
    if ('code' in error && typeof error.code === 'string') reason = error.code;
  }
  return singleWord(reason);
}

/** Error codes of providers are single words; any other text is not repeated. */
function singleWord(text: string): string {
  return /^[A-Za-z0-9_]{1,60}$/.test(text) ? text : 'unknown';
}
