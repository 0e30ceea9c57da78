import { z } from 'zod';
import { type Id, isId } from '../kernel/ids.ts';

/** A time in the one form that `toISOString` writes. */
export const archivedTime = z.string().transform((text, context) => {
  const date = new Date(text);
  // Another form means that another program wrote it.
  if (!Number.isNaN(date.getTime()) && date.toISOString() === text) return date;
  context.addIssue({ code: 'custom', message: 'expected a time in UTC with milliseconds' });
  return z.NEVER;
});

/** Any text that every storage can hold. Rules for new texts may have been others when it was written. */
export const archivedText = z
  .string()
  .refine(
    (value) => value.isWellFormed() && !value.includes('\0'),
    'expected text without NUL or surrogates',
  );

/** An object of JSON that every storage can hold. Another release may have written it, so its keys are not checked. */
export const archivedJson = z
  .record(z.string(), z.json())
  .refine(isStorable, 'expected texts without NUL or surrogates');

function isStorable(value: unknown): boolean {
  if (typeof value === 'string') return archivedText.safeParse(value).success;
  if (typeof value !== 'object' || value === null) return true;
  return Object.entries(value).every((entry) => entry.every(isStorable));
}

export function archivedId<Kind extends Id>() {
  return z.custom<Kind>((value) => typeof value === 'string' && isId(value), 'expected an id');
}
