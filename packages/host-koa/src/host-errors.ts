import { type ErrorCode, type FieldProblem, isMicroblogError, MicroblogError } from '@microblog/core';

/** Codes of an HTTP host. Errors of core keep their own codes. */
export const hostErrorCodes = [
  'csrf_failed',
  'already_confirmed',
  'body_too_large',
  'unsupported_media_type',
  'malformed_body',
  'body_already_read',
  'page_not_found',
  'method_not_allowed',
  'format_not_offered',
  'too_many_attempts',
  'too_many_translations',
  'too_busy',
  'authenticate_failed',
  'provider_refused',
  'provider_interrupted',
  'provider_unavailable',
  'provider_answer_invalid',
  'internal',
] as const;

/** The code of an error that only a request can cause; all others are an `ErrorCode` of core. */
export type HostErrorCode = (typeof hostErrorCodes)[number];

/** The HTTP status of every code. */
export const statuses: Readonly<Record<ErrorCode | HostErrorCode, number>> = {
  invalid_input: 422,
  invalid_cursor: 400,
  nickname_taken: 422,
  email_taken: 422,
  identity_taken: 409,
  identity_without_email: 422,
  link_required: 409,
  last_sign_in: 409,
  sign_in_failed: 401,
  sign_in_required: 401,
  account_suspended: 403,
  registration_closed: 403,
  token_invalid: 410,
  forbidden: 403,
  last_admin: 409,
  user_not_found: 404,
  post_not_found: 404,
  self_follow: 422,
  search_off: 404,
  id_clash: 500,
  storage_unavailable: 503,
  storage_locked: 503,
  storage_unwritable: 503,
  storage_read_only: 503,
  storage_failed: 500,
  migrations_pending: 503,
  migrations_unknown: 503,
  mail_off: 409,
  mail_failed: 503,
  translation_off: 409,
  translation_unneeded: 409,
  translation_unsupported: 422,
  translation_busy: 503,
  translation_unavailable: 503,
  translation_failed: 502,
  archive_invalid: 422,
  archive_unsupported: 422,
  storage_not_empty: 409,
  csrf_failed: 403,
  already_confirmed: 410,
  body_too_large: 413,
  unsupported_media_type: 415,
  malformed_body: 400,
  body_already_read: 500,
  page_not_found: 404,
  method_not_allowed: 405,
  format_not_offered: 501,
  too_many_attempts: 429,
  too_many_translations: 429,
  too_busy: 503,
  authenticate_failed: 500,
  provider_refused: 403,
  provider_interrupted: 400,
  provider_unavailable: 503,
  provider_answer_invalid: 502,
  internal: 500,
};

export function hostError(
  code: HostErrorCode,
  message: string,
  cause?: unknown,
): MicroblogError<HostErrorCode> {
  return new MicroblogError(code, message, cause === undefined ? {} : { cause });
}

/** A code of core or of the host. Each has a status and texts. */
export type KnownCode = keyof typeof statuses;

export function isKnownCode(code: string): code is KnownCode {
  return Object.hasOwn(statuses, code);
}

/** Whether the caller can correct the error: its status is below 500. */
export function isCallersError(error: unknown): error is MicroblogError<KnownCode> {
  return isMicroblogError(error) && isKnownCode(error.code) && statuses[error.code] < 500;
}

/** The problems of an error by field. */
export function fieldsOf(error: MicroblogError<string>): readonly FieldProblem[] {
  return error.details.fields ?? [];
}
