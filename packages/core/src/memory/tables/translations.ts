import type { PostId } from '../../kernel/ids.ts';
import { postNotFound } from '../../posts/post-not-found.ts';
import type { TranslationRepository } from '../../translation/translation.ts';
import { type Tables, translationKey } from '../tables.ts';

export function memoryTranslations(tables: () => Tables): TranslationRepository {
  return {
    async find(postId, language) {
      return tables().translations.get(translationKey(postId, language)) ?? null;
    },
    async save(translation) {
      const { postId, language } = translation;
      if (!tables().posts.has(postId)) throw postNotFound(postId);
      tables().translations.set(translationKey(postId, language), translation);
    },
  };
}

/** What goes with a post. */
export function deleteTranslations({ translations }: Tables, postId: PostId): void {
  for (const [key, translation] of translations) {
    if (translation.postId === postId) translations.delete(key);
  }
}
