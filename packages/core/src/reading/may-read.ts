import { isModerator, parseViewer, requireMember, type Viewer } from '../accounts/viewer.ts';
import type { UserId } from '../kernel/ids.ts';

/** Who reads, as far as the rule of reading needs to know. Repositories are given it by every list of posts. */
export interface Reader {
  /** Null for visitors. */
  readonly id: UserId | null;
  /** Whether they may read what suspended members wrote. */
  readonly readsSuspended: boolean;
}

/** A reader with a home timeline. */
export interface MemberReader extends Reader {
  readonly id: UserId;
}

/** For work of the program that concerns every post: to fill the search index, to delete an account. */
export const unrestrictedReader: Reader = Object.freeze({ id: null, readsSuspended: true });

/** @throws {MicroblogError} `invalid_input` as `parseViewer`. */
export function readerOf(given: Viewer): Reader {
  const viewer = parseViewer(given);
  return { id: viewer?.id ?? null, readsSuspended: isModerator(viewer) };
}

/** @throws {MicroblogError} `sign_in_required`, `account_suspended`; `invalid_input` as `parseViewer`. */
export function memberReaderOf(viewer: Viewer): MemberReader {
  const member = requireMember(viewer);
  return { id: member.id, readsSuspended: isModerator(member) };
}

/**
 * The rule of reading: anybody reads a post unless its author is suspended, and moderators read those too. Lists in a
 * database apply the same rule as a condition (`readable-by.ts`); the storage contract holds both equal.
 */
export function mayRead(reader: Reader, author: { readonly suspended: boolean }): boolean {
  return !author.suspended || reader.readsSuspended;
}
