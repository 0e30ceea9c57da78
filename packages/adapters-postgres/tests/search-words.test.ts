import type { PGlite } from '@electric-sql/pglite';
import { searchWords } from '@microblog/core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { migrate, type PostgresStorage, postgresStorage } from '../src/index.ts';
import { createDatabase, type TestDatabase } from './support/databases.ts';
import { emptyPGlite } from './support/ready-databases.ts';

describe.each(['server', 'PGlite'] as const)('search_words on a %s', (kind) => {
  let database: TestDatabase | undefined;
  let pglite: PGlite | undefined;
  let storage: PostgresStorage;
  beforeAll(async () => {
    if (kind === 'server') database = await createDatabase();
    else pglite = await emptyPGlite();
    storage = postgresStorage(
      database === undefined
        ? { pglite: pglite ?? expect.fail('no database') }
        : { connectionString: database.url },
    );
    await migrate(storage);
  });
  afterAll(async () => {
    await storage.close();
    await pglite?.close();
    await database?.drop();
  });

  const wordsOf = async (texts: readonly string[]) => {
    const rows = await storage.query<{ words: string[] }>(
      `select ${storage.schema}.search_words(text) as words
         from json_array_elements_text(?::json) with ordinality as given (text, place) order by place`,
      [JSON.stringify(texts)],
    );
    return rows.map(({ words }) => words);
  };

  it('returns the same words as core for texts', async () => {
    const texts = [
      'Hello, World! Straße ÀÉ Łódź ΟΔΟΣ İstanbul',
      'ﬁne ½ ｆｕｌｌ 𝐁𝐨𝐥𝐝 ㍿',
      '東京タワー 서울에서 สวัสดีชาวโลก နေကောင်းလား',
      'नमस्ते दुनिया مُحَمَّد أحمد שָׁלוֹם',
      'مدرسة الدورى ٱلرَّحْمَـٰنِ کتاب فارسی یہ ﻛﺘﺎﺏ',
      '٣ ۲۰۲۶ २०२६ ปี๒๐๒๖ ２０ 𝟐 ༢༠ 𞥐𞥙',
      '👨‍👩‍👧🏽 🇺🇾❤️ 1️⃣ 🫖',
      "don't @ada_l #x e-mail \\ ' \"",
      'a'.repeat(100),
      '',
      '…',
      'Москва Ёлка йод ᏣᎳᎩ',
    ];
    expect(await wordsOf(texts)).toEqual(texts.map(searchWords));
  });

  it('returns the same words as core for every character', async () => {
    const characters: string[] = [];
    for (let code = 1; code <= 0x3_ffff; code++) {
      if (code < 0xd800 || code > 0xdfff) characters.push(String.fromCodePoint(code));
    }
    const unknown = await unknownLetters(storage);
    const known = characters.filter(
      (character) => !/[\p{Cn}\p{Co}]/u.test(character) && !unknown.test(character),
    );
    const different: string[] = [];
    for (let at = 0; at < known.length; at += 20_000) {
      const part = known.slice(at, at + 20_000).map((character) => `a${character}b ${character}`);
      const words = await wordsOf(part);
      for (const [place, text] of part.entries()) {
        if (words[place]?.join(' ') !== searchWords(text).join(' ')) different.push(text.slice(-2).trim());
      }
    }
    expect(different.map((character) => character.codePointAt(0)?.toString(16))).toEqual([]);
  }, 120_000);
});

/** Letters of Unicode versions that the database does not know. Its version is 16 for Postgres 18, 14 for 15 and 16. */
async function unknownLetters(storage: PostgresStorage): Promise<RegExp> {
  const [row] = await storage.query<{ version: number }>(
    "select current_setting('server_version_num')::int as version",
    [],
  );
  const unicode17 = '\\u{a7ce}-\\u{a7f1}\\u{16ea0}-\\u{16eb8}';
  const unicode16 =
    '\\u{1c89}\\u{a7cb}\\u{a7cc}\\u{105c9}\\u{105e4}\\u{10d50}-\\u{10d65}\\u{1ccd6}-\\u{1ccf9}';
  const unicode15 = '\\u{1e030}-\\u{1e06d}';
  const older = row !== undefined && row.version < 170_000;
  return new RegExp(`[${unicode17}${older ? unicode16 + unicode15 : ''}]`, 'u');
}
