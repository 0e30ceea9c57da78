import type { Page, PageInput } from '@microblog/core';
import type { HostContext } from './context.ts';

/** `?before=` and `?after=` of a list, unchecked; core checks them. */
export function pageQuery(ctx: HostContext): PageInput {
  return { before: parameter(ctx, 'before'), after: parameter(ctx, 'after') };
}

/** True if `?after=` is at the newest item already: redirect to the newest page instead of showing an empty one. */
export function isBeyondNewest(ctx: HostContext, page: Pick<Page<unknown>, 'items'>): boolean {
  return page.items.length === 0 && pageQuery(ctx).after !== undefined;
}

/** True if `?before=` is at the oldest item already: the list has ended, but it is not empty. */
export function isBeyondOldest(ctx: HostContext, page: Pick<Page<unknown>, 'items'>): boolean {
  return page.items.length === 0 && pageQuery(ctx).before !== undefined;
}

/** True if the request is for the beginning of a list. */
export function isNewest(ctx: HostContext): boolean {
  const { before, after } = pageQuery(ctx);
  return before === undefined && after === undefined;
}

/** A parameter of the address, the first of several. Undefined if it is missing or empty. */
export function parameter(ctx: HostContext, name: string): string | undefined {
  const value = ctx.query[name];
  const text = Array.isArray(value) ? value[0] : value;
  return text === '' ? undefined : text;
}
