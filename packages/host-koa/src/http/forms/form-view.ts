import type { FormFaults } from './form-route.ts';

/** A form as a page shows it: its values and its errors. */
export interface FormView<Values, Field extends string> {
  readonly values: Values;
  /** For each field that can have an error: a text, or null. */
  readonly errors: Readonly<Record<Field, string | null>>;
  /** For the form as a whole, if no field is at fault. Null if nothing is wrong. */
  readonly error: string | null;
}

/** `fields` are the fields that have an error text on the page. */
export function formView<Values, Field extends string>(
  values: Values,
  { errors, error }: FormFaults,
  fields: readonly Field[],
): FormView<Values, Field> {
  const shown = fields.map((field) => [field, errors[field] ?? null]);
  return { values, errors: Object.fromEntries(shown) as Record<Field, string | null>, error };
}
