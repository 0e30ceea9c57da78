import { z } from 'zod';
import { type Id, isId } from '../kernel/ids.ts';

/** A time, only in the format of `toISOString`. */
export const archivedTime = z.string().transform((text, context) => {
  const date = new Date(text);
  // Another format means that another program wrote it.
  if (!Number.isNaN(date.getTime()) && date.toISOString() === text) return date;
  context.addIssue({ code: 'custom', message: 'expected a time in UTC with milliseconds' });
  return z.NEVER;
});

/** Any text that every storage can hold. The text may be older than the current rules for new texts. */
export const archivedText = z
  .string()
  .refine(
    (value) => value.isWellFormed() && !value.includes('\0'),
    'expected text without NUL or surrogates',
  );

/** A JSON object that every storage can hold. Keys are not checked, since another release may have written it. */
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
