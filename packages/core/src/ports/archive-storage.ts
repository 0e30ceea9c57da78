import type { ArchiveContent } from '../archive/archive-content.ts';

/** What loading an archive may do. */
export interface LoadOptions {
  /** Deletes the present content first. Without it, a storage with users is refused. */
  readonly replace?: boolean;
}

/** The part of a storage that exports and imports its whole content. */
export interface ArchiveStorage {
  /**
   * Calls `work` with all that was committed at one moment. Others can write meanwhile. Memory use is constant. The
   * content can't be read after `work` ends. An embedded database copies the content first, and others wait only for
   * the copy: about 0.3 s for 300,000 records.
   */
  snapshot<Result>(work: (content: ArchiveContent) => Promise<Result>): Promise<Result>;
  /**
   * Stores all of `content`, or nothing if anything fails. Until it is done, others read the old content, and their
   * writes wait. Afterwards counts are right.
   * @throws {MicroblogError} `storage_not_empty` if there are users and `replace` is not set; `archive_unsupported` if
   * `content.migrations` has steps that this storage does not know; `archive_invalid` if records contradict each other;
   * and all errors of reading `content`.
   */
  load(content: ArchiveContent, options?: LoadOptions): Promise<void>;
}
