import type { SearchQuery, SearchTerm } from '@microblog/core';

/** SQL for a value of type `tsquery`, with a `?` for each value. */
export interface TsQuery {
  readonly sql: string;
  readonly values: readonly string[];
}

/** Text search configurations that find other forms of words: the same as in the migration that makes the vectors. */
const configurations: Readonly<Record<string, string>> = {
  ar: 'arabic',
  da: 'danish',
  de: 'german',
  en: 'english',
  es: 'spanish',
  fi: 'finnish',
  fr: 'french',
  hu: 'hungarian',
  id: 'indonesian',
  it: 'italian',
  lt: 'lithuanian',
  nl: 'dutch',
  no: 'norwegian',
  pt: 'portuguese',
  ro: 'romanian',
  ru: 'russian',
  sv: 'swedish',
  tr: 'turkish',
};

export function configurationsOf(languages: readonly string[]): string[] {
  return [...new Set(languages)].flatMap((language) =>
    Object.hasOwn(configurations, language) ? (configurations[language] ?? []) : [],
  );
}

/** The wanted words, used to compute relevance; null if there are none. */
export function wantedWords({ all }: SearchQuery, stems: readonly string[]): TsQuery | null {
  if (all.length === 0) return null;
  return joined(
    all.map((group) => either(group.flatMap((term) => [exact(term), ...stems.flatMap(stemmed(term))]))),
    '&&',
  );
}

/** All conditions except times; null if there are no others. */
export function conditions(query: SearchQuery, stems: readonly string[]): TsQuery | null {
  const { none, authorIds, exceptAuthorIds, languages, exceptLanguages } = query;
  const words = wantedWords(query, stems);
  const parts = [
    ...(words === null ? [] : [words]),
    ...(authorIds.length === 0 ? [] : [either(authorIds.map(author))]),
    ...(languages.length === 0 ? [] : [either(languages.map(language))]),
    // Only the exact spelling: a user who excludes a word means exactly that word.
    ...[...none.map(exact), ...exceptAuthorIds.map(author), ...exceptLanguages.map(language)].map(without),
  ];
  return parts.length === 0 ? null : joined(parts, '&&');
}

/** The words as written; they have weight A. */
function exact({ words, prefix }: SearchTerm): TsQuery {
  const lexemes = words.map((word, index) => {
    const isPrefix = prefix && index === words.length - 1;
    return `${quoted(word)}:${isPrefix ? '*' : ''}A`;
  });
  return { sql: '?::tsquery', values: [lexemes.join(' <-> ')] };
}

/** Other forms of the words, in the language of a configuration. */
function stemmed({ words, prefix }: SearchTerm): (configuration: string) => TsQuery[] {
  if (prefix) return () => [];
  return (configuration) => [
    {
      sql: `websearch_to_tsquery('pg_catalog.${configuration}', ?)`,
      values: [`"${words.join(' ')}"`.replaceAll('\0', ' ')],
    },
  ];
}

function author(id: string): TsQuery {
  return lexeme(`=a${id}`);
}

function language(primary: string): TsQuery {
  return lexeme(`=l${primary}`);
}

function without({ sql, values }: TsQuery): TsQuery {
  return { sql: `!!(${sql})`, values };
}

function lexeme(text: string): TsQuery {
  return { sql: '?::tsquery', values: [quoted(text)] };
}

function either(queries: readonly TsQuery[]): TsQuery {
  return joined(queries, '||');
}

function joined(queries: readonly TsQuery[], operator: '&&' | '||'): TsQuery {
  return {
    sql: `(${queries.map(({ sql }) => sql).join(` ${operator} `)})`,
    values: queries.flatMap(({ values }) => values),
  };
}

/** A lexeme in the syntax of `tsquery`; an impossible lexeme becomes one that no post has. */
function quoted(word: string): string {
  const usable = word.toWellFormed().replaceAll('\0', '').slice(0, 500);
  return usable === '' ? "'=none'" : `'${usable.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`;
}
