import type { Page } from '@microblog/core';
import type { HostContext } from '../http/context.ts';
import { isBeyondOldest } from '../http/page-query.ts';
import type { PageNeighbours } from './people-and-posts.ts';

/** Links from a page of a list to its neighbours under `path`, which is the list's own address. */
export function pageLinks(ctx: HostContext, page: Page<unknown>, path: string): PageNeighbours {
  return {
    newerUrl: page.previous === null ? null : `${path}?after=${page.previous}`,
    olderUrl: page.next === null ? null : `${path}?before=${page.next}`,
    newestUrl: isBeyondOldest(ctx, page) ? path : null,
  };
}
