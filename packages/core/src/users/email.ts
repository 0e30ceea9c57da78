import { z } from 'zod';
import { problem } from '../kernel/input.ts';

/** RFC 5321, section 4.5.3.1.3: a path of 256 octets less its angle brackets. */
export const MAX_EMAIL_LENGTH = 254;

const address = z.email();

export const emailSchema = z
  .string()
  .transform((email) => email.trim())
  .superRefine((email, context) => {
    if (email === '') problem(context, 'required');
    else if (email.length > MAX_EMAIL_LENGTH) problem(context, 'too_long', { max: MAX_EMAIL_LENGTH });
    else if (!address.safeParse(email).success) problem(context, 'email_malformed');
  });

/** True if both are addresses and equal, ignoring case. */
export function isSameAddress(one: string | null, other: string | null): boolean {
  return one !== null && one.toLowerCase() === other?.toLowerCase();
}
