import type { PostId } from '../kernel/ids.ts';

/** A post's text in another language, stored until the post is deleted. */
export interface Translation {
  readonly postId: PostId;
  /** The language of `text`, as a BCP 47 tag. */
  readonly language: string;
  /** Plain text in NFC, with line feeds; hosts escape it. */
  readonly text: string;
  /** The language it was translated from; null if unknown. */
  readonly from: string | null;
  /** `Translator.name` of the translator that made it. */
  readonly translator: string;
  readonly createdAt: Date;
}

/** Stored translations, one for each post and language. A cache: archives leave it out. Deleted with the post. */
export interface TranslationRepository {
  /** Null if there is none in exactly that language. */
  find(postId: PostId, language: string): Promise<Translation | null>;
  /**
   * Stores it and replaces an older one for the same post and language. Of two at once, one stays.
   * @throws {MicroblogError} `post_not_found` if the post is missing.
   */
  save(translation: Translation): Promise<void>;
}
