import type { PageInput } from '@microblog/core';
import type { HostContext } from '../context.ts';

/** `?before=` and `?after=` of a list, as they came; core checks them. */
export function pageQuery(ctx: HostContext): PageInput {
  return { before: single(ctx.query.before), after: single(ctx.query.after) };
}

function single(value: string | string[] | undefined): string | undefined {
  const text = Array.isArray(value) ? value[0] : value;
  return text === '' ? undefined : text;
}
