import { z } from 'zod';
import type { UserId } from '../kernel/ids.ts';
import { idSchema } from '../kernel/input.ts';

// What jobs of mails about accounts carry. Facts are added as optional ones: jobs of an older release may wait.

const userId = idSchema<UserId>();

/** `quiet` is the mark of a mail that was sent: while it waits, the queue takes no other job of the same key. */
export const resetPayload = z.object({ email: z.string(), quiet: z.boolean().optional() });

export const confirmationPayload = z.object({ userId, email: z.string(), request: z.string() });

const noticeSchema = z.discriminatedUnion('notice', [
  z.object({ notice: z.enum(['password_changed', 'email_change_requested', 'email_changed']) }),
  z.object({ notice: z.enum(['identity_linked', 'identity_unlinked']), issuer: z.string() }),
]);

/** What happened to an account. Its owner is told, because it may not have been their doing. */
export type AccountNotice = Readonly<z.output<typeof noticeSchema>>;

export const noticePayload = z.object({ userId, email: z.string() }).and(noticeSchema);

export const goodbyePayload = z.object({
  id: userId,
  nickname: z.string(),
  locale: z.string().nullable(),
  email: z.string(),
});
