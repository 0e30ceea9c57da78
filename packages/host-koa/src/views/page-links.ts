import type { Page } from '@microblog/core';

export interface PageLinks {
  readonly newerUrl: string | null;
  readonly olderUrl: string | null;
}

export function pageLinks(
  { next, previous }: Pick<Page<unknown>, 'next' | 'previous'>,
  path: string,
): PageLinks {
  return {
    newerUrl: previous === null ? null : `${path}?after=${previous}`,
    olderUrl: next === null ? null : `${path}?before=${next}`,
  };
}
