import type { Mail } from '@microblog/core';
import { type RecordingMailer, recordingMailer } from '@microblog/core/testing';
import { expect, vi } from 'vitest';

/** A mailer that lets tests wait for mails. */
export interface PostOffice extends RecordingMailer {
  /** Waits for the newest mail to that address with that subject. */
  mailTo(address: string, subject: RegExp): Promise<Mail>;
  /** The one link of such a mail, without origin and base path. */
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
