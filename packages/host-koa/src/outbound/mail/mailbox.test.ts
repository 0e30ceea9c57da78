import { describe, expect, it } from 'vitest';
import { isAddress, parseMailbox } from './mailbox.ts';

describe('parseMailbox', () => {
  it.each([
    ['a@example.org', { name: '', address: 'a@example.org' }],
    [' a@localhost ', { name: '', address: 'a@localhost' }],
    ['Micro Blog <a@example.org>', { name: 'Micro Blog', address: 'a@example.org' }],
    ['"Blog, the" <a@example.org>', { name: 'Blog, the', address: 'a@example.org' }],
    ['Блог <blog@Россия.рф>', { name: 'Блог', address: 'blog@xn--h1alffa9f.xn--p1ai' }],
    ['José <josé@exämple.org>', { name: 'José', address: 'josé@exämple.org' }],
  ])('reads %s', (text, mailbox) => {
    expect(parseMailbox(text)).toEqual(mailbox);
  });

  it.each(['', 'nobody', 'A <nobody>', 'a@b, c@d', 'A <a@b> <c@d>', 'A\r\nBcc: x <a@b>', 'a@b\n'.repeat(2)])(
    'takes %j for none',
    (text) => {
      expect(parseMailbox(text)).toBeNull();
    },
  );
});

describe('isAddress', () => {
  it.each(['a@b@c', 'a@b,c@d', 'a b@c', '<a@b>', 'a@b;', 'a@', '@b', 'a@b\r\n', 'a@b\u0000'])(
    'is false for %j',
    (text) => {
      expect(isAddress(text)).toBe(false);
    },
  );
});
