import { isMicroblogError, type MicroblogError } from '@microblog/core';
import { fieldsOf, hostError, isKnownCode, statuses } from '../../host-errors.ts';
import { errorTexts, fieldText } from '../../i18n/error-texts.ts';
import type { HostContext, HostMiddleware } from '../context.ts';
import type { Host } from '../host.ts';
import { isCsrfToken } from '../sessions/csrf.ts';
import { type Form, readForm } from './form.ts';

/** What a refused form says when it is shown again. */
export interface FormFaults {
  /** By field. */
  readonly errors: Readonly<Record<string, string>>;
  /** For the form as a whole, where no field is at fault. */
  readonly error: string | null;
}

export const noFaults: FormFaults = Object.freeze({ errors: {}, error: null });

interface FormRoute {
  /** Does what the form is for, and redirects. */
  submit(ctx: HostContext, form: Form): Promise<void>;
  /** Shows the form again with what was typed. Without it, a refusal leads to the page of its error. */
  showAgain?(ctx: HostContext, form: Form, faults: FormFaults): Promise<void>;
  /** The text that somebody took trouble over: where the form can't be shown again, the error's page shows it. */
  draftOf?(form: Form): string;
}

/**
 * A route that takes a form: reads it, checks that it came from this site, submits it; what the microblog
 * refuses is shown again in the form, with the status of its error.
 */
export function formRoute(host: Host, { submit, showAgain, draftOf }: FormRoute): HostMiddleware {
  return async (ctx) => {
    const form = await readForm(ctx);
    ctx.state.draft = draftOf?.(form) || null;
    try {
      if (!isCsrfToken(host, ctx, form.text('_csrf'))) {
        throw hostError('csrf_failed', 'The form carries no token of this page.');
      }
      await submit(ctx, form);
    } catch (error) {
      if (showAgain === undefined || !isMicroblogError(error) || !isRefusal(error)) throw error;
      ctx.status = isKnownCode(error.code) ? statuses[error.code] : 422;
      await showAgain(ctx, form, faultsOf(ctx, error));
    }
  };
}

/** Whether the person at the form can do something about it there. Signing in has a page of its own. */
function isRefusal(error: MicroblogError<string>): boolean {
  return isKnownCode(error.code) && statuses[error.code] < 500 && error.code !== 'sign_in_required';
}

function faultsOf(ctx: HostContext, error: MicroblogError<string>): FormFaults {
  const fields = fieldsOf(error);
  if (fields.length === 0) {
    const { title, text } = errorTexts(ctx.state.translate, error.code);
    return { errors: {}, error: `${title}. ${text}` };
  }
  const texts = fields.map((problem) => [problem.field, fieldText(ctx.state.translate, problem)]);
  return { errors: Object.fromEntries(texts), error: null };
}
