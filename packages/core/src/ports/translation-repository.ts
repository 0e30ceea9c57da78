import type { PostId } from '../kernel/ids.ts';
import type { Translation } from '../translation/translation.ts';

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
