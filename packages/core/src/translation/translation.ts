import type { PostId } from '../kernel/ids.ts';

/** A post's text in another language, as it is kept until the post is gone. */
export interface Translation {
  readonly postId: PostId;
  /** The BCP 47 tag of the language that it is in. */
  readonly language: string;
  /** Plain text in NFC, with line feeds; hosts escape it. */
  readonly text: string;
  /** The language that it was translated from, or null where nobody knows. */
  readonly from: string | null;
  /** `Translator.name` of who made it. */
  readonly translator: string;
  readonly createdAt: Date;
}
