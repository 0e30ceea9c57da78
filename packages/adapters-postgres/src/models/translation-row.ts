import type { PostId, Translation } from '@microblog/core';
import { Model, snakeCaseMappers } from 'objection';

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
