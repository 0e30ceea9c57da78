import type { FieldProblem } from '@microblog/core';
import type { TextKey, Translate } from './translations.ts';

/** The codes of errors that have texts. */
type ErrorTextCode = TextKey extends infer Key
  ? Key extends `errors:codes.${infer Code}.title`
    ? Code
    : never
  : never;

/** The texts of an error: a title, and what to do. */
export function errorTexts(
  translate: Translate,
  code: ErrorTextCode,
): { readonly title: string; readonly text: string } {
  return { title: translate(`errors:codes.${code}.title`), text: translate(`errors:codes.${code}.text`) };
}

/** The text for a problem with a field, specific to that field if the catalogue has one. */
export function fieldText(translate: Translate, { field, problem, params }: FieldProblem): string {
  // Core adds the limit to each problem that has one.
  const values = { ...params, context: field } as Record<'min' | 'max' | 'context', string | number>;
  return translate(`errors:fields.${problem}`, values);
}
