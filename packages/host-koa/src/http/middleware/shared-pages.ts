import type { HostContext, HostMiddleware } from '../context.ts';
import type { BrowserState } from '../sessions/browser-state.ts';
import { chosenTheme } from '../sessions/preferences.ts';
import { setContentLanguage } from './language.ts';

/** A page as a visitor got it, without what belongs to that browser alone. */
interface SharedPage {
  /** The parts between the tokens of its forms. */
  readonly parts: readonly string[];
  readonly type: string;
  readonly cacheControl: string;
}

// Why: docs/decisions/0092-shared-pages.md
/**
 * Visitors who ask for the same page at the same moment get one rendering of it, each with their own form tokens.
 * Nothing is kept after that moment, so a page is never older than its request by more than the time to make it.
 * `routes` are the patterns of pages that depend on nothing but address, language and theme.
 */
export function sharedPages(
  { csrf, flash }: BrowserState,
  routes: { has(pattern: string): boolean },
): HostMiddleware {
  const running = new Map<string, Promise<SharedPage | null>>();

  const isShared = ({ method, state }: HostContext) =>
    method === 'GET' &&
    state.viewer === null &&
    !state.suspended &&
    state.route !== null &&
    routes.has(state.route);

  return async (ctx, next) => {
    if (!isShared(ctx) || flash.isWaiting(ctx)) return next();
    const key = `${ctx.state.lang} ${chosenTheme(ctx)} ${ctx.path}${ctx.search}`;
    const shared = await running.get(key);
    if (shared != null) return send(ctx, shared, csrf.issue(ctx));
    const made = Promise.withResolvers<SharedPage | null>();
    running.set(key, made.promise);
    try {
      await next();
      made.resolve(sharedPage(ctx));
    } finally {
      // Those who wait for a page that failed make it themselves.
      made.resolve(null);
      if (running.get(key) === made.promise) running.delete(key);
    }
  };
}

/** Null if the answer is no page. */
function sharedPage({ status, body, state, response }: HostContext): SharedPage | null {
  const { formToken } = state;
  if (status !== 200 || typeof body !== 'string' || formToken === null) return null;
  const cacheControl = response.get('Cache-Control');
  return { parts: body.split(formToken), type: response.get('Content-Type'), cacheControl };
}

function send(ctx: HostContext, { parts, type, cacheControl }: SharedPage, token: string): void {
  ctx.set('Cache-Control', cacheControl);
  setContentLanguage(ctx);
  ctx.set('Content-Type', type);
  ctx.body = parts.join(token);
}
