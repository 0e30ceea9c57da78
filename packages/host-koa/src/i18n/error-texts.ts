import type { FieldProblem } from '@microblog/core';
import type { Translate } from './translations.ts';

/** What a code says to people: a title, and what to do. */
export function errorTexts(
  translate: Translate,
  code: string,
): { readonly title: string; readonly text: string } {
  return { title: translate(`errors:codes.${code}.title`), text: translate(`errors:codes.${code}.text`) };
}

/** What is wrong with a field, in the words for that field where there are any. */
export function fieldText(translate: Translate, { field, problem, params }: FieldProblem): string {
  return translate(`errors:fields.${problem}`, { ...params, context: field });
}
