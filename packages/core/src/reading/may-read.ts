import { isModerator, parseViewer, requireMember, type Viewer } from '../accounts/viewer.ts';
import type { UserId } from '../kernel/ids.ts';

/** The properties of a viewer that the reading rule needs. Every list of posts passes it to its repository. */
export interface Reader {
  /** Null for visitors. */
  readonly id: UserId | null;
  /** True if the reader may read posts of suspended members. */
  readonly readsSuspended: boolean;
}

/** A reader with a home timeline. */
export interface MemberReader extends Reader {
  readonly id: UserId;
}

/** For internal work on every post, such as filling the search index or deleting an account. */
export const unrestrictedReader: Reader = Object.freeze({ id: null, readsSuspended: true });

/**
 * The reader that a viewer is. A moderator may read posts of suspended members.
 * @throws {MicroblogError} `invalid_input` as `parseViewer`.
 */
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
 * The reading rule: everyone may read a post unless its author is suspended; moderators may read those too. Lists in a
 * database apply the same rule as a condition (`readable-by.ts`). The storage contract checks that both agree.
 */
export function mayRead(reader: Reader, author: { readonly suspended: boolean }): boolean {
  return !author.suspended || reader.readsSuspended;
}
