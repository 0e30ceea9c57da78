import { createHash } from 'node:crypto';
import type { HostContext } from '../http/context.ts';
import { type ErrorAnswer, errorAnswer, reportFailure } from '../http/error-answer.ts';
import type { Host } from '../http/host.ts';
import { membersOnly } from '../http/middleware/members-only.ts';
import { errorTexts } from '../i18n/error-texts.ts';
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

/** A route whose errors are told by `tell`, in its own format. Closed where visitors see nothing. */
export function tellingErrors(
  host: Host,
  tell: (ctx: HostContext, error: ErrorText) => void | Promise<void>,
  show: (ctx: HostContext) => void | Promise<void>,
): (ctx: HostContext) => Promise<void> {
  const onlyMembers = membersOnly(host.requireLogin);
  return async (ctx) => {
    try {
      await onlyMembers(ctx, async () => show(ctx));
    } catch (thrown) {
      const answer = errorAnswer(thrown);
      const { status, code } = answer;
      // Nothing went wrong where something is not offered.
      if (status >= 500 && status !== 501) reportFailure(host, ctx, thrown, answer);
      ctx.set('Cache-Control', 'no-cache');
      await tell(ctx, { ...answer, ...errorTexts(ctx.state.translate, code) });
      ctx.status = status;
    }
  };
}

/** An error as one line of text, for programs that take no page. */
export function tellInText(ctx: HostContext, { title, text }: ErrorText): void {
  ctx.body = `${title}. ${text}\n`;
  ctx.type = 'text/plain; charset=utf-8';
}
