import { createHash } from 'node:crypto';
import type { HostContext, HostMiddleware } from '../http/context.ts';
import { type ErrorAnswer, errorAnswer, reportFailure } from '../http/error-answer.ts';
import type { Guard } from '../http/routing/route-groups.ts';
import { errorTexts } from '../i18n/error-texts.ts';
import type { Operations } from '../operations/operations.ts';
import { isKnown } from './known-answer.ts';

interface SharedAnswer {
  readonly body: string;
  readonly type: string;
  /** Seconds for which anybody may keep it. */
  readonly maxAge: number;
  readonly lastModified?: Date;
}

/** An answer that is the same for everybody: kept for a while, and not sent again to those who have it. */
export function answerShared(ctx: HostContext, { body, type, maxAge, lastModified }: SharedAnswer): void {
  ctx.set('Cache-Control', `public, max-age=${maxAge}`);
  ctx.etag = createHash('sha256').update(body).digest('base64url').slice(0, 27);
  if (lastModified !== undefined) ctx.lastModified = lastModified;
  ctx.body = isKnown(ctx) ? null : body;
  if (ctx.body === null) ctx.status = 304;
  // After the body, from which Koa derives one.
  else ctx.set('Content-Type', type);
}

/** A template as text. */
export async function renderText(ctx: HostContext, template: string, model: object): Promise<string> {
  await ctx.render(template, model);
  return ctx.body as string;
}

export interface ErrorText extends ErrorAnswer {
  readonly title: string;
  readonly text: string;
}

/** A route that answers errors in a format of its own. */
export interface OwnErrors {
  show(ctx: HostContext): void | Promise<void>;
  /** Sets the body for an error. */
  showError(ctx: HostContext, error: ErrorText): void | Promise<void>;
}

/** Middleware for such a route. The guard runs within, so that its refusal has the route's format too. */
export function answersWithOwnErrors(
  operations: Operations,
  guard: Guard,
  { show, showError }: OwnErrors,
): HostMiddleware {
  return async (ctx) => {
    try {
      guard(ctx);
      await show(ctx);
    } catch (thrown) {
      const answer = errorAnswer(thrown);
      const { status, code } = answer;
      // 501 is no fault of the server: the site does not offer what was asked for.
      if (status >= 500 && status !== 501) reportFailure(operations, ctx, thrown, answer);
      ctx.set('Cache-Control', 'no-cache');
      await showError(ctx, { ...answer, ...errorTexts(ctx.state.translate, code) });
      ctx.status = status;
    }
  };
}

/** Shows an error as one line of text, for programs that take no page. */
export function errorAsText(ctx: HostContext, { title, text }: ErrorText): void {
  ctx.body = `${title}. ${text}\n`;
  ctx.type = 'text/plain; charset=utf-8';
}
