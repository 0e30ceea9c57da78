import type { PostId, Translation, TranslationRepository } from '@microblog/core';
import { Model, snakeCaseMappers } from 'objection';
import type { Database } from '../database.ts';

export class TranslationRow extends Model {
  static override readonly tableName = 'translations';
  static override readonly idColumn = ['post_id', 'language'];
  static override readonly columnNameMappers = snakeCaseMappers();

  declare postId: PostId;
  declare language: string;
  declare text: string;
  declare sourceLanguage: string | null;
  declare translator: string;
  declare createdAt: Date;
}

export function toTranslation({ sourceLanguage, ...row }: TranslationRow): Translation {
  const { postId, language, text, translator, createdAt } = row;
  return { postId, language, text, from: sourceLanguage, translator, createdAt };
}

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
