import type { Mail } from '@microblog/core';
import { type RecordingMailer, recordingMailer } from '@microblog/core/testing';
import { expect, vi } from 'vitest';

/** A mailer whose mails can be waited for. */
export interface PostOffice extends RecordingMailer {
  /** The newest mail to that address with that subject, once it is there. */
  mailTo(address: string, subject: RegExp): Promise<Mail>;
  /** Where the one link of such a mail leads, without origin and base path. */
  linkTo(address: string, subject: RegExp, path: RegExp): Promise<string>;
}

export function postOffice(): PostOffice {
  const mailer = recordingMailer();
  const mailTo = (address: string, subject: RegExp) =>
    vi.waitUntil(
      () => mailer.sent.findLast((mail) => mail.to.includes(address) && subject.test(mail.subject)),
      { timeout: 10_000, interval: 10 },
    );
  return {
    ...mailer,
    mailTo,
    async linkTo(address, subject, path) {
      const { text } = await mailTo(address, subject);
      return path.exec(text)?.[0] ?? expect.fail(`no link like ${path} in ${text}`);
    },
  };
}
