/**
 * Every code that core throws. Codes are public API and never renamed. Hosts map them to HTTP statuses and to texts for
 * users. `docs/errors.md` explains each.
 */
export const errorCodes = [
  'invalid_input',
  'invalid_cursor',
  'nickname_taken',
  'email_taken',
  'identity_taken',
  'identity_without_email',
  'link_required',
  'last_sign_in',
  'sign_in_failed',
  'sign_in_required',
  'account_suspended',
  'registration_closed',
  'token_invalid',
  'forbidden',
  'last_admin',
  'user_not_found',
  'post_not_found',
  'self_follow',
  'search_off',
  'id_clash',
  'storage_unavailable',
  'storage_locked',
  'storage_unwritable',
  'storage_read_only',
  'storage_failed',
  'migrations_pending',
  'migrations_unknown',
  'mail_off',
  'mail_failed',
  'translation_off',
  'translation_unneeded',
  'translation_unsupported',
  'translation_busy',
  'translation_unavailable',
  'translation_failed',
  'archive_invalid',
  'archive_unsupported',
  'storage_not_empty',
] as const;

/** A code that is stable across versions. `docs/errors.md` says what to do about each. */
export type ErrorCode = (typeof errorCodes)[number];

/** One invalid field of an input. Hosts turn `problem` and `params` into a text. */
export interface FieldProblem {
  readonly field: string;
  readonly problem: FieldProblemKind;
  readonly params: Readonly<Record<string, string | number>>;
}

/** Every kind of problem that a field can have. */
export const fieldProblemKinds = [
  'required',
  'too_short',
  'too_long',
  'nickname_characters',
  'nickname_only_dots',
  'nickname_reserved',
  'email_malformed',
  'unusable_characters',
  'crowded_characters',
  'wrong_type',
  'wrong_password',
  'wrong_nickname',
  'taken',
] as const;

/** A kind of problem. Catalogues of texts have one entry for each. */
export type FieldProblemKind = (typeof fieldProblemKinds)[number];

/** Facts about an error, for programs. `docs/errors.md` lists them for each code. */
export interface ErrorDetails {
  /** The invalid fields, in the order of the schema. Present on `invalid_input`, `nickname_taken`, `email_taken`. */
  readonly fields?: readonly FieldProblem[];
  /** False if another attempt can't succeed. A job that throws such an error is given up at once. */
  readonly retry?: boolean;
  /**
   * The address that a sign-in provider gave and that is invalid here, at most 254 characters. Present on
   * `identity_without_email` if there was one.
   */
  readonly email?: string;
  /**
   * How long to wait before the next attempt. Present on `translation_busy`, and on other errors if the time is known.
   */
  readonly retryAfterSeconds?: number;
  readonly [name: string]: unknown;
}

/**
 * The only error that microblog code throws on purpose. It has a stable `code`, machine-readable `details` and the
 * `cause`. `message` is English, for logs and developers; never show it on a page. Hosts add codes of their own by the
 * type parameter.
 */
export class MicroblogError<Code extends string = ErrorCode> extends Error {
  override readonly name = 'MicroblogError';
  readonly code: Code;
  readonly details: ErrorDetails;

  constructor(code: Code, message: string, options: { details?: ErrorDetails; cause?: unknown } = {}) {
    super(message, 'cause' in options ? { cause: options.cause } : undefined);
    this.code = code;
    this.details = options.details ?? {};
  }
}

/**
 * Whether `error` is a `MicroblogError`, and has `code` if one is given. Unlike `instanceof`, also accepts errors of
 * another copy of this package.
 */
export function isMicroblogError(error: unknown): error is MicroblogError<string>;
export function isMicroblogError<Code extends ErrorCode>(
  error: unknown,
  code: Code,
): error is MicroblogError<Code>;
export function isMicroblogError(error: unknown, code?: string): boolean {
  if (!(error instanceof Error) || error.name !== 'MicroblogError' || !('code' in error)) return false;
  return code === undefined || error.code === code;
}
