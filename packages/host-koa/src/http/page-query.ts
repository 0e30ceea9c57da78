import type { Page, PageInput } from '@microblog/core';
import type { HostContext } from './context.ts';

/** `?before=` and `?after=` of a list, as they came; core checks them. */
export function pageQuery(ctx: HostContext): PageInput {
  return { before: parameter(ctx, 'before'), after: parameter(ctx, 'after') };
}

/** Whether a list was asked for what is newer than all of it: its newest page says more than an empty one. */
export function isBeyondNewest(ctx: HostContext, page: Pick<Page<unknown>, 'items'>): boolean {
  return page.items.length === 0 && pageQuery(ctx).after !== undefined;
}

/** Whether a list was asked for what is older than all of it: it is not empty, it is over. */
export function isBeyondOldest(ctx: HostContext, page: Pick<Page<unknown>, 'items'>): boolean {
  return page.items.length === 0 && pageQuery(ctx).before !== undefined;
}

/** Whether the beginning of a list was asked for. */
export function isNewest(ctx: HostContext): boolean {
  const { before, after } = pageQuery(ctx);
  return before === undefined && after === undefined;
}

/** A parameter of the address, the first of several; absent where it is empty. */
export function parameter(ctx: HostContext, name: string): string | undefined {
  const value = ctx.query[name];
  const text = Array.isArray(value) ? value[0] : value;
  return text === '' ? undefined : text;
}
