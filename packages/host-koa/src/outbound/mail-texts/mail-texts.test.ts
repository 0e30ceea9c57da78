import type { MailRecipient, UserId } from '@microblog/core';
import { describe, expect, it } from 'vitest';
import { hostMailTexts } from './host-mail-texts.ts';

const texts = hostMailTexts({
  origin: 'https://blog.example.org',
  basePath: '/blog',
  secretKeys: ['a secret key for tests alone'],
  brand: 'R&D <news>',
  languages: ['en', 'es', 'fr', 'ar'],
});

const to = (changes: Partial<MailRecipient> = {}): MailRecipient => ({
  id: '42' as UserId,
  nickname: 'mary',
  locale: 'en',
  ...changes,
});
const follower = { nickname: 'john' };
const issuer = 'https://accounts.google.com';

describe('a mail about a follower', () => {
  it.each([
    ['en', 'john is now following you'],
    ['es', 'john ahora te sigue'],
    ['es-UY', 'john ahora te sigue'],
    ['fr', 'john vous suit maintenant'],
    ['ar-EG', 'صار \u2068john\u2069 يتابعك'],
    ['de', 'john is now following you'],
    [null, 'john is now following you'],
  ])('writes to a person whose locale is %s', (locale, subject) => {
    const mail = texts.followed(to({ locale }), { follower });
    expect(mail.subject).toBe(subject);
    expect(mail.text.startsWith(`${subject}\n\n`)).toBe(true);
    expect(mail.html).toMatch(new RegExp(`<h1[^>]*>${subject}</h1>`));
  });

  it('leads to the profile, and ends such mails with one click', () => {
    const { text, html, headers } = texts.followed(to(), { follower });
    expect(text).toContain('https://blog.example.org/blog/user/john');
    expect(html).toContain('href="https://blog.example.org/blog/user/john"');
    const [, unsubscribe = ''] =
      /^<(https:\/\/blog\.example\.org\/blog\/unsubscribe\/42\.[\w-]+)>$/.exec(
        headers?.['List-Unsubscribe'] ?? '',
      ) ?? [];
    expect(text).toContain(unsubscribe);
    expect(html).toContain(`href="${unsubscribe}"`);
    expect(headers?.['List-Unsubscribe-Post']).toBe('List-Unsubscribe=One-Click');
  });

  it('offers one-click unsubscription only over https', () => {
    const plain = hostMailTexts({ origin: 'http://blog.test', secretKeys: ['a secret key for tests alone'] });
    const { headers } = plain.followed(to(), { follower });
    expect(Object.keys(headers ?? {})).toEqual(['List-Unsubscribe']);
    expect(headers?.['List-Unsubscribe']).toContain('<http://blog.test/unsubscribe/42.');
  });

  it('fills in names as they are, and escapes them in HTML', () => {
    const { subject, html } = texts.followed(to(), { follower: { nickname: '$t(followed.action)' } });
    expect(subject).toContain('$t(');
    expect(html).toContain('R&amp;D &lt;news&gt;');
    expect(html).not.toContain('<news>');
  });
});

describe.each(['en', 'es', 'fr', 'ar'])('mails about accounts in %s', (locale) => {
  const recipient = to({ locale });
  const token = 'T'.repeat(43);

  it('bring a link with the secret', () => {
    expect(texts.passwordReset(recipient, { token }).text).toContain(
      `https://blog.example.org/blog/reset-password/${token}`,
    );
    expect(texts.emailConfirmation(recipient, { token }).html).toContain(
      `https://blog.example.org/blog/confirm-email/${token}`,
    );
  });

  it('name the account and the place, in text and in HTML, and leave no key untranslated', () => {
    const mails = [
      texts.passwordReset(recipient, { token }),
      texts.emailConfirmation(recipient, { token }),
      texts.passwordChanged(recipient),
      texts.emailChangeRequested(recipient),
      texts.emailChanged(recipient),
      texts.identityLinked(recipient, { issuer }),
      texts.identityUnlinked(recipient, { issuer }),
      texts.accountDeleted(recipient),
    ];
    for (const { subject, text, html } of mails) {
      expect(subject).toContain('R&D <news>');
      expect([text, html]).toEqual([expect.stringContaining('mary'), expect.stringContaining('mary')]);
      expect(subject + text + html).not.toMatch(/\b(password|email|account|identity)_\w+\.|mails:|\{\{/);
      expect(html).toContain(`<html lang="${locale}" dir="${locale === 'ar' ? 'rtl' : 'ltr'}">`);
    }
  });
});

describe('mails about sign-in providers', () => {
  it.each([
    ['https://accounts.google.com', 'accounts.google.com'],
    ['https://login.example.org/tenant/v2.0', 'login.example.org'],
    ['not an address', 'not an address'],
  ])('name %s by %s, and lead to a new password', (from, name) => {
    for (const mail of [
      texts.identityLinked(to(), { issuer: from }),
      texts.identityUnlinked(to(), { issuer: from }),
    ]) {
      expect(mail.text).toContain(`an account at ${name}`);
      expect(mail.text).toContain('https://blog.example.org/blog/reset-password');
    }
  });
});

describe('hostMailTexts', () => {
  const site = { origin: 'https://example.org', secretKeys: ['a secret key for tests alone'] };

  it.each([
    [{ basePath: '/blog/' }, /basePath must be/],
    [{ origin: 'https://example.org/blog' }, /origin must be/],
    [{ origin: 'ftp://example.org' }, /origin must be/],
    [{ secretKeys: ['short'] }, /16 characters/],
    [{ languages: ['xx'] }, /no catalogue/],
  ])('refuses %j as createKoaApp does', (options, message) => {
    expect(() => hostMailTexts({ ...site, ...options })).toThrow(message);
  });
});
