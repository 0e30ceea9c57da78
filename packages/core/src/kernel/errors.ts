/**
 * Every code that core throws. Codes are part of the public API: they are never renamed,
 * and hosts map them to statuses and to texts for people. `docs/errors.md` explains each.
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

/** What went wrong, as a word that stays the same between versions. `docs/errors.md` says what to do. */
export type ErrorCode = (typeof errorCodes)[number];

/** What is wrong with one field of an input. Hosts turn `problem` and `params` into a text. */
export interface FieldProblem {
  readonly field: string;
  readonly problem: FieldProblemKind;
  readonly params: Readonly<Record<string, string | number>>;
}

/** Everything that can be wrong with a field. */
export const fieldProblemKinds = [
  'required',
  'too_short',
  'too_long',
  'nickname_characters',
  'nickname_only_dots',
  'email_malformed',
  'unusable_characters',
  'wrong_type',
  'wrong_password',
  'wrong_nickname',
  'taken',
] as const;

/** What can be wrong with a field, for a catalogue of texts to name. */
export type FieldProblemKind = (typeof fieldProblemKinds)[number];

/** What an error tells beside its code: `docs/errors.md` names it for each. */
export interface ErrorDetails {
  /** The fields at fault, in the order of the schema. Present on `invalid_input`, `nickname_taken`, `email_taken`. */
  readonly fields?: readonly FieldProblem[];
  /** Whether trying again may help; false on what was refused for good. Jobs that throw it are given up at once. */
  readonly retry?: boolean;
  /** How long to wait before it may help. Present on `translation_busy`, and where somebody knows. */
  readonly retryAfterSeconds?: number;
  readonly [name: string]: unknown;
}

/**
 * The only error that microblog code throws on purpose. It carries a stable `code`, machine-readable
 * `details` and the `cause`; `message` is for logs and developers, in English, never for a page.
 * Hosts add codes of their own by the type parameter.
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
 * Whether `error` is a `MicroblogError`, with the given code if one is named. Recognises errors of
 * another copy of this package too, which `instanceof` would not.
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
