import type { PostId, UserId } from '../kernel/ids.ts';

/** What somebody wrote. It is never changed, only deleted. */
export interface Post {
  readonly id: PostId;
  readonly authorId: UserId;
  /** Plain text in NFC, with line feeds; hosts escape it. */
  readonly body: string;
  /** A BCP 47 tag, or null where the language is not known for certain. */
  readonly language: string | null;
  readonly createdAt: Date;
}
