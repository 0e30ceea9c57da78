import type { ArchiveContent } from '../archive/archive-content.ts';

/** What loading an archive may do. */
export interface LoadOptions {
  /** Everything that is there goes first. Without it, a storage with people in it is refused. */
  readonly replace?: boolean;
}

/** The part of a storage by which everything in it is carried elsewhere, and put back. */
export interface ArchiveStorage {
  /**
   * Hands `work` everything that was committed at one moment, to be read while others go on writing, in
   * constant memory. The content is gone when `work` ends. On an embedded database others wait while it is
   * set aside, some 0.3 s for 300,000 records, and not while it is read.
   */
  snapshot<Result>(work: (content: ArchiveContent) => Promise<Result>): Promise<Result>;
  /**
   * Stores all of `content`, or nothing where it, or anything else, fails. Others read what was there before
   * until it is done; their writes wait at the end of it. Counts are right afterwards.
   * @throws {MicroblogError} `storage_not_empty` where there is anybody and `replace` is not set;
   * `archive_unsupported` where `content.migrations` has steps that this storage does not know;
   * `archive_invalid` where records contradict each other; and whatever reading `content` throws.
   */
  load(content: ArchiveContent, options?: LoadOptions): Promise<void>;
}
