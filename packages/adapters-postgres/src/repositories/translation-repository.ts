import type { TranslationRepository } from '@microblog/core';
import type { Database } from '../database.ts';
import { toTranslation } from '../models/translation-row.ts';

export function translationRepository(database: Database): TranslationRepository {
  return {
    async find(postId, language) {
      const row = await database.read(({ translations }) =>
        translations().findOne({ post_id: postId, language }),
      );
      return row === undefined ? null : toTranslation(row);
    },
    async save({ from, ...translation }) {
      const row = { ...translation, sourceLanguage: from };
      await database.write(({ translations }) =>
        translations().insert(row).onConflict(['post_id', 'language']).merge(),
      );
    },
  };
}
