import type { Credential } from '../accounts/credential.ts';
import type { Follow } from '../follows/follow.ts';
import type { Identity } from '../identities/identity.ts';
import type { Post } from '../posts/post.ts';
import type { User } from '../users/user.ts';

/** What an archive holds, each kind after those which it refers to. */
export const archiveKinds = ['users', 'credentials', 'identities', 'follows', 'posts'] as const;
/** A kind of record in an archive; `archiveKinds` has them in their order. */
export type ArchiveKind = (typeof archiveKinds)[number];

/** A user without the counts: they follow from posts and follows. */
export type UserRecord = Omit<User, 'followerCount' | 'followingCount' | 'postCount'>;

/** What a record of each kind looks like. */
export interface ArchiveRecords {
  readonly users: UserRecord;
  readonly credentials: Credential;
  readonly identities: Identity;
  readonly follows: Follow;
  readonly posts: Post;
}

/** Some records of one kind, in the order of their ids (credentials: of their users' ids). */
export type ArchiveBatch = {
  [Kind in ArchiveKind]: { readonly kind: Kind; readonly records: readonly ArchiveRecords[Kind][] };
}[ArchiveKind];

/** How many records of each kind an archive holds. */
export type ArchiveCounts = Readonly<Record<ArchiveKind, number>>;

/** What counting begins with. */
export const noRecords: ArchiveCounts = Object.freeze({
  users: 0,
  credentials: 0,
  identities: 0,
  follows: 0,
  posts: 0,
});

/** At most this many records in a batch: what is in memory at a time. */
export const ARCHIVE_BATCH_SIZE = 1_000;

/** Everything that a storage holds, at one moment: read from a storage, or from an archive. */
export interface ArchiveContent {
  /** Names of the steps that the storage's structure had gone through, the oldest first; none in memory. */
  readonly migrations: readonly string[];
  readonly counts: ArchiveCounts;
  /** Every record once, kind after kind as in `archiveKinds`, ids rising. To be read once. */
  batches(): AsyncIterable<ArchiveBatch>;
}

/** All records of an archive together. */
export function countAll(counts: ArchiveCounts): number {
  return archiveKinds.reduce((sum, kind) => sum + counts[kind], 0);
}
