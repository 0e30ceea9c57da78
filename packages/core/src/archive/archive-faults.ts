import { isMicroblogError, MicroblogError } from '../kernel/errors.ts';

/** What is read is no archive, or not whole, or not as it was written. `reason` is a sentence. */
export function archiveInvalid(reason: string, cause?: unknown): MicroblogError<'archive_invalid'> {
  return new MicroblogError(
    'archive_invalid',
    `The archive can't be used. ${reason} Nothing was written; take another copy of it, or an earlier archive.`,
    { details: { reason }, ...(cause === undefined ? {} : { cause }) },
  );
}

/** A newer program made it. `what` is a sentence. */
export function archiveUnsupported(what: string): MicroblogError<'archive_unsupported'> {
  return new MicroblogError(
    'archive_unsupported',
    `The archive comes from a newer version of this program. ${what} Nothing was written; install that version and restore with it.`,
    { details: { what } },
  );
}

/** An archive was to be loaded where there is something already. */
export function storageNotEmpty(): MicroblogError<'storage_not_empty'> {
  return new MicroblogError(
    'storage_not_empty',
    'There are people in this database already. Restore into an empty one, or replace everything that it holds (--replace).',
  );
}

/** What a storage throws when records contradict each other, which only the archive can be to blame for. */
const contradictions = new Set([
  'id_clash',
  'nickname_taken',
  'email_taken',
  'identity_taken',
  'self_follow',
  'user_not_found',
  'post_not_found',
]);

/** Turns the errors of storing records into one about the archive; all others pass as they are. */
export function archiveFault(error: unknown): unknown {
  if (!isMicroblogError(error)) return error;
  const { code, details } = error;
  // Class 23 of SQLSTATE: integrity constraint violations.
  const broken = typeof details.sqlState === 'string' && details.sqlState.startsWith('23');
  if (!broken && !contradictions.has(code)) return error;
  return archiveInvalid(`Its records contradict each other (${code}: ${error.message}).`, error);
}
