import { createHash } from 'node:crypto';
import type { HostContext, HostMiddleware } from '../http/context.ts';
import { type ErrorAnswer, errorAnswer, reportFailure } from '../http/error-answer.ts';
import type { ViewHost } from '../http/host.ts';
import { render } from '../http/render.ts';
import type { Guard } from '../http/routing/route-groups.ts';
import { errorTexts } from '../i18n/error-texts.ts';
import type { Operations } from '../operations/operations.ts';
import { isNotModified } from './not-modified.ts';

interface SharedAnswer {
  readonly body: string;
  readonly type: string;
  /** Seconds for which any cache may keep it. */
  readonly maxAge: number;
  readonly lastModified?: Date;
}

/** Sends an answer that is the same for every reader. It may be cached; a client that has it already gets a 304. */
export function answerShared(ctx: HostContext, { body, type, maxAge, lastModified }: SharedAnswer): void {
  ctx.set('Cache-Control', `public, max-age=${maxAge}`);
  ctx.etag = createHash('sha256').update(body).digest('base64url').slice(0, 27);
  if (lastModified !== undefined) ctx.lastModified = lastModified;
  ctx.body = isNotModified(ctx) ? null : body;
  if (ctx.body === null) ctx.status = 304;
  // Set after the body, from which Koa derives a type.
  else ctx.set('Content-Type', type);
}

/** Renders a template and returns the text. `constants` are values that never change, in one object. */
export async function renderText(
  { templates }: ViewHost,
  ctx: HostContext,
  template: string,
  model: object,
  constants?: object,
): Promise<string> {
  await render(templates, ctx, template, model, constants);
  return ctx.body as string;
}

export interface ErrorText extends ErrorAnswer {
  readonly title: string;
  readonly text: string;
}

/** A route with its own format for errors. */
export interface SyndicatedRoute {
  show(ctx: HostContext): void | Promise<void>;
  /** Sets the body for an error. */
  showError(ctx: HostContext, error: ErrorText): void | Promise<void>;
}

/** Middleware for such a route. It also runs the guard, so that the guard's refusals have the same format. */
export function withErrors(
  operations: Operations,
  guard: Guard,
  { show, showError }: SyndicatedRoute,
): HostMiddleware {
  return async (ctx) => {
    try {
      guard(ctx);
      await show(ctx);
    } catch (thrown) {
      const answer = errorAnswer(thrown);
      const { status, code } = answer;
      // 501 is no fault of the server: the site does not offer this feature.
      if (status >= 500 && status !== 501) reportFailure(operations, ctx, thrown, answer);
      ctx.set('Cache-Control', 'no-cache');
      await showError(ctx, { ...answer, ...errorTexts(ctx.state.translate, code) });
      ctx.status = status;
    }
  };
}

/** Shows an error as one line of text, for programs. */
export function errorAsText(ctx: HostContext, { title, text }: ErrorText): void {
  ctx.body = `${title}. ${text}\n`;
  ctx.type = 'text/plain; charset=utf-8';
}
