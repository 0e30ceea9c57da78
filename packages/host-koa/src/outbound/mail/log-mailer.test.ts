import { expect, it } from 'vitest';
import { logMailer } from './log-mailer.ts';

it('writes subject, text and the domains of the recipients, not their addresses', async () => {
  const lines: object[] = [];
  const info = (details: object, message: string) => void lines.push({ ...details, message });
  const mailer = logMailer({ debug() {}, info, warn() {}, error() {} });
  await mailer.send({ to: ['ada@example.org', 'ben@example.com'], subject: 'Hello', text: 'A link.' });
  await mailer.verify();
  mailer.close();
  expect(mailer.enabled).toBe(true);
  expect(lines).toEqual([
    {
      domains: ['example.org', 'example.com'],
      subject: 'Hello',
      text: 'A link.',
      message: 'mail, not sent: MAIL_SERVER is not set',
    },
  ]);
});
