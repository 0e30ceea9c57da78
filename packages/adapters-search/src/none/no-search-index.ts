import { type SearchIndex, searchOff } from '@microblog/core';

/** `SEARCH=none`: search is off, and hosts show no search box. */
export function noSearchIndex(): SearchIndex {
  return searchOff;
}
