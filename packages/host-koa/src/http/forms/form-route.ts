import { isMicroblogError, type MemberAccount, type MicroblogError } from '@microblog/core';
import { fieldsOf, hostError, isKnownCode, type KnownCode, statuses } from '../../host-errors.ts';
import { errorTexts, fieldText } from '../../i18n/error-texts.ts';
import type { HostContext, HostMiddleware } from '../context.ts';
import type { Guard } from '../routing/route-groups.ts';
import type { CsrfTokens } from '../sessions/csrf.ts';
import { type Form, readForm } from './form.ts';

/** The errors that a refused form shows when it is shown again. */
export interface FormFaults {
  /** By field. */
  readonly errors: Readonly<Record<string, string>>;
  /** For the form as a whole, if no field is at fault. Else null. */
  readonly error: string | null;
}

export const noFaults: FormFaults = Object.freeze({ errors: {}, error: null });

export interface FormRoute<Viewer = MemberAccount | null> {
  /** Does the work of the form, and redirects. */
  submit(ctx: HostContext, form: Form, viewer: Viewer): Promise<void>;
  /** Shows the form again with the values that were sent. Without it, a refusal shows the error page. */
  showAgain?(ctx: HostContext, form: Form, faults: FormFaults, viewer: Viewer): Promise<void>;
  /** A long text that the member wrote. If the form can't be shown again, the error page shows this text. */
  draftOf?(form: Form): string;
  /** What to say if the form's token is out of date and the form is shown again. Default: to send it again. */
  outOfDateText?(ctx: HostContext): string;
}

interface FormChecks<Viewer> {
  readonly tokens: CsrfTokens;
  readonly guard: Guard<Viewer>;
}

/**
 * Middleware for a form. It reads the form, checks that a page of this site sent it and that the viewer may send it,
 * and submits it. If the microblog refuses the form, it is shown again with the status of the error.
 */
export function formRoute<Viewer>(
  { tokens, guard }: FormChecks<Viewer>,
  { submit, showAgain, draftOf, outOfDateText = sendAgainText }: FormRoute<Viewer>,
): HostMiddleware {
  return async (ctx) => {
    const form = await readForm(ctx);
    ctx.state.draft = draftOf?.(form) || null;
    try {
      if (!tokens.isValid(ctx, form.text('_csrf'))) {
        throw hostError('csrf_failed', 'The form carries no token of this page.');
      }
      await submit(ctx, form, guard(ctx));
    } catch (error) {
      if (showAgain === undefined || !isMicroblogError(error) || !isRefusal(error)) throw error;
      const viewer = viewerAfter(error, ctx, guard);
      ctx.status = statuses[error.code];
      const faults =
        error.code === 'csrf_failed' ? { errors: {}, error: outOfDateText(ctx) } : faultsOf(ctx, error);
      await showAgain(ctx, form, faults, viewer);
    }
  };
}

function sendAgainText({ state }: HostContext): string {
  return state.translate('errors:situations.form_shown_again');
}

/** The viewer for the form that is shown again. If the session is over, the refusal is thrown instead. */
function viewerAfter<Viewer>(refusal: unknown, ctx: HostContext, guard: Guard<Viewer>): Viewer {
  try {
    return guard(ctx);
  } catch {
    throw refusal;
  }
}

/** True if the sender can correct the form. Signing in has its own page. */
function isRefusal(error: MicroblogError<string>): error is MicroblogError<KnownCode> {
  return isKnownCode(error.code) && statuses[error.code] < 500 && error.code !== 'sign_in_required';
}

function faultsOf(ctx: HostContext, error: MicroblogError<KnownCode>): FormFaults {
  const fields = fieldsOf(error);
  if (fields.length === 0) {
    const { title, text } = errorTexts(ctx.state.translate, error.code);
    return { errors: {}, error: `${title}. ${text}` };
  }
  const texts = fields.map((problem) => [problem.field, fieldText(ctx.state.translate, problem)]);
  return { errors: Object.fromEntries(texts), error: null };
}
