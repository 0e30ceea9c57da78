import type { Post, SearchQuery, SearchTerm } from '@microblog/core';
import { primaryLanguage } from '@microblog/core';

/** A word that every post has, for queries that only exclude. */
const ANY = 'any';

/** Author and language of a post, as words of a separate column. */
export function tagsOf({ authorId, language }: Pick<Post, 'authorId' | 'language'>): string {
  const tags = [ANY, authorTag(authorId)];
  if (language !== null) tags.push(languageTag(primaryLanguage(language)));
  return tags.join(' ');
}

/** A query in the syntax of FTS5: https://www.sqlite.org/fts5.html#full_text_query_syntax. Words are quoted. */
export function matchExpression(query: SearchQuery): string {
  const { all, none, authorIds, exceptAuthorIds, languages, exceptLanguages } = query;
  const words = all.map((group) => `(${group.map(phrase).join(' OR ')})`);
  const tags = [authorIds.map(authorTag), languages.map(languageTag)]
    .filter((alternatives) => alternatives.length > 0)
    .map((alternatives) => `(${alternatives.map(quoted).join(' OR ')})`);
  const wanted = [
    ...(words.length > 0 ? [`{words} : (${words.join(' AND ')})`] : []),
    ...(tags.length > 0 || words.length === 0 ? [`{tags} : (${tags.join(' AND ') || quoted(ANY)})`] : []),
  ].join(' AND ');
  const otherTags = [...exceptAuthorIds.map(authorTag), ...exceptLanguages.map(languageTag)];
  const unwanted = [
    ...(none.length > 0 ? [`{words} : (${none.map(phrase).join(' OR ')})`] : []),
    ...(otherTags.length > 0 ? [`{tags} : (${otherTags.map(quoted).join(' OR ')})`] : []),
  ].join(' OR ');
  return unwanted === '' ? wanted : `(${wanted}) NOT (${unwanted})`;
}

function phrase({ words, prefix }: SearchTerm): string {
  return `${quoted(words.join(' '))}${prefix ? ' *' : ''}`;
}

/** A string may hold every character except NUL, which ends the whole expression. */
function quoted(text: string): string {
  return `"${text.replaceAll('\0', ' ').replaceAll('"', '""')}"`;
}

function authorTag(id: string): string {
  return `a${id}`;
}

function languageTag(language: string): string {
  // An invalid language tag must not become two words.
  return /^[a-z0-9]+$/.test(language) ? `l${language}` : 'none';
}
