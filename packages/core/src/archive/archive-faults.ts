import { isMicroblogError, MicroblogError } from '../kernel/errors.ts';

/** The input is not an archive, is incomplete, or was altered. `reason` is a sentence. */
export function archiveInvalid(reason: string, cause?: unknown): MicroblogError<'archive_invalid'> {
  return new MicroblogError(
    'archive_invalid',
    `The archive can't be used. ${reason} Nothing was written; take another copy of it, or an earlier archive.`,
    { details: { reason }, ...(cause === undefined ? {} : { cause }) },
  );
}

/** A newer program wrote the archive. `what` is a sentence. */
export function archiveUnsupported(what: string): MicroblogError<'archive_unsupported'> {
  return new MicroblogError(
    'archive_unsupported',
    `The archive comes from a newer version of this program. ${what} Nothing was written; install that version and restore with it.`,
    { details: { what } },
  );
}

/** The target storage already has content. */
export function storageNotEmpty(): MicroblogError<'storage_not_empty'> {
  return new MicroblogError(
    'storage_not_empty',
    'This database already has users. Restore into an empty database, or replace all its content (--replace).',
  );
}

/** Errors of a storage that mean, during a restore, that records of the archive contradict each other. */
const contradictions = new Set([
  'id_clash',
  'nickname_taken',
  'email_taken',
  'identity_taken',
  'self_follow',
  'user_not_found',
  'post_not_found',
]);

/** Converts errors of storing records to `archive_invalid`. Returns all other errors unchanged. */
export function archiveFault(error: unknown): unknown {
  if (!isMicroblogError(error)) return error;
  const { code, details } = error;
  // Class 23 of SQLSTATE: integrity constraint violations.
  const broken = typeof details.sqlState === 'string' && details.sqlState.startsWith('23');
  if (!broken && !contradictions.has(code)) return error;
  return archiveInvalid(`Its records contradict each other (${code}: ${error.message}).`, error);
}
