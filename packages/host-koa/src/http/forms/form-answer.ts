import type { HostContext } from '../context.ts';
import { seeOther } from '../redirects.ts';
import type { FlashCode, FlashMessages } from '../sessions/flash.ts';
import { wantsJson } from '../wants-json.ts';

interface FormAnswer {
  /** What happened, or null where nothing changed. */
  readonly flash: FlashCode | null;
  /** Whom it is about, in the message. */
  readonly nickname?: string;
  /** Where browsers are led. */
  readonly to: string;
  /** What a script that acts in place wants to know beside the message. */
  readonly data?: object;
}

/**
 * Answers a form that went through. Browsers are led on, and the page there says what happened; a script that
 * asks for JSON is told at once, and no later page repeats it.
 */
export function answerForm(
  messages: FlashMessages,
  ctx: HostContext,
  { flash, nickname = '', to, data }: FormAnswer,
): void {
  if (wantsJson(ctx)) {
    const message = flash === null ? null : ctx.state.translate(`flash.${flash}`, { nickname });
    ctx.set('Cache-Control', 'private, no-cache');
    ctx.body = { message, ...data };
    return;
  }
  if (flash !== null) messages.set(ctx, flash, nickname);
  seeOther(ctx, to);
}
