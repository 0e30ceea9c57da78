import type { ErrorDetails, FieldProblem } from '@microblog/core';
import type { TextKey, Translate } from './translations.ts';

/** The codes of errors that have texts. */
type ErrorTextCode = TextKey extends infer Key
  ? Key extends `errors:codes.${infer Code}.title`
    ? Code
    : never
  : never;

/** What makes the text of an error more exact. */
export interface ErrorSituation {
  /** False if the site has no search, so that no text may send the reader there. Default: true. */
  readonly hasSearch?: boolean;
  /** The details of the error. Default: none. */
  readonly details?: ErrorDetails;
}

/** The texts of an error: a title, and what to do. */
export function errorTexts(
  translate: Translate,
  code: ErrorTextCode,
  situation: ErrorSituation = {},
): { readonly title: string; readonly text: string } {
  const title = translate(`errors:codes.${code}.title`);
  const text = translate(`errors:codes.${code}.text`);
  return { title, text, ...textsFor(translate, code, situation) };
}

/** The texts that this situation replaces. */
function textsFor(
  translate: Translate,
  code: ErrorTextCode,
  { hasSearch = true, details = {} }: ErrorSituation,
): { readonly title?: string; readonly text?: string } {
  if (code === 'identity_without_email' && details.email !== undefined) {
    return {
      title: translate('errors:situations.refused_address_title'),
      text: translate('errors:situations.refused_address', { email: details.email }),
    };
  }
  if (code === 'user_not_found' && !hasSearch)
    return { text: translate('errors:situations.user_not_found_without_search') };
  return {};
}

/** The text for a problem with a field, specific to that field if the catalogue has one. */
export function fieldText(translate: Translate, { field, problem, params }: FieldProblem): string {
  // Core adds the limit to each problem that has one.
  const values = { ...params, context: field } as Record<'min' | 'max' | 'context', string | number>;
  return translate(`errors:fields.${problem}`, values);
}
