import type { PostId, Translation, TranslationRepository } from '@microblog/core';
import { Model, snakeCaseMappers } from 'objection';
import { postNotFound } from './constraint-meanings.ts';
import type { Database } from './database.ts';
import type { RepositoryTable } from './table.ts';

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

function toTranslation({ sourceLanguage, ...row }: TranslationRow): Translation {
  const { postId, language, text, translator, createdAt } = row;
  return { postId, language, text, from: sourceLanguage, translator, createdAt };
}

export const translations: RepositoryTable<'translations', TranslationRow> = {
  name: 'translations',
  row: TranslationRow,
  repository: translationRepository,
  constraints: { translations_pkey: null, translations_post_fkey: postNotFound },
  // Readers can ask for a new translation at any time.
  archive: null,
  steps: [
    {
      name: '0007_translations',
      up: (schema) => [
        `create table ${schema}.translations (
      post_id bigint not null,
      language text collate "C" not null,
      text text not null,
      source_language text collate "C",
      translator text not null,
      created_at timestamptz not null,
      constraint translations_pkey primary key (post_id, language),
      constraint translations_post_fkey foreign key (post_id) references ${schema}.posts (id) on delete cascade
    )`,
      ],
      down: (schema) => [`drop table ${schema}.translations`],
    },
  ],
};

function translationRepository(database: Database): TranslationRepository {
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
