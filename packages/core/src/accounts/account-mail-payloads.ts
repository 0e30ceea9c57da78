import { z } from 'zod';
import type { UserId } from '../kernel/ids.ts';
import { idSchema } from '../kernel/input.ts';

// Payloads of jobs that send mails about accounts. New fields must be optional: jobs of an older release may wait.

const userId = idSchema<UserId>();

/** `quiet` marks a mail that was sent: while this job waits, the queue accepts no other job with its key. */
export const resetPayload = z.object({ email: z.string(), quiet: z.boolean().optional() });

export const confirmationPayload = z.object({ userId, email: z.string(), request: z.string() });

const noticeSchema = z.discriminatedUnion('notice', [
  z.object({ notice: z.enum(['password_changed', 'email_change_requested', 'email_changed']) }),
  z.object({ notice: z.enum(['identity_linked', 'identity_unlinked']), issuer: z.string() }),
]);

/** A change of an account. Its owner is notified, in case somebody else made the change. */
export type AccountNotice = Readonly<z.output<typeof noticeSchema>>;

export const noticePayload = z.object({ userId, email: z.string() }).and(noticeSchema);

export const deletionPayload = z.object({
  id: userId,
  nickname: z.string(),
  locale: z.string().nullable(),
  email: z.string(),
});
