import { isMicroblogError } from '@microblog/core';
import { fieldsOf, hostError, type KnownCode, statuses } from '../../host-errors.ts';
import type { HostContext, HostMiddleware } from '../../http/context.ts';
import { errorAnswer, reportFailure, retryAfter } from '../../http/error-answer.ts';
import type { AccountHost, OpenHost } from '../../http/host.ts';
import { setContentLanguage } from '../../http/middleware/language.ts';
import { seeOther } from '../../http/redirects.ts';
import { wantsJson } from '../../http/wants-json.ts';
import { errorTexts, fieldText } from '../../i18n/error-texts.ts';
import type { Urls } from '../../site/urls.ts';
import { showSignIn } from '../accounts/sign-in-page.ts';
import { renderPage } from './page.ts';
import type { ErrorPage } from './page-models.ts';

/** What error answers need. */
type ErrorHost = AccountHost & OpenHost;
type ErrorTexts = ReturnType<typeof errorTexts>;

/**
 * Answers thrown errors with a page or JSON, in the reader's language and without internal details. Faults of the
 * server are logged with their stack. A visitor who needs to sign in is led to the sign-in page.
 */
export function errors(host: ErrorHost): HostMiddleware {
  return async (ctx, next) => {
    try {
      await next();
      if (ctx.body === undefined && ctx.writable) requireAnswer(ctx.status);
    } catch (thrown) {
      const answer = suspendedInstead(ctx, errorAnswer(thrown));
      const { code, status } = answer;
      if (status >= 500 && !isExpected(code)) reportFailure(host.operations, ctx, thrown, answer);
      if (needsSignIn(ctx, code) && !wantsJson(ctx)) return leadToSignIn(host, ctx, code);
      ctx.status = status;
      if (status === 503) ctx.set('Retry-After', retryAfter(thrown));
      const texts = errorTexts(ctx.state.translate, code, {
        hasSearch: host.microblog.search.enabled,
        details: isMicroblogError(thrown) ? thrown.details : {},
      });
      if (wantsJson(ctx)) answerJson(ctx, code, texts, thrown);
      else await answerPage(host, ctx, code, texts, status);
    }
  };
}

/** The router leaves 404 if no route matches, and a bare status with `Allow` for another method. */
function requireAnswer(status: number): void {
  if (status === 404) throw hostError('page_not_found', 'No route matches.');
  if (status === 405 || status === 501) {
    throw hostError('method_not_allowed', 'The route does not allow this method.');
  }
}

/** A member who is suspended here is signed in at the host application: signing in again would lead in circles. */
function suspendedInstead(
  ctx: HostContext,
  found: ReturnType<typeof errorAnswer>,
): ReturnType<typeof errorAnswer> {
  if (!ctx.state.suspended || !needsSignIn(ctx, found.code)) return found;
  return { code: 'account_suspended', status: statuses.account_suspended };
}

/**
 * True for the fault of a sign-in provider or a translator, which was logged when it happened, and for refused work:
 * a line for each refusal would fill the log when the process has no time for it.
 */
function isExpected(code: string): boolean {
  return code === 'too_busy' || /^(provider|translation)_/.test(code);
}

/** True if signing in solves the error; also for a draft whose session is over, because signing in saves it. */
function needsSignIn({ state }: HostContext, code: string): boolean {
  const isOver = code === 'csrf_failed' && state.viewer === null && state.draft !== null;
  return code === 'sign_in_required' || isOver;
}

/** Leads to the sign-in page and back here. A form with a draft gets the page itself, which keeps the draft. */
async function leadToSignIn(host: ErrorHost, ctx: HostContext, code: KnownCode): Promise<void> {
  const isPage = ctx.method === 'GET' || ctx.method === 'HEAD';
  if (!host.site.accountsHere && !isPage) {
    // The sign-in page may be on another site, and `form-action` forbids the redirect: our page has a link to it.
    ctx.status = statuses.sign_in_required;
    const texts = errorTexts(ctx.state.translate, 'sign_in_required');
    return answerPage(host, ctx, 'sign_in_required', texts, statuses.sign_in_required);
  }
  if (ctx.state.draft === null) {
    return seeOther(ctx, host.site.urls.signIn(isPage ? ctx.path + ctx.search : undefined));
  }
  // Also if a form's session is over: going back to that form does not help.
  const { title, text } = errorTexts(ctx.state.translate, 'sign_in_required');
  ctx.status = statuses[code];
  await showSignIn(host, ctx, { faults: { errors: {}, error: `${title}. ${text}` }, draft: ctx.state.draft });
}

function answerJson(ctx: HostContext, code: KnownCode, { title, text }: ErrorTexts, thrown: unknown): void {
  ctx.set('Cache-Control', 'private, no-cache');
  setContentLanguage(ctx);
  const problems = isMicroblogError(thrown) ? fieldsOf(thrown) : [];
  const fields = problems.map((problem) => ({
    field: problem.field,
    problem: problem.problem,
    message: fieldText(ctx.state.translate, problem),
  }));
  ctx.body = { error: { code, message: `${title}. ${text}`, fields, requestId: ctx.state.requestId } };
}

async function answerPage(
  host: ErrorHost,
  ctx: HostContext,
  code: KnownCode,
  texts: ErrorTexts,
  status: number,
): Promise<void> {
  try {
    const wayBack = wayBackFrom(host.site.urls, ctx, code);
    await renderPage(host, ctx, 'error.njk', { status, code, ...texts, draft: ctx.state.draft, wayBack });
  } catch (fault) {
    // A template of the host may be broken: answer without it.
    reportFailure(host.operations, ctx, fault, { code: 'internal', status: 500 });
    ctx.type = 'text/plain';
    ctx.body = `${texts.title}. ${texts.text} (${ctx.state.requestId})`;
  }
  // Koa sets 200 with the first body, so set the status again.
  ctx.status = status;
}

/** Where to try again after a failed sign-in or a failed connection to a provider. */
function wayBackFrom(urls: Urls, ctx: HostContext, code: string): ErrorPage['wayBack'] {
  if (!/^(provider_|identity_|last_sign_in)/.test(code)) return null;
  const to = ctx.state.viewer === null ? 'sign_in' : 'settings';
  return { url: to === 'settings' ? urls.to('/settings') : urls.signIn(), to };
}
