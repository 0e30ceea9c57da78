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

/** Translations that were made, one for a post and a language. A cache: archives leave it out. Gone with its post. */
export interface TranslationRepository {
  /** Null where there is none in exactly that language. */
  find(postId: PostId, language: string): Promise<Translation | null>;
  /**
   * Keeps it, in place of an older one for the same post and language; of two at once, one stays.
   * @throws {MicroblogError} `post_not_found` where the post is absent.
   */
  save(translation: Translation): Promise<void>;
}
