import type { Translation, TranslationRepository } from '../../translation/translation.ts';
import type { RepositoryTable } from '../table.ts';

export const translations: RepositoryTable<Translation, TranslationRepository, 'save'> = {
  key: ({ postId, language }) => keyOf(postId, language),
  belongsTo: { posts: ({ postId }) => [postId] },
  // Readers can ask for a new translation at any time.
  archive: null,
  reads: (rows) => ({
    find: async (postId, language) => rows().translations.get(keyOf(postId, language)) ?? null,
  }),
  writes: (store) => ({
    save: async (translation) => store.save('translations', translation),
  }),
};

function keyOf(postId: string, language: string): string {
  return `${postId} ${language}`;
}
