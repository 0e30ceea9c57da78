import type { HostContext } from '../context.ts';
import { seeOther } from '../redirects.ts';
import type { FlashCode, FlashMessages } from '../sessions/flash.ts';
import { wantsJson } from '../wants-json.ts';

interface FormAnswer {
  /** The message, or null if nothing changed. */
  readonly flash: FlashCode | null;
  /** The person whom the message names. */
  readonly nickname?: string;
  /** The address that browsers are redirected to. */
  readonly to: string;
  /** What a script needs beside the message to update the page. */
  readonly data?: object;
}

/**
 * Answers a form that succeeded. Browsers are redirected, and the next page shows the message. A script that asks
 * for JSON gets the message in the answer, and no later page repeats it.
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
